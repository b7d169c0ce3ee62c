"""`import_articles`: an old portal comes in as drafts, once, whatever becomes of them meanwhile."""

import csv
import io
import unicodedata
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from reports import workflow
from reports.models import (
    BodyPicture,
    Contribution,
    Event,
    ImportBatch,
    ImportItem,
    Person,
    Photo,
    Report,
    ReportStatus,
    Section,
)
from tests.factories import UserFactory
from tests.reports.test_pictures import jpeg
from units.models import Unit

from .old_portal import SITE, page, photo, table, text_of, web_archive, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(registry):
    return Unit.objects.get(pk="t3-894")  # a district that is gone, as its portal is


def run(unit, *arguments):
    out = io.StringIO()
    call_command(
        "import_articles", *map(str, arguments), "--unit", unit.pk, stdout=out, stderr=io.StringIO()
    )
    return out.getvalue()


def told(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def stored_files():
    def below(folder):
        folders, files = default_storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in files)
        for name in folders:
            yield from below(f"{folder}/{name}")

    return list(below("anh")) if default_storage.exists("anh") else []


def test_a_saved_page_comes_in_with_its_pictures_its_address_and_its_old_date(unit, tmp_path):
    folder = write(tmp_path / "cu", {
        "bai-1.html": page(1, picture="bai-1_files/c%E1%BA%A7u.jpg"),
        "bai-1_files/cầu.jpg": photo(),
        "bai-1_files/quang-cao.html": page(99),
    })  # fmt: skip

    assert run(unit, folder) == "1 bài nháp mới, 0 đã có, 0 không đọc được.\n"

    report = Report.objects.get()
    assert report.status == ReportStatus.DRAFT
    assert report.title == "Tổ 1 góp công làm đường hoa đợt 1"
    assert report.original_url == f"{SITE}/tin/bai-1.html"
    assert timezone.localtime(report.published_at).isoformat() == "2019-03-12T08:15:00+07:00"
    assert report.event.event_on == date(2019, 3, 10)
    assert [photo.caption for photo in report.photos.all()] == ["Bà con tổ 1 trồng hoa."]
    assert {c.person.name for c in report.contributions.all()} == {"Ngọc Lan"}
    assert not BodyPicture.objects.exists()


def test_emblems_stay_out_and_what_a_photo_shows_comes_along(unit, tmp_path):
    text = (
        f'{text_of(1)}</p><p><img src="huy-hieu.jpg" alt="Huy hiệu"></p><p>{text_of(2)}</p>'
        f"<p><img src='cau.jpg' alt='Bảy người đứng trên cầu'></p><p>{text_of(3)}"
    )
    heavy = b"\0" * 5000  # so that it is their measure that speaks, not their weight
    folder = write(tmp_path / "cu", {
        "1.html": page(1, text=text), "huy-hieu.jpg": jpeg(320, 60) + heavy, "cau.jpg": photo(),
        "2.html": page(20, picture="be.jpg"), "be.jpg": jpeg(120, 90) + heavy,
    })  # fmt: skip

    run(unit, folder, "--report", tmp_path / "kq.csv")

    assert [(photo.width, photo.alt) for photo in Photo.objects.all()] == [
        (640, "Bảy người đứng trên cầu")
    ]
    first, second = told(tmp_path / "kq.csv")
    assert "nhỏ" not in first["Ghi chú"]
    assert "Ảnh “Bà con tổ 20 trồng hoa.” quá nhỏ (120 × 90 điểm)" in second["Ghi chú"]


def test_an_old_address_leads_to_the_published_report(client, unit, tmp_path):
    run(unit, write(tmp_path / "cu", {"1.html": page(1)}))
    report = Report.objects.get()
    assert client.get("/tin/bai-1.html").status_code == 404

    workflow.submit(report, by=UserFactory(is_superuser=True))
    workflow.publish(report, by=UserFactory(is_superuser=True))

    answer = client.get("/tin/bai-1.html?fbclid=x")
    assert answer.status_code == 301
    assert answer.headers["Location"] == Report.objects.get().get_absolute_url()
    assert timezone.localtime(Report.objects.get().published_at).date() == date(2019, 3, 12)


def test_a_web_archive_is_one_file_with_its_picture(unit, tmp_path):
    run(unit, write(tmp_path / "cu", {"1.mht": web_archive(1)}))

    report = Report.objects.get()
    assert report.original_url == f"{SITE}/tin/bai-1.html"
    assert report.photos.count() == 1


