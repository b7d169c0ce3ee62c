"""Named choices of reports: shared by a unit's desk, absent for everybody else."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.desk.saved import ENDED, RUNNING, kept_query, moved_period, opened_query
from reports.models import SavedFilter
from reports.periods import CALENDAR, FIFTEEN_FOURTEEN, convention_cut_on
from tests.factories import ReportFactory, UserFactory
from tests.reports.desk.conftest import at_the_desk
from units.models import Unit

pytestmark = pytest.mark.django_db
AN_GIANG, NINH_BINH, TAY_PHU = "t2-91", "t2-37", "t2-30691"
URL, SAVE = "/tong-hop/bo-loc/", "/tong-hop/bo-loc/luu/"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def save(client, name="Sơ kết", page="table", unit=AN_GIANG, query="don-vi=t2-91&ky=2026", **more):
    return client.post(SAVE, {"name": name, "unit": unit, "tu-trang": page, "query": query} | more)


def test_a_choice_is_kept_from_its_page_and_opens_there_again(desk):
    page = desk.get("/tong-hop/danh-sach/?don-vi=t2-91&ky=2026-Q1&trang=2&loai=so-ket").context[
        "panel"
    ]
    form = desk.get(page.keep_address)
    assert f'value="{form.context["query"].replace("&", "&amp;")}"' in form.content.decode()

    save(desk, page=form.context["page_name"], query=form.context["query"])

    opened = desk.get(reverse("desk:saved-one", args=[SavedFilter.objects.get().pk]))
    assert opened.status_code == 302
    assert opened["Location"] == "/tong-hop/danh-sach/?don-vi=t2-91&ky=2026-Q1&loai=so-ket"


def test_looking_at_the_form_keeps_nothing(desk):
    assert desk.get(SAVE, {"don-vi": AN_GIANG, "name": "X", "unit": AN_GIANG}).status_code == 200
    assert not SavedFilter.objects.exists()


def test_another_user_of_the_same_rights_gets_the_same_rows(desk):
    unit = Unit.objects.get(pk=TAY_PHU)
    ReportFactory.create_batch(3, published=True, unit=unit)
    save(desk, page="list", query="don-vi=t2-91")
    url = reverse("desk:saved-one", args=[SavedFilter.objects.get().pk])

    rows = [
        [report.pk for report in client.get(url, follow=True).context["page"]]
        for client in (desk, browser(at_the_desk(AN_GIANG)))
    ]

    assert len(rows[0]) == 3
    assert rows[0] == rows[1]


def test_other_peoples_filters_are_as_absent_ones_at_every_door(desk):
    save(desk, name="Chỉ của An Giang")
    pk = SavedFilter.objects.get().pk

    for other in (at_the_desk(NINH_BINH), at_the_desk(TAY_PHU), UserFactory()):
        client = browser(other)
        for key in (pk, 999_999_999):
            assert client.get(reverse("desk:saved-one", args=[key])).status_code == 404
            assert (
                client.post(reverse("desk:saved-rename", args=[key]), {"name": "X"}).status_code
                == 404
            )
            assert client.post(reverse("desk:saved-delete", args=[key])).status_code == 404
        assert "Chỉ của An Giang" not in client.get(URL).content.decode()
    assert SavedFilter.objects.get().name == "Chỉ của An Giang"
    assert "Chỉ của An Giang" in desk.get(URL).content.decode()


def test_nobody_keeps_a_filter_for_a_unit_that_is_not_theirs(desk):
    for unit in (NINH_BINH, TAY_PHU, "", "9" * 5000):
        response = save(desk, unit=unit)
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["unit"]
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "a" * 121])
def test_a_filter_needs_a_name(desk, name):
    response = save(desk, name=name)

    assert list(response.context["form"].errors) == ["name"]
    assert 'id="bo-loc-name-loi"' in response.content.decode()
    assert not SavedFilter.objects.exists()


def test_a_name_is_taken_once_in_a_unit(desk):
    save(desk)
    again = save(desk, query="don-vi=t2-91&ky=2025")

    assert "Đơn vị đã có bộ lọc tên này" in again.content.decode()
    assert SavedFilter.objects.count() == 1
    # The same form sent twice is done; a colleague's of the same name is not.
    assert save(desk).status_code == 302
    assert save(browser(at_the_desk(AN_GIANG))).status_code == 200
    assert SavedFilter.objects.count() == 1
    # Control: another unit may have one of this name.
    assert save(browser(at_the_desk(NINH_BINH)), unit=NINH_BINH).status_code == 302


def test_a_filter_is_renamed_and_taken_away(desk):
    save(desk, name="Một")
    save(desk, name="Hai")
    one, two = SavedFilter.objects.order_by("pk")
    rename = reverse("desk:saved-rename", args=[one.pk])

    refused = desk.post(rename, {"name": "Hai", "version": 1})
    assert "Đơn vị đã có bộ lọc tên này" in refused.content.decode()
    assert desk.get(rename).status_code == 405
    desk.post(rename, {"name": "  Ba ", "version": 1})
    one.refresh_from_db()
    assert one.name == "Ba"
    assert desk.get(reverse("desk:saved-delete", args=[two.pk])).status_code == 405
    desk.post(reverse("desk:saved-delete", args=[two.pk]))
    assert list(SavedFilter.objects.all()) == [one]


def test_of_two_who_rename_a_filter_the_second_is_told_its_name(desk):
    save(desk, name="Một")
    one = SavedFilter.objects.get()
    rename = reverse("desk:saved-rename", args=[one.pk])
    browser(at_the_desk(AN_GIANG)).post(rename, {"name": "Tên kia", "version": 1})

    answer = desk.post(rename, {"name": "Tên của tôi", "version": 1})

    one.refresh_from_db()
    assert (answer.status_code, one.name, one.version) == (409, "Tên kia", 2)
    page = answer.content.decode()
    assert "Người khác vừa đổi tên thành “Tên kia”." in page
    assert ('value="Tên của tôi"' in page, 'name="version" value="2"' in page) == (True, True)
    # The name both wanted is done.
    assert desk.post(rename, {"name": "Tên kia", "version": 1}).status_code == 302


def test_a_system_administrator_keeps_for_the_unit_that_is_chosen():
    client = browser(UserFactory(is_superuser=True))

    assert "Chưa có đơn vị nào để lưu cho" in client.get(SAVE).content.decode()
    assert save(client).status_code == 302
    assert SavedFilter.objects.get().unit_id == AN_GIANG


@pytest.mark.parametrize("page", ["", "admin:index", "saved-delete", "digest", "\0", "x" * 5000])
def test_only_pages_of_choices_are_kept(desk, page):
    save(desk, page=page)

    assert SavedFilter.objects.get().page == "table"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ky=2026&trang=7&moc=1.2&ban=t2-91&da-luu=x&tu-trang=list", "ky=2026"),
        ("don-vi=t2-91&don-vi=t2-37&ky=", "don-vi=t2-91&don-vi=t2-37"),
        ("buoc=quy&cho-them=3", "buoc=quy&cho-them=3"),
        ("<script>=1&Q=2&q=d%C3%A2n%20v%E1%BA%ADn%00%0D%0A", "q=d%C3%A2n+v%E1%BA%ADn"),
        ("", ""),
    ],
)
def test_what_is_no_part_of_a_choice_is_left_out(typed, kept):
    assert kept_query(typed) == kept


# --- periods that move ------------------------------------------------------------------------

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "convention", "running", "ended"),
    [
        ("T", CALENDAR, "2026-11", "2026-10"),
        ("T", FIFTEEN_FOURTEEN, "2026-12", "2026-11"),
        ("Q", CALENDAR, "2026-Q4", "2026-Q3"),
        ("H", CALENDAR, "2026-H2", "2026-H1"),
        ("9T", CALENDAR, "2026-9T", "2026-9T"),
        ("N", CALENDAR, "2026", "2025"),
        ("N", convention_cut_on(20), "2026", "2025"),
    ],
)
def test_a_moving_period_is_told_on_the_day(kind, convention, running, ended):
    assert moved_period(kind, RUNNING, TODAY, convention).ky == running
    assert moved_period(kind, ENDED, TODAY, convention).ky == ended


def test_the_year_of_a_convention_turns_on_its_own_day():
    assert moved_period("N", RUNNING, date(2026, 12, 14), FIFTEEN_FOURTEEN).ky == "2026"
    assert moved_period("N", RUNNING, date(2026, 12, 15), FIFTEEN_FOURTEEN).ky == "2027"
    assert moved_period("N", ENDED, date(2026, 12, 15), FIFTEEN_FOURTEEN).ky == "2026"


def test_a_kept_period_may_move(desk):
    save(desk, query="don-vi=t2-91&ky=2024-Q1&quy-uoc=15-14", moving=ENDED)

    stored = SavedFilter.objects.get().query
    assert "ky=2024" not in stored
    assert opened_query(stored, TODAY) == "don-vi=t2-91&quy-uoc=15-14&ky=2026-Q3"
    assert opened_query(stored, date(2027, 1, 3)) == "don-vi=t2-91&quy-uoc=15-14&ky=2026-Q4"
    assert "tự chuyển theo quý" in desk.get(URL).content.decode()


def test_a_kept_period_stays_where_nobody_asked_it_to_move(desk):
    save(desk, name="Đứng yên", query="ky=2024-Q1", moving="")
    save(desk, name="Không có kỳ", query="don-vi=t2-91", moving=RUNNING)
    refused = save(desk, name="Sai", query="ky=2024", moving="mai")

    assert list(SavedFilter.objects.order_by("pk").values_list("query", flat=True)) == ["ky=2024-Q1", "don-vi=t2-91"]  # fmt: skip
    assert list(refused.context["form"].errors) == ["moving"]


def test_a_stored_address_that_says_nonsense_still_opens(desk):
    saved = SavedFilter.objects.create(
        unit_id=AN_GIANG, name="Cũ", page="khong-co", query="ky-theo=nay&ky-loai=zz&don-vi=t9-1"
    )

    assert (
        desk.get(reverse("desk:saved-one", args=[saved.pk]))["Location"] == "/tong-hop/?don-vi=t9-1"
    )
    assert desk.get(URL).status_code == 200


def test_the_list_costs_the_same_however_long(desk):
    costs = []
    for number in (1, 3):
        for more in range(number):
            save(desk, name=f"Bộ lọc {number} {more}", query="don-vi=t2-91,t2-37&ky=2026&muc=i")
        desk.get(URL)
        with CaptureQueriesContext(connection) as statements:
            response = desk.get(URL)
        costs.append(len(statements))

    assert costs[0] == costs[1]
    assert "Tỉnh An Giang; " in response.content.decode()
