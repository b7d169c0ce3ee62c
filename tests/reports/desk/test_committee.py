"""The committee's form: its own people only, nothing typed lost, the cut-off day of its periods."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Committee, ContributionRole, MemberRole, Target
from tests.factories import (  # fmt: skip
    ContributionFactory,
    MembershipFactory,
    PersonFactory,
    ReportFactory,
    UserFactory,
)
from tests.reports.desk.conftest import at_the_desk
from units.models import Unit

pytestmark = pytest.mark.django_db
AN_GIANG, NINH_BINH, TAY_PHU = "t2-91", "t2-37", "t2-30691"
URL = "/tong-hop/mau-bao-cao/"
FORM = {
    "ban": AN_GIANG,
    "parent_body": "Tỉnh ủy An Giang",
    "issuing_body": "Ban Tuyên giáo và Dân vận",
    "document_code": "BC/BTGDVTU",
    "place": "An Giang",
    "signatory_title": "Trưởng ban",
    "signatory_name": "Lê Thị Thử",
    "recipients": "Thường trực Tỉnh ủy\nLưu Văn phòng",
    "margin_top": "20",
    "margin_bottom": "20",
    "margin_left": "30",
    "margin_right": "15",
    "cutoff_day": "14",
    "grace_days": "5",
    "version": "1",
}


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def public_person(name):
    return ContributionFactory(
        person=PersonFactory(name=name),
        report=ReportFactory(published=True),
        role=ContributionRole.AUTHOR,
    ).person


def test_what_is_told_is_kept_and_shown_as_a_header(desk):
    response = desk.post(URL, FORM)

    assert response.status_code == 302
    kept = Committee.objects.get()
    told = {name: text for name, text in FORM.items() if name not in ("ban", "version")}
    assert {name: str(getattr(kept, name)) for name in told} == told
    assert (kept.unit_id, kept.version) == (AN_GIANG, 2)
    page = desk.get(response["Location"].split("#")[0]).content.decode()
    assert "Đã lưu mẫu báo cáo." in page
    assert "Số …-BC/BTGDVTU" in page


def test_the_cut_off_day_makes_ones_own_period(desk):
    desk.post(URL, FORM | {"cutoff_day": "20"})

    assert desk.get("/tong-hop/")["Location"].endswith("&quy-uoc=chot-20")


def test_looking_changes_nothing(desk):
    assert desk.get(URL).status_code == 200
    assert not Committee.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [("cutoff_day", "31"), ("cutoff_day", "0"), ("cutoff_day", "mười"), ("grace_days", ""),
     ("grace_days", "91"), ("margin_left", "4"), ("margin_top", "61"), ("margin_top", "9" * 5000),
     ("parent_body", "a" * 201), ("document_code", "")],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(desk, name, typed):
    response = desk.post(URL, FORM | {name: typed, "signatory_name": "Tên Vừa Gõ"})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [name]
    page = response.content.decode()
    assert 'value="Tên Vừa Gõ"' in page
    assert f'id="mau-{name}-loi"' in page
    assert not Committee.objects.exists()


def test_only_the_unit_that_gave_the_role_is_ones_own():
    commune = browser(at_the_desk(TAY_PHU))
    Committee.objects.create(unit_id=AN_GIANG, parent_body="Của tỉnh")

    for ban in (AN_GIANG, NINH_BINH, "t2-99999", "abc", "9" * 5000):
        assert commune.get(URL, {"ban": ban}).status_code == 404
        assert commune.post(URL, FORM | {"ban": ban}).status_code == 404
        assert (
            commune.post(f"{URL}chi-tieu/", {"ban": ban, "reports_a_month": "3"}).status_code == 404
        )
    # Control: its own opens. A province does not sign for its communes either.
    assert commune.get(URL, {"ban": TAY_PHU}).status_code == 200
    assert browser(at_the_desk(AN_GIANG)).get(URL, {"ban": TAY_PHU}).status_code == 404
    assert Committee.objects.get().parent_body == "Của tỉnh"


def test_whoever_works_for_several_units_chooses_one():
    user = at_the_desk(AN_GIANG)
    MembershipFactory(user=user, unit=Unit.objects.get(pk=NINH_BINH), role=MemberRole.DESK)
    client = browser(user)

    assert client.get(URL).context["chosen"].unit_id == AN_GIANG
    assert client.get(URL, {"ban": NINH_BINH}).context["chosen"].unit_id == NINH_BINH
    client.post(URL, FORM | {"ban": NINH_BINH})
    assert Committee.objects.get().unit_id == NINH_BINH


def test_an_administrator_opens_any_unit_by_its_name():
    client = browser(UserFactory(is_superuser=True))

    assert client.get(URL).context["chosen"] is None
    assert (
        client.get(URL, {"ban": "xa tay phu, tinh an giang"}).context["chosen"].unit_id == TAY_PHU
    )
    assert "Không tìm thấy" in client.get(URL, {"ban": "xã không có thật"}).context["notice"]


def test_without_the_role_there_is_nothing():
    for user in (UserFactory(), MembershipFactory(role=MemberRole.EDITOR).user):
        client = browser(user)
        assert client.get(URL).status_code == 404
        assert client.post(URL, FORM).status_code == 404
        assert client.post(f"{URL}chi-tieu/", {}).status_code == 404
    assert Client().get(URL).status_code == 302


# --- targets ----------------------------------------------------------------------------------


def add(client, **typed):
    return client.post(f"{URL}chi-tieu/", {"ban": AN_GIANG, "reports_a_month": "4"} | typed)


def test_targets_of_all_of_a_unit_and_of_a_person(desk):
    person = public_person("Minh Thử")

    assert [
        add(desk).status_code,
        add(desk, unit="xa tay phu, tinh an giang", reports_a_month="6").status_code,
        add(desk, person="minh thử", reports_a_month="2").status_code,
    ] == [302, 302, 302]
    assert list(Target.objects.order_by("pk").values_list("unit", "person", "reports_a_month")) == [
        (None, None, 4),
        (TAY_PHU, None, 6),
        (None, person.pk, 2),
    ]
    # Asking for a target stores a committee that has told nothing else so far.
    assert Committee.objects.get().unit_id == AN_GIANG


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reports_a_month": "0"}, "reports_a_month"),
        ({"reports_a_month": "501"}, "reports_a_month"),
        ({"reports_a_month": "9" * 5000}, "reports_a_month"),
        ({"unit": "thành phố hoa lư, ninh bình"}, "unit"),
        ({"unit": "xã không có thật"}, "unit"),
        ({"person": "Không Ai Cả"}, "person"),
        ({"person": "999999999"}, "person"),
        ({"unit": TAY_PHU, "person": "Minh Thử"}, "person"),
    ],
)
def test_a_target_that_cannot_be_is_said_beside_the_field(desk, typed, field):
    public_person("Minh Thử")

    response = add(desk, **typed)

    assert response.status_code == 200
    assert list(response.context["target_form"].errors) == [field]
    assert not Target.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"unit": TAY_PHU}, {"person": "Minh Thử"}])
def test_there_is_one_target_of_a_kind(desk, typed):
    public_person("Minh Thử")
    add(desk, **typed)

    response = add(desk, **typed, reports_a_month="7")

    assert response.status_code == 200
    assert "Đã có chỉ tiêu bài này" in response.content.decode()
    # The same form sent twice is done.
    assert add(desk, **typed).status_code == 302
    assert Target.objects.get().reports_a_month == 4


def test_of_two_who_tell_the_desk_its_header_the_second_sees_both_texts(desk):
    other = browser(at_the_desk(AN_GIANG))
    other.post(URL, FORM | {"place": "Rạch Giá", "cutoff_day": ""})

    answer = desk.post(URL, FORM)

    assert (answer.status_code, Committee.objects.get().place) == (409, "Rạch Giá")
    assert answer.context["beside"] == [
        ("Địa danh", "Rạch Giá"), ("Chốt số liệu ngày", "(để trống)"),
    ]  # fmt: skip
    assert 'name="place" value="An Giang"' in answer.content.decode()
    # The page carries what is stored now; whoever has seen both may save over it.
    assert answer.context["chosen"].version == 2
    desk.post(URL, FORM | {"version": "2"})
    assert (Committee.objects.get().place, Committee.objects.get().version) == ("An Giang", 3)


def test_a_header_sent_twice_is_saved_once(desk):
    answers = [desk.post(URL, FORM | {"recipients": "Một\r\nHai"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Committee.objects.get().version == 2


@pytest.mark.parametrize("typed", [{"reports_a_month": "9"}, {"xoa": "1"}])
def test_who_changes_a_target_after_a_colleague_is_told_their_number(desk, typed):
    add(desk)
    target = Target.objects.get()
    url = f"{URL}chi-tieu/{target.pk}/"
    browser(at_the_desk(AN_GIANG)).post(url, {"reports_a_month": "6", "version": "1"})

    answer = desk.post(url, {"reports_a_month": "4", "version": "1"} | typed)

    target.refresh_from_db()
    assert (answer.status_code, target.reports_a_month) == (409, 6)
    assert "Người khác vừa sửa thành 6 bài." in answer.content.decode()
    # The number the colleague chose too is done.
    assert desk.post(url, {"reports_a_month": "6", "version": "1"}).status_code == 302


def test_namesakes_are_told_apart_by_their_number(desk):
    first, second = public_person("Trùng Tên"), public_person("Trùng Tên")

    refused = add(desk, person="Trùng Tên")
    assert f"Trùng Tên #{first.pk}" in refused.content.decode()
    add(desk, person=f"Trùng Tên #{second.pk}")
    assert Target.objects.get().person == second


def test_nobody_is_named_before_their_first_public_work(desk):
    hidden = PersonFactory(name="Chưa Ra Mắt")
    ContributionFactory(person=hidden, report=ReportFactory(scheduled=True))

    for typed in ("Chưa Ra Mắt", f"#{hidden.pk}", str(hidden.pk)):
        assert add(desk, person=typed).status_code == 200
    assert not Target.objects.exists()


def test_a_target_is_changed_and_taken_away(desk):
    add(desk)
    target = Target.objects.get()
    url = f"{URL}chi-tieu/{target.pk}/"

    wrong = desk.post(url, {"reports_a_month": "nhiều"})
    assert wrong.status_code == 200
    assert 'value="nhiều"' in wrong.content.decode()
    desk.post(url, {"reports_a_month": "9", "version": "1"})
    target.refresh_from_db()
    assert target.reports_a_month == 9
    desk.post(url, {"xoa": "1", "version": "2"})
    assert not Target.objects.exists()


def test_other_peoples_targets_are_as_absent_ones(desk):
    committee = Committee.objects.create(unit_id=NINH_BINH)
    target = Target.objects.create(committee=committee, reports_a_month=3)

    for pk in (target.pk, 999_999_999):
        for typed in ({"reports_a_month": "9"}, {"xoa": "1"}):
            assert desk.post(f"{URL}chi-tieu/{pk}/", typed).status_code == 404
    target.refresh_from_db()
    assert target.reports_a_month == 3
    # Control: its own people may.
    own = browser(at_the_desk(NINH_BINH))
    typed = {"reports_a_month": "9", "version": "1"}
    assert own.post(f"{URL}chi-tieu/{target.pk}/", typed).status_code == 302


def test_looking_at_a_deeds_address_changes_nothing(desk):
    add(desk)
    target = Target.objects.get()

    for address in (f"{URL}chi-tieu/", f"{URL}chi-tieu/{target.pk}/"):
        assert desk.get(address, {"xoa": "1"}).status_code == 405
    assert Target.objects.get() == target


def test_a_deed_from_elsewhere_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(at_the_desk(AN_GIANG))

    assert client.post(URL, FORM).status_code == 403
    assert not Committee.objects.exists()


def test_the_back_office_leads_to_the_desk(desk):
    newsroom = browser(MembershipFactory(role=MemberRole.EDITOR).user)
    link = f'href="{reverse("desk:table")}"'

    assert link in desk.get("/quan-tri/").content.decode()
    assert link not in newsroom.get("/quan-tri/").content.decode()
    assert 'href="/quan-tri/"' in desk.get(URL).content.decode()