ROWS = [
    {"Tiêu đề": f"Bà con bắc cầu số {n}", "Sapo": f"Cầu số {n} dài {n + 9} mét.",
     "Nội dung": f"<p>{text_of(n, words='cầu')}</p>", "Ngày đăng": f"0{n}/05/2018 07:30",
     "Tác giả": "Tin, ảnh: Minh Tâm", "Ảnh": "anh/cau.jpg" if n == 1 else "",
     "Chuyên mục": "Dân vận khéo", "Địa chỉ": f"{SITE}/?bai={n}", "Lượt xem": "1.204"}
    for n in (1, 2, 3)
]  # fmt: skip


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16")],
    ids=["excel", "plain", "utf-16"],
)
def test_a_table_comes_in_row_by_row(unit, tmp_path, delimiter, encoding):
    Section.objects.create(name="Dân vận khéo", order=1)
    folder = write(tmp_path / "cu", {
        "tin.csv": table(ROWS, delimiter=delimiter, encoding=encoding), "anh/cau.jpg": photo(),
    })  # fmt: skip

    run(unit, folder)

    first = Report.objects.get(original_url=f"{SITE}/?bai=1")
    assert (first.title, first.lead) == ("Bà con bắc cầu số 1", "Cầu số 1 dài 10 mét.")
    assert timezone.localtime(first.published_at).isoformat() == "2018-05-01T07:30:00+07:00"
    assert first.section.name == "Dân vận khéo"
    assert first.view_count.count == 1204
    assert first.photos.count() == 1
    signed = Contribution.objects.filter(report=first).order_by("role")
    assert [(c.role, c.person.name) for c in signed] == [
        ("author", "Minh Tâm"), ("photographer", "Minh Tâm"),
    ]  # fmt: skip
    assert Report.objects.count() == 3
    assert Person.objects.count() == 1


def test_a_table_in_the_old_windows_letters_is_read(unit, tmp_path):
    row = {"Tiêu đề": "Xã họp dân", "Nội dung": "Ấp Đông họp dân bàn chuyện làm đường."}
    written = "Tiêu đề,Nội dung\r\n" + ",".join(row.values()) + "\r\n"
    # The old page has tone marks as letters of their own behind the vowel.
    old = "".join(
        letter if letter.encode("cp1258", "ignore") else unicodedata.normalize("NFD", letter)
        for letter in _tones_apart(written)
    )
    run(unit, write(tmp_path / "cu", {"tin.csv": old.encode("cp1258")}))

    assert Report.objects.get().title == "Xã họp dân"


def _tones_apart(text):
    tones = "\u0300\u0301\u0303\u0309\u0323"
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        yield from (base + "".join(p for p in parts if p in tones))


def test_what_no_table_or_text_is_told_with_the_cure(unit, tmp_path):
    folder = write(tmp_path / "cu", {
        "bang.csv": "Họ tên;Điện thoại\r\nA;1\r\n", "cu.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "so.xlsx": b"PK\x03\x04", "trong.txt": "Trang chủ", "1.html": page(1),
    })  # fmt: skip
    said = run(unit, folder, "--report", tmp_path / "kq.csv")

    rows = {row["Tệp"].rpartition("/")[2]: row for row in told(tmp_path / "kq.csv")}
    assert {name: row["Kết quả"] for name, row in rows.items()} == {
        "1.html": "mới", "bang.csv": "không đọc được", "cu.doc": "không đọc được",
        "so.xlsx": "bỏ qua", "trong.txt": "bỏ qua",
    }  # fmt: skip
    assert "Dòng đầu phải ghi tên cột" in rows["bang.csv"]["Ghi chú"]
    assert ".docx" in rows["cu.doc"]["Ghi chú"]
    assert "CSV" in rows["so.xlsx"]["Ghi chú"]
    assert said == "1 bài nháp mới, 0 đã có, 2 bỏ qua, 2 không đọc được.\n"


