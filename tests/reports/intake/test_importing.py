"""`import_articles` and uploads: drafts only, once, past every bad file, with the cure in words."""

import csv
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from reports.intake.forms import SourceForm
from reports.models import Event, MemberRole, Photo, Report, ReportStatus
from tests.factories import MembershipFactory, next_commune
from tests.reports.intake.texts import PAGES
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path):
    """A folder of an old portal: five pages, the first saved twice, and a file nobody can read."""
    folder = tmp_path / "cong-cu"
    folder.mkdir()
    for number, page in enumerate(PAGES):
        (folder / f"{number}.txt").write_text(page.text, encoding="utf-8")
    (folder / "0-lan-nua.txt").write_text(
        PAGES[0].text + "\n\nTrở về trang trước", encoding="utf-8"
    )
    (folder / "hong.docx").write_bytes(b"PK\x03\x04 hong")
    (folder / "anh.jpg").write_bytes(b"khong phai bai")
    return folder


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_articles", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_folder_becomes_drafts_and_the_bad_file_is_named(archive, registry):
    said, complained = run(archive, "--unit", "t3-894")

    assert said == "5 bài nháp mới (trong đó 4 nên xem lại), 1 đã có, 1 không đọc được.\n"
    assert "hong.docx" in complained
    assert {report.status for report in Report.objects.all()} == {ReportStatus.DRAFT}
    assert {report.unit_id for report in Report.objects.all()} == {"t3-894"}
    assert not Report.objects.published().exists()


def test_running_again_brings_in_nothing_and_loses_no_correction(archive, registry):
    run(archive, "--unit", "t3-894")
    report = Report.objects.get(title=PAGES[4].title)
    report.title = "Tít biên tập viên đã sửa"
    report.save()
    events = Event.objects.count()

    said, _ = run(archive, "--unit", "t3-894")

    assert said == "0 bài nháp mới, 6 đã có, 1 không đọc được.\n"
    assert Report.objects.count() == 5
    assert Event.objects.count() == events
    assert Report.objects.filter(title="Tít biên tập viên đã sửa").exists()


def test_a_run_cut_off_half_way_ends_like_an_undisturbed_one(archive, registry):
    first = sorted(archive.glob("*.txt"))[:3]
    run(*first, "--unit", "t3-894")
    run(archive, "--unit", "t3-894")

    assert sorted(Report.objects.values_list("title", flat=True)) == sorted(p.title for p in PAGES)


def test_a_page_that_lost_its_title_comes_in_under_a_name_nobody_takes_for_one(archive, registry):
    text = PAGES[4].text.partition("27/12/2023")[2].partition("98")[2]
    page = archive / "mat-tit.txt"
    page.write_text(text, encoding="utf-8")

    said, _ = run(page, "--unit", "t3-534")
    again, _ = run(page, "--unit", "t3-534")

    assert said.startswith("1 bài nháp mới")
    assert again.startswith("0 bài nháp mới, 1 đã có")
    assert Report.objects.get().title.startswith("(Chưa có tít) Chiều ngày 26/12/2023")


def test_what_became_of_each_file_is_told_in_a_table(archive, registry, tmp_path, monkeypatch):
    monkeypatch.chdir(archive)
    (archive / "=1+1.txt").write_text(PAGES[1].text, encoding="utf-8")
    table = tmp_path / "ket-qua.csv"
    run("=1+1.txt", "0.txt", "0-lan-nua.txt", "hong.docx", "--unit", "t3-894", "--report", table)

    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["Tệp"], row["Kết quả"], row["Tít"]) for row in csv.DictReader(file)]
    assert rows == [
        ("'=1+1.txt", "nên xem lại", PAGES[1].title),  # a spreadsheet must not reckon with it
        ("0.txt", "nên xem lại", PAGES[0].title),
        ("0-lan-nua.txt", "đã có", PAGES[0].title),
        ("hong.docx", "không đọc được", ""),
    ]


@pytest.mark.parametrize("unit", ["t2-99999", "", "x"])
def test_an_unknown_unit_stops_before_anything_is_read(archive, registry, unit):
    with pytest.raises(CommandError, match="Không có đơn vị"):
        run(archive, "--unit", unit)


def test_a_path_that_is_not_there_is_named(registry, tmp_path):
    with pytest.raises(CommandError, match="khong-co"):
        run(tmp_path / "khong-co", "--unit", "t3-894")


