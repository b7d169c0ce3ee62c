"""Open data: the list as a table and as JSON, whole, public and harmless in a spreadsheet."""

import csv
import io
import json
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import open_data
from reports.models import EventKind, Report
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def table(client, **query):
    response = client.get(
        reverse("reports:csv"), {k.replace("_", "-"): v for k, v in query.items()}
    )
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def objects(client, **query):
    response = client.get(
        reverse("reports:json"), {k.replace("_", "-"): v for k, v in query.items()}
    )
    assert response.status_code == 200
    return json.loads(response.getvalue())


@pytest.fixture
def full():
    report = ReportFactory(
        published=True,
        title="Phường Thới Sơn, “sơ kết”",
        unit=Unit.objects.get(pk="t3-30517"),
        published_at=timezone.make_aware(datetime(2024, 7, 3, 8, 15)),
        event=EventFactory(
            name="Hội nghị sơ kết", kind=EventKind.INTERIM_REVIEW, event_on=date(2024, 7, 2)
        ),
        section=SectionFactory(name="Tin tức"),
        organisation=OrganisationFactory(name="Hội Nông dân"),
        heading="II.3",
        period_start=date(2024, 1, 1),
        period_end=date(2024, 6, 30),
        byline_organisation="Trung tâm VH",
    )
    report.topics.add(TopicFactory(name="Dân vận khéo"))
    ContributionFactory(report=report, person=PersonFactory(name="Minh Ngọc"), signed_as="M.N")
    PhotoFactory(report=report)
    CorrectionFactory(report=report)
    return report


def test_a_row_says_what_the_page_says_with_both_days_and_the_names_of_that_day(client, full):
    (row,) = table(client)

    expected = {
        "ma": str(full.pk),
        "dia_chi": f"{SITE}{full.get_absolute_url()}",
        "tit": "Phường Thới Sơn, “sơ kết”",
        "don_vi_ma": "t3-30517",
        "don_vi": "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang",
        "don_vi_nay_ma": "t2-30502",
        "don_vi_nay": "Phường Thới Sơn",
        "chuyen_muc": "Tin tức",
        "chu_de": "Dân vận khéo",
        "muc_bao_cao": "II.3",
        "to_chuc": "Hội Nông dân",
        "su_kien": "Hội nghị sơ kết",
        "su_kien_loai": "sơ kết",
        "ngay_dien_ra": "2024-07-02",
        "dang_luc": "2024-07-03T08:15:00+07:00",
        "dang_luc_la_khoang": "0",
        "ngay_tinh_ky": "2024-07-02",
        "tinh_ky_theo": "su-kien",
        "noi_ve": "6 tháng đầu năm 2024",
        "noi_ve_tu": "2024-01-01",
        "noi_ve_den": "2024-06-30",
        "nguoi_viet": "M.N",
        "co_quan": "Trung tâm VH",
        "anh": f"{SITE}{full.photos.get().src}",
        "so_dinh_chinh": "1",
    }
    assert {name: row[name] for name in expected} == expected


def test_json_holds_the_same_rows(client, full):
    ReportFactory(published=True, published_is_estimate=True)

    data = objects(client)

    assert [{name: str(value) for name, value in row.items()} for row in data["bai"]] == table(
        client
    )
    assert data["tiep"] is None
    assert [row["tinh_ky_theo"] for row in data["bai"]] == ["", "su-kien"]


def test_it_holds_the_filtered_list_newest_first_and_only_what_is_public(client):
    section = SectionFactory()
    rows = [ReportFactory(published=True, section=section) for _ in range(3)]
    ReportFactory(published=True)
    for state in ({}, {"scheduled": True}, {"withdrawn": True}):
        ReportFactory(section=section, **state)

    found = [int(row["ma"]) for row in table(client, chuyen_muc=section.slug)]

    assert found == list(
        Report.objects.filter(pk__in=[r.pk for r in rows])
        .newest_first()
        .values_list("pk", flat=True)
    )


