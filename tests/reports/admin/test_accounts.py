"""People and what they may do where: a unit's administrator never reaches further than the unit."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from reports.admin.accounts import managed_users
from reports.models import MemberRole, Membership
from tests.factories import MembershipFactory, UserFactory, next_commune

pytestmark = pytest.mark.django_db

USERS = "/quan-tri/auth/user/"
GRANTS = "/quan-tri/reports/membership/"
PASSWORD = "Bến-đò-chiều-nay-9"


@pytest.fixture
def administrator(seat, unit):
    return seat("unit_admin", unit)


def member(unit, *roles, **account):
    user = UserFactory(**account)
    for role in roles:
        MembershipFactory(user=user, unit=unit, role=role)
    return user


def user_address(user, view="change"):
    name = "auth_user_password_change" if view == "password" else f"auth_user_{view}"
    return reverse(f"admin:{name}", args=[user.pk])


def new_account(**fields):
    rows = fields.pop("rows", [])
    data = {"username": "moi.vao", "full_name": "Trần  Văn Mới", "password1": PASSWORD,
            "password2": PASSWORD, "memberships-TOTAL_FORMS": len(rows),
            "memberships-INITIAL_FORMS": 0}  # fmt: skip
    for number, row in enumerate(rows):
        data |= {f"memberships-{number}-{name}": value for name, value in row.items()}
    return data | fields


def test_a_units_administrator_makes_an_account_for_the_unit(administrator, unit):
    rows = [{"role": "editor", "unit": unit.pk}]

    administrator.post(f"{USERS}add/", new_account(rows=rows))

    user = get_user_model().objects.get(username="moi.vao")
    assert (user.get_full_name(), user.is_staff, user.is_superuser) == ("Trần Văn Mới", True, False)
    assert [(m.role, m.unit) for m in user.memberships.all()] == [("editor", unit)]
    signed_in = Client().post("/quan-tri/login/", {"username": "moi.vao", "password": PASSWORD})
    assert signed_in.status_code == 302


@pytest.mark.parametrize(
    "row",
    [
        {"role": "unit_admin"},
        {"role": "desk"},
        {"role": "editor", "unit": "elsewhere"},
        None,
    ],
)
def test_an_account_for_more_or_for_elsewhere_is_refused(administrator, unit, row):
    rows = [{"unit": unit.pk, **row}] if row else []
    for line in rows:
        if line["unit"] == "elsewhere":
            line["unit"] = next_commune().pk

    response = administrator.post(f"{USERS}add/", new_account(rows=rows, is_superuser="on"))

    assert response.status_code == 200
    assert not get_user_model().objects.filter(username="moi.vao").exists()


def test_managed_are_those_who_can_do_no_more_than_approve_here(administrator, unit):
    own = {
        member(unit, "contributor"),
        member(unit, "editor", "approver"),
    }
    member(unit, "editor", "unit_admin")
    member(unit, "approver", is_superuser=True)
    both = member(unit, "editor")
    MembershipFactory(user=both, unit=next_commune(), role="contributor")
    member(next_commune(), "editor")
    UserFactory()

    assert set(managed_users(administrator.user)) == own


@pytest.mark.parametrize("view", ["change", "password", "history"])
def test_accounts_that_reach_further_are_not_there(administrator, unit, view):
    """Setting such an account's password would be taking its rights."""
    further = member(unit, "editor")
    MembershipFactory(user=further, unit=next_commune(), role="contributor")
    root = UserFactory(is_superuser=True)
    own = member(unit, "editor")

    assert administrator.get(user_address(own, view)).status_code == 200
    for user in (further, root, administrator.user):
        assert administrator.get(user_address(user, view)).status_code == 404
        forged = {"password1": PASSWORD, "password2": PASSWORD, "username": "chiem"}
        assert administrator.post(user_address(user, view), forged).status_code in (404, 405)
        user.refresh_from_db()
        assert not user.check_password(PASSWORD)
        assert user.username != "chiem"