# --- the page: Word files -----------------------------------------------------------------------


def word_file():
    document = docx.Document()
    document.add_heading("Tây Phú bắc cầu kênh E", 0)
    document.add_paragraph(
        "Sáng 12/3/2026, xã Tây Phú, tỉnh An Giang họp dân bàn phương án làm cầu kênh E."
    )
    document.add_picture(io.BytesIO(jpeg(900, 600)))
    document.add_paragraph("Bà con xem bản vẽ cây cầu.")
    document.add_paragraph("Cuộc họp chốt ba việc:")
    document.add_paragraph("Dời hàng rào", style="List Bullet")
    document.add_paragraph("Góp ngày công", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Xe lúa", "2,5 m"
    document.add_paragraph("Tin, ảnh: Ngọc Lan")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def editor(client, registry):
    user = MembershipFactory(role=MemberRole.EDITOR, unit=next_commune()).user
    client.force_login(user)
    return user


def upload(client, name, content):
    return client.post(
        "/quan-tri/nhap-bai/", {"buoc": "doc", "file": SimpleUploadedFile(name, content)}
    )


def test_a_word_file_fills_the_form_and_keeps_lists_tables_and_pictures(client, editor):
    response = upload(client, "bai.docx", word_file())

    initial = response.context["form"].initial
    assert initial["title"] == "Tây Phú bắc cầu kênh E"
    assert initial["lead"].startswith("Sáng 12/3/2026")
    assert "<li>Dời hàng rào</li>" in initial["body"]
    assert "<td>" in initial["body"]
    assert initial["authors"] == initial["photographers"] == ["Ngọc Lan"]
    assert initial["held_on"].isoformat() == "2026-03-12"
    picture = response.context["pictures"][0]
    assert picture["caption"].value() == "Bà con xem bản vẽ cây cầu."
    assert len(picture["token"].value()) == 32
    assert not Report.objects.exists()
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bai.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        (
            "bai.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 4,
            "mật khẩu",
        ),
        ("bai.rtf", b"{\\rtf1 chao}", ".docx"),
        ("bai.docx", b"PK\x03\x04" + b"\0" * 90, "Word"),
        ("bai.pdf", b"%PDF-1.7 chao", "PDF"),
        ("bai.txt", b"", "rỗng"),
        ("bai.txt", b"   \n\n ", "không có chữ"),
        ("anh.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), ""),
    ],
    ids=["doc", "password", "rtf", "broken", "pdf", "empty", "blank", "photo"],
)
def test_a_file_that_cannot_be_read_is_answered_with_the_cure(client, editor, name, content, words):
    response = upload(client, name, content)

    assert response.status_code == 400
    message = str(response.context["form"].errors["file"][0])
    assert words in message
    assert len(message) > 10
    assert not Report.objects.exists()


def test_a_word_file_of_200_megabytes_is_refused_unread():
    upload = SimpleUploadedFile("bai.docx", b"PK\x03\x04")
    upload.size = 200 * 1024 * 1024
    form = SourceForm({}, {"file": upload})

    assert not form.is_valid()
    assert "50 MB" in form.errors["file"][0]


def test_a_page_of_five_megabytes_gets_an_answer(client, editor):
    page = (
        b"<html><body><h1>T\xc3\xadt</h1>" + b"<p>Mot doan van.</p>" * 260_000 + b"</body></html>"
    )

    response = upload(client, "trang.html", page)

    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert response.context["form"].errors["file"]


def test_a_paste_with_scripts_comes_out_without_them(client, editor):
    html = (
        "<h1>Tít dán</h1><p onclick='x()'>Ngày 1/7/2026, xã họp dân bàn việc làm cầu qua kênh.</p>"
        "<script>alert(1)</script><p>Đoạn hai <img src=x onerror=alert(2)><a href='javascript:x'>y</a></p>"
    )
    response = client.post(
        "/quan-tri/nhap-bai/", {"buoc": "doc", "pasted": "Tít dán", "pasted_html": html}
    )

    body = response.context["form"].initial["body"]
    for forbidden in ("<script", "onclick", "onerror", "javascript:"):
        assert forbidden not in body
    assert "alert(1)" not in response.content.decode()


def test_nothing_pasted_and_no_file_is_told_at_the_field(client, editor):
    response = client.post("/quan-tri/nhap-bai/", {"buoc": "doc", "pasted": "  "})

    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["pasted"]