@pytest.mark.parametrize("start", ["=1+1", "+84", "-5", "@SUM(A1)"])
def test_no_cell_is_a_formula(client, start):
    ReportFactory(published=True, title=start, lead="Bình thường = không sao")

    (row,) = table(client)

    assert row["tit"] == f"'{start}"
    assert row["sapo"] == "Bình thường = không sao"
    assert objects(client)["bai"][0]["tit"] == start


def test_cells_survive_quotes_line_ends_and_old_control_characters(client):
    report = ReportFactory(published=True)
    Report.objects.filter(pk=report.pk).update(
        lead='Hai\r\ndòng, "nháy"\x0b\x00'.replace("\x00", "")
    )

    (row,) = table(client)

    assert row["sapo"] == 'Hai\ndòng, "nháy"'


def test_chunks_and_files_follow_each_other_without_loss(client, monkeypatch):
    monkeypatch.setattr(open_data, "CHUNK", 2)
    monkeypatch.setattr(open_data, "ROWS_PER_FILE", 5)
    unit = Unit.objects.get(pk="t2-30502")
    moment = timezone.now() - timezone.timedelta(days=1)
    for _ in range(12):
        ReportFactory(published=True, unit=unit, published_at=moment)
    expected = list(Report.objects.newest_first().values_list("pk", flat=True))

    for query in ({}, {"don-vi": "t2-91"}):
        address, found, sizes = f"{reverse('reports:csv')}?", [], []
        for name, value in query.items():
            address += f"{name}={value}"
        while address:
            response = client.get(address)
            rows = list(csv.DictReader(io.StringIO(response.getvalue().decode()[1:])))
            found += [int(row["ma"]) for row in rows]
            sizes.append(len(rows))
            link = response.headers.get("Link", "")
            assert link == "" or link.endswith('>; rel="next"')
            address = link[1:].partition(">")[0].removeprefix(SITE)
        assert (found, sizes) == (expected, [5, 5, 2])


def test_a_file_that_ends_exactly_at_the_cap_has_no_next(client, monkeypatch):
    monkeypatch.setattr(open_data, "ROWS_PER_FILE", 3)
    ReportFactory.create_batch(3, published=True)

    assert "Link" not in client.get(reverse("reports:csv")).headers
    assert objects(client)["tiep"] is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"ky": "hôm qua"}, "Không hiểu kỳ"),
        ({"don-vi": "thoi son"}, "don-vi=t2-30502"),
        ({"chuyen-muc": "khong-co"}, "Không có “khong-co”"),
        ({"moc": "x"}, "Không hiểu “moc”"),
        ({"moc": "1.2.3"}, "Không hiểu “moc”"),
        ({"sap-xep": "x"}, "Không có “x”"),
    ],
)
def test_what_is_not_understood_gives_no_file_but_a_word(client, query, words):
    for name in ("csv", "json"):
        response = client.get(reverse(f"reports:{name}"), query)
        assert response.status_code == 400
        assert words in response.content.decode()


def test_it_is_the_same_for_everybody_and_may_be_kept(client):
    ReportFactory(published=True)

    for name, kind in (("csv", "text/csv"), ("json", "application/json")):
        response = client.get(reverse(f"reports:{name}"))
        response.getvalue()
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert f'filename="tin-bai.{name}"' in response.headers["Content-Disposition"]
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("count", [1, 30])
def test_a_chunk_costs_the_same_however_many(client, django_assert_num_queries, count):
    for report in ReportFactory.create_batch(count, published=True):
        ContributionFactory(report=report)
        PhotoFactory(report=report)
    client.get(reverse("reports:list"))

    # where the file ends, the rows, topics, photos, corrections, signatures, persons
    with django_assert_num_queries(7):
        client.get(reverse("reports:csv")).getvalue()


def test_every_column_is_explained(client, full):
    page = client.get(reverse("reports:open_data")).content.decode()

    for name in table(client)[0]:
        assert f"<code>{name}</code>" in page


def test_the_list_offers_itself_with_its_conditions(client, full):
    page = client.get(reverse("reports:list"), {"ky": "2024", "muc": "II.3"}).content.decode()

    for name in ("csv", "json", "feed", "json_feed"):
        assert f'href="{reverse(f"reports:{name}")}?muc=II.3&amp;ky=2024"' in page
