"""The originals of a choice of reports, with their captions, sent as a zip."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from reports.desk import photo_zip
from reports.desk.selection import Selection
from reports.models import Photo
from reports.photos import check_picture
from tests.factories import EventFactory, PersonFactory, PhotoFactory, ReportFactory
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db
ADDRESS = "/tong-hop/xuat/anh.zip?don-vi=t2-91&don-vi-cu=1"


def with_file(report, **fields):
    """A photo of the report whose files are stored."""
    photo = PhotoFactory.build(report=report, **fields)
    check_picture(jpeg(300, 200)).store(photo)
    photo.save()
    return photo


def original(photo):
    with default_storage.open(f"{photo.folder}/goc.jpg") as file:
        return file.read()


def opened(response):
    assert response.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    assert archive.testzip() is None
    return archive


def listed(archive):
    text = archive.read("danh-sach-anh.csv").decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def report():
    return ReportFactory(
        published=True,
        title="Cầu mới",
        unit_id="t3-30517",
        published_at=timezone.make_aware(datetime(2024, 7, 3, 8, 15)),
        event=EventFactory(event_on=date(2024, 7, 2), unit_id="t3-30517"),
    )


def test_it_holds_the_originals_as_stored_named_by_day_unit_and_number(desk, report):
    person = PersonFactory(name="Thanh Xuân")
    photos = [
        with_file(report, order=0, caption="Cắt băng", credit=person),
        with_file(report, order=1, caption="=Toàn cảnh", credit_text="TTXVN"),
    ]
    same_day = ReportFactory(
        published=True, unit_id="t3-30517", event=report.event, title="Bài nữa",
        published_at=timezone.make_aware(datetime(2024, 7, 1)),
    )  # fmt: skip
    third = with_file(same_day, order=0)

    response = desk.get(f"{ADDRESS}&ky=2024")
    assert response.streaming
    archive = opened(response)
    names = [f"2024-07-02_phuong-thoi-son_{number:02d}.jpg" for number in (1, 2, 3)]
    assert archive.namelist() == [*names, "danh-sach-anh.csv", "chu-thich-anh.txt"]
    assert [archive.read(name) for name in names] == [original(each) for each in (*photos, third)]
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    rows = listed(archive)
    assert rows[0] == {
        "Tệp": names[0],
        "Chú thích": "Cắt băng",
        "Người chụp": "Thanh Xuân",
        "Tít bài": "Cầu mới",
        "Đơn vị (tên ngày ấy)": "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang",
        "Ngày": "02/07/2024",
        "Liên kết": f"http://127.0.0.1:8000{report.get_absolute_url()}",
        "Ghi chú": "",
    }
    assert (rows[1]["Chú thích"], rows[1]["Người chụp"]) == ("'=Toàn cảnh", "TTXVN")
    words = archive.read("chu-thich-anh.txt").decode()
    assert "Kỳ: Năm 2024, từ ngày 01/01/2024 đến ngày 31/12/2024" in words
    assert "Cắt băng\r\nẢnh: Thanh Xuân\r\nBài: Cầu mới" in words


def test_only_photos_of_published_reports_are_in_it(desk, report):
    shown = with_file(report)
    for state in ({}, {"scheduled": True}, {"withdrawn": True}):
        with_file(ReportFactory(unit_id="t3-30517", **state), caption="chimtron")

    archive = opened(desk.get(ADDRESS))
    assert [row["Tệp"] for row in listed(archive)] == ["2024-07-02_phuong-thoi-son_01.jpg"]
    assert archive.read("2024-07-02_phuong-thoi-son_01.jpg") == original(shown)
    assert b"chimtron" not in archive.read("chu-thich-anh.txt")


def test_a_picture_of_two_reports_is_one_file_and_two_lines(desk, report):
    photo = with_file(report)
    other = ReportFactory(published=True, unit_id="t3-30517", title="Bài khác")
    Photo.objects.create(report=other, token=photo.token, width=300, height=200, caption="Lần nữa")

    archive = opened(desk.get(ADDRESS))
    assert len(archive.namelist()) == 1 + 2
    assert {row["Tít bài"] for row in listed(archive)} == {"Cầu mới", "Bài khác"}
    assert len({row["Tệp"] for row in listed(archive)}) == 1


def test_a_lost_file_is_named_in_the_lists_and_breaks_nothing(desk, report):
    kept, lost = with_file(report, order=0), with_file(report, order=1)
    default_storage.delete(f"{lost.folder}/goc.jpg")

    archive = opened(desk.get(ADDRESS))
    assert [(row["Tệp"], row["Ghi chú"]) for row in listed(archive)] == [
        ("2024-07-02_phuong-thoi-son_01.jpg", ""),
        ("2024-07-02_phuong-thoi-son_02.jpg", "thiếu tệp ảnh trên máy chủ"),
    ]
    assert archive.namelist()[0] == "2024-07-02_phuong-thoi-son_01.jpg"
    assert archive.read(archive.namelist()[0]) == original(kept)
    assert "Lưu ý: thiếu tệp ảnh trên máy chủ" in archive.read("chu-thich-anh.txt").decode()


def test_reports_without_a_day_are_named_so_and_told_beside_the_others(desk, report):
    with_file(report)
    undated = ReportFactory(
        published=True, unit_id="t2-30682", published_is_estimate=True, title="Chưa rõ"
    )
    with_file(undated)

    beside = opened(desk.get(f"{ADDRESS}&ky=2024")).read("chu-thich-anh.txt").decode()
    assert "Còn 1 bài chưa rõ ngày" in beside
    alone = opened(desk.get(f"{ADDRESS}&chua-ro-ngay=1"))
    assert alone.namelist()[0] == "chua-ro-ngay_xa-thoai-son_01.jpg"


@pytest.mark.parametrize(
    ("limit", "words"),
    [("MOST_PHOTOS", "có hơn 1 ảnh, một tệp không chứa hết"), ("MOST_BYTES", "nặng 0,0 GB")],
)
def test_above_the_limits_a_page_says_so_before_anything_is_sent(
    desk, report, monkeypatch, limit, words
):
    with_file(report, order=0)
    with_file(report, order=1)
    monkeypatch.setattr(photo_zip, limit, 1)

    response = desk.get(ADDRESS)
    assert response.status_code == 400
    assert words in response.content.decode()


def test_a_choice_without_photos_says_so(desk, report):
    response = desk.get(ADDRESS)

    assert response.status_code == 400
    assert "Các bài đã chọn không có ảnh nào." in response.content.decode()


def test_it_costs_the_same_queries_however_many_photos(desk, report, django_assert_num_queries):
    with_file(report, order=0)
    desk.get(ADDRESS).getvalue()  # what is remembered is remembered now
    for expected in (1, 4):
        for order in range(1, expected):
            with_file(report, order=order, credit=PersonFactory())
        # the unit, the reports in order, the photos, the undated
        with django_assert_num_queries(4):
            b"".join(photo_zip.photo_zip(Selection.of("don-vi=t2-91&don-vi-cu=1")))