DOUBTFUL = {
    "khong-tit.html": page(1, title="", head="", url=""),
    "khong-ngay.html": page(2, day="", url=""),
    "gan-giong.html": page(3, text=text_of(4) + " Bà con mừng.", title="Tổ 3 trồng hoa"),
    "goc.html": page(4, title="Tổ 3 trồng hoa dọc đường"),
    "khac-dia-chi.html": page(5, url=f"{SITE}/tin/bai-4.html"),
    "trung.html": page(4, title="Tổ 3 trồng hoa dọc đường"),
    "anh-hong.html": page(6, picture="hong.jpg"), "hong.jpg": b"\xff\xd8\xff" + b"\0" * 6000,
    "mai-sau.html": page(7, day="12/03/2031 08:15"),
}  # fmt: skip


def test_a_dry_run_says_what_the_run_then_does_and_stores_nothing(unit, tmp_path):
    folder = write(tmp_path / "cu", DOUBTFUL)
    before = run(unit, folder, "--dry-run", "--report", tmp_path / "thu.csv")

    assert stored_files() == []
    for model in (Report, Event, Person, Photo, BodyPicture, ImportBatch, ImportItem):
        assert not model.objects.exists(), model

    after = run(unit, folder, "--report", tmp_path / "that.csv")
    columns = ("Tệp", "Kết quả", "Tít", "Ghi chú", "Địa chỉ cũ")
    trial, real = (
        [[row[name] for name in columns] for row in told(tmp_path / name)]
        for name in ("thu.csv", "that.csv")
    )
    assert trial == real
    assert before == after.replace("bài nháp mới", "sẽ là bài nháp mới")


def test_every_doubt_is_told(unit, tmp_path):
    run(unit, write(tmp_path / "cu", DOUBTFUL), "--report", tmp_path / "kq.csv")

    rows = {row["Tệp"].rpartition("/")[2]: row for row in told(tmp_path / "kq.csv")}
    for name, words in {
        "khong-ngay.html": "Không rõ ngày đăng", "goc.html": "Gần giống bài “Tổ 3 trồng hoa”",
        "khac-dia-chi.html": "không giữ địa chỉ ấy", "anh-hong.html": "Ảnh thứ 1 của trang bị bỏ",
        "mai-sau.html": "chưa tới",
    }.items():  # fmt: skip
        assert rows[name]["Kết quả"] == "nên xem lại", name
        assert words in rows[name]["Ghi chú"], name
    assert rows["trung.html"]["Kết quả"] == "đã có"
    assert Report.objects.get(pk=rows["mai-sau.html"]["Mã bài"]).published_at is None


def test_what_was_edited_stays_and_what_was_deleted_does_not_come_back(unit, tmp_path):
    folder = write(tmp_path / "cu", {f"{n}.html": page(n) for n in (1, 2)})
    run(unit, folder)
    edited, deleted = Report.objects.order_by("pk")
    edited.title, edited.body = "Tít đã sửa", "<p>Chữ khác hẳn.</p>"
    edited.save()
    deleted.delete()

    assert run(unit, folder) == "0 bài nháp mới, 1 đã có, 1 bỏ qua, 0 không đọc được.\n"
    assert [r.title for r in Report.objects.all()] == ["Tít đã sửa"]

    assert run(unit, folder, "--bring-back").startswith("1 bài nháp mới")
    assert Report.objects.count() == 2


def test_a_page_never_shows_what_lies_outside_its_folder(unit, tmp_path):
    (tmp_path / "rieng.jpg").write_bytes(photo())
    folder = write(tmp_path / "cu", {"1.html": page(1, picture="../rieng.jpg")})
    (folder / "noi.jpg").symlink_to(tmp_path / "rieng.jpg")
    write(
        folder,
        {
            "2.html": page(2, picture="noi.jpg"),
            "3.html": page(3, picture="a.jpg"),
            "a.jpg": photo(),
        },
    )

    run(unit, folder)

    assert [
        Report.objects.get(original_url__contains=f"bai-{n}.").photos.count() for n in (1, 2, 3)
    ] == [0, 0, 1]


def test_the_front_page_is_nobodys_address(unit, tmp_path):
    """Control: many old systems call their front page canonical on every page."""
    files = {f"{n}.html": page(n, url=f"{SITE}/") for n in (1, 2)}
    files["3.html"] = (
        "<!-- saved from url=(0041)https://cu-phuhoa.example/tin/bai-3.html -->\n" + page(3, url="")
    )
    run(unit, write(tmp_path / "cu", files))

    assert sorted(Report.objects.values_list("original_url", flat=True)) == [
        "",
        "",
        f"{SITE}/tin/bai-3.html",
    ]