def test_a_new_password_is_set_for_an_own_person(administrator, unit):
    person = member(unit, "editor")

    response = administrator.post(
        user_address(person, "password"), {"password1": PASSWORD, "password2": PASSWORD}
    )

    person.refresh_from_db()
    assert response.status_code == 302
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize("role", list(MemberRole.values))
def test_roles_are_granted_up_to_approver(administrator, unit, role):
    person = member(unit, "contributor")

    administrator.post(f"{GRANTS}add/", {"user": person.pk, "unit": unit.pk, "role": role})

    granted = set(person.memberships.values_list("role", flat=True))
    allowed = {"contributor", "editor", "approver"}
    assert granted == ({"contributor", role} if role in allowed else {"contributor"})


def test_nobody_grants_to_themselves_or_elsewhere_or_to_strangers(administrator, unit):
    stranger = UserFactory()
    person = member(unit, "contributor")
    before = Membership.objects.count()

    for data in (
        {"user": administrator.user.pk, "unit": unit.pk, "role": "approver"},
        {"user": person.pk, "unit": next_commune().pk, "role": "editor"},
        {"user": stranger.pk, "unit": unit.pk, "role": "editor"},
    ):
        assert administrator.post(f"{GRANTS}add/", data).status_code == 200
    assert Membership.objects.count() == before


def test_grants_of_others_cannot_be_changed_or_deleted(administrator, unit):
    foreign = MembershipFactory(unit=next_commune(), role="editor")
    above = MembershipFactory(unit=unit, role="unit_admin")
    own = administrator.user.memberships.get()

    for grant in (foreign, above, own):
        address = reverse("admin:reports_membership_change", args=[grant.pk])
        forged = {"user": grant.user_id, "unit": unit.pk, "role": "approver"}
        assert administrator.post(address, forged).status_code == 404
        delete = reverse("admin:reports_membership_delete", args=[grant.pk])
        assert administrator.post(delete, {"post": "yes"}).status_code == 404
        assert Membership.objects.get(pk=grant.pk).role == grant.role


@pytest.mark.parametrize("role", ["contributor", "editor", "approver", "desk", "nobody"])
def test_members_without_that_duty_see_no_accounts(seat, unit, role):
    client = seat(role, unit)

    for address in (USERS, GRANTS, "/quan-tri/axes/accessattempt/", f"{USERS}add/"):
        assert client.get(address).status_code == 403, address


def attempt(username):
    return AccessAttempt.objects.create(
        username=username, ip_address="192.0.2.1", user_agent="thử", failures_since_start=5
    )


def test_unlocking_is_for_own_people(administrator, unit):
    own = attempt(member(unit, "editor").username)
    foreign = attempt(member(next_commune(), "editor").username)
    chosen = {"action": "unlock", "_selected_action": [own.pk, foreign.pk], "index": "0"}

    administrator.post("/quan-tri/axes/accessattempt/", chosen)

    assert list(AccessAttempt.objects.all()) == [foreign]


def test_too_many_wrong_passwords_lead_to_a_page_that_says_what_to_do(client, settings):
    UserFactory(username="lan")
    answers = [
        client.post("/quan-tri/login/", {"username": "lan", "password": "sai"}) for _ in range(6)
    ]

    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert "Sai tên đăng nhập hoặc mật khẩu." in answers[0].content.decode()
    assert answers[-1].status_code == 429
    assert "Hãy đợi 15 phút rồi thử lại." in answers[-1].content.decode()


def test_a_switched_off_account_is_out_at_once(editor):
    assert editor.get("/quan-tri/").status_code == 200

    editor.user.is_active = False
    editor.user.save()

    assert editor.get("/quan-tri/").status_code == 302


def test_own_password_is_changed_with_the_old_one(editor):
    editor.user.set_password("mật-khẩu-cũ-1")
    editor.user.save()
    editor.force_login(editor.user)
    wrong = {"old_password": "sai", "new_password1": PASSWORD, "new_password2": PASSWORD}

    page = editor.post("/quan-tri/password_change/", wrong).content.decode()
    assert "Mật khẩu đang dùng không đúng. Hãy gõ lại." in page
    response = editor.post(
        "/quan-tri/password_change/", wrong | {"old_password": "mật-khẩu-cũ-1"}, follow=True
    )

    editor.user.refresh_from_db()
    assert editor.user.check_password(PASSWORD)
    assert "Đã đổi mật khẩu" in response.content.decode()
