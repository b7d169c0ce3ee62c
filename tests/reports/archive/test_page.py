"""The page "Nhập kho bài cũ": a trial first, then steps; what is sent is judged before it is opened."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.archive import running
from reports.models import (
    BatchState,
    ImportBatch,
    ImportItem,
    ItemOutcome,
    MemberRole,
    Report,
    ReportStatus,
)
from tests.factories import MembershipFactory
from tests.portal.test_backoffice_words import english_in
from units.models import Unit

from .old_portal import page, photo, zipped

pytestmark = pytest.mark.django_db
ROOT = "/quan-tri/nhap-kho/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def unit(registry):
    return Unit.objects.get(pk="t3-894")


@pytest.fixture
def editor(client, unit):
    user = MembershipFactory(role=MemberRole.EDITOR, unit=unit).user
    client.force_login(user)
    return user


def send(client, unit, *files, **fields):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(ROOT, {"files": uploads, "unit": unit.pk, **fields})


def pack(number=3):
    files = {
        f"tin/{n}.html": page(n, picture="anh/a.jpg" if n == 1 else "")
        for n in range(1, number + 1)
    }
    return "cu.zip", zipped(files | {"tin/anh/a.jpg": photo()})


def address(batch, word=""):
    return reverse(f"admin:archive_{word or 'batch'}", args=[batch.pk])


def to_the_end(client, batch):
    for _ in range(50):
        answer = client.post(address(batch, "step"), **JSON).json()
        if not answer["left"]:
            return answer
    raise AssertionError("no end")


def test_a_package_is_tried_then_brought_in_and_nothing_before_that(
    client, editor, unit, django_capture_on_commit_callbacks
):
    answer = send(client, unit, pack())
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == f"{address(batch)}#chay"
    assert (batch.state, batch.by, batch.unit) == (BatchState.TRIAL, editor, unit)

    to_the_end(client, batch)
    shown = client.get(address(batch))
    assert shown.context["new"] == 3
    assert "Nhập 3 bài vào kho nháp" in shown.content.decode()
    assert not Report.objects.exists()

    client.post(address(batch, "begin"))
    with django_capture_on_commit_callbacks(execute=True):
        assert to_the_end(client, batch)["words"] == "3 trên 3 trang"
    batch.refresh_from_db()
    assert batch.state == BatchState.FINISHED
    assert {report.created_by for report in Report.objects.all()} == {editor}
    assert {report.status for report in Report.objects.all()} == {ReportStatus.DRAFT}
    assert Report.objects.get(original_url__contains="bai-1.").photos.count() == 1
    assert default_storage.listdir("nhap-kho")[1] == []


def test_steps_are_short_and_go_on_where_they_stopped(client, editor, unit, monkeypatch):
    monkeypatch.setattr("reports.admin.archive.SECONDS", 0)
    send(client, unit, pack())
    batch = ImportBatch.objects.get()

    done = [client.post(address(batch, "step"), **JSON).json()["done"] for _ in range(3)]

    assert done == [1, 2, 3]
    assert client.post(address(batch, "step")).headers["Location"] == address(batch)  # the button


def test_two_browsers_on_one_batch_make_each_draft_once(client, editor, unit):
    send(client, unit, pack())
    batch = ImportBatch.objects.get()
    to_the_end(client, batch)
    client.post(address(batch, "begin"))
    items = list(batch.items.order_by("order"))
    from reports.archive.uploads import open_package

    batch.refresh_from_db()
    with open_package(batch) as one, open_package(batch) as other:
        first, second = running.Run(batch, one), running.Run(batch, other)
        for item in items:
            first.take(item)
            second.take(item)

    assert Report.objects.count() == 3
    assert set(batch.items.values_list("outcome", flat=True)) == {ItemOutcome.NEW}


def test_several_files_at_once_find_their_pictures_again(client, editor, unit):
    send(
        client, unit, ("1.html", page(1, picture="1_files/cau.jpg").encode()), ("cau.jpg", photo())
    )
    batch = ImportBatch.objects.get()
    to_the_end(client, batch)
    client.post(address(batch, "begin"))
    to_the_end(client, batch)

    assert Report.objects.get().photos.count() == 1


def test_the_lists_and_the_table_tell_what_became_of_each_page(client, editor, unit):
    name, content = (
        "cu.zip",
        zipped(
            {"1.html": page(1), "2.html": page(1), "3.html": page(3, day=""), "4.txt": "Trang chủ"}
        ),
    )
    send(client, unit, (name, content))
    batch = ImportBatch.objects.get()
    to_the_end(client, batch)

    shown = {
        key: [item.key for item in client.get(f"{address(batch)}?ket-qua={key}").context["page"]]
        for key in ("moi", "xem-lai", "da-co", "bo-qua", "hong", "vo-nghia")
    }
    assert shown == {
        "moi": ["1.html", "3.html"], "xem-lai": ["3.html"], "da-co": ["2.html"], "bo-qua": ["4.txt"],
        "hong": [], "vo-nghia": ["1.html", "2.html", "3.html", "4.txt"],
    }  # fmt: skip
    lines = client.get(address(batch, "table")).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in lines] == [
        ["Tệp", "Kết quả"], ["1.html", "mới"], ["2.html", "đã có"], ["3.html", "nên xem lại"], ["4.txt", "bỏ qua"],
    ]  # fmt: skip


def test_giving_up_leaves_drafts_and_takes_the_upload(client, editor, unit, monkeypatch,
                                                     django_capture_on_commit_callbacks):  # fmt: skip
    send(client, unit, pack())
    batch = ImportBatch.objects.get()
    to_the_end(client, batch)
    client.post(address(batch, "begin"))
    monkeypatch.setattr("reports.admin.archive.SECONDS", 0)
    client.post(address(batch, "step"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(batch, "abandon"))

    batch.refresh_from_db()
    assert (batch.state, batch.package) == (BatchState.ABANDONED, "")
    assert default_storage.listdir("nhap-kho")[1] == []
    assert client.post(address(batch, "step"), **JSON).json()["done"] == 1
    assert Report.objects.count() == 1


# --- what is refused -----------------------------------------------------------------------------


def link_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        entry = zipfile.ZipInfo("1.html")
        entry.external_attr = 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    return out.getvalue()


def raw(files):
    return zipped(files)


HOSTILE = {
    "leads out": (zipped({"../1.html": page(1)}), "bất thường"),
    "absolute": (zipped({"/1.html": page(1)}), "bất thường"),
    "drive": (zipped({"C:/1.html": page(1)}), "bất thường"),
    "link": (link_zip(), "bất thường"),
    "bomb": (zipped({"1.html": b"0" * 30_000_000}), "bất thường"),
    "too many": (zipped({f"{n}.txt": "a" for n in range(2001)}), "2001 tệp"),
    "cut off": (pack()[1][:-60], "hỏng"),
    "no zip": (b"PK\x03\x04" + b"\0" * 200, "hỏng"),
    "nothing in it": (zipped({"a.jpg": photo()}), "Không thấy bài nào"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_package_that_is_no_good_is_answered_at_the_field(client, editor, unit, case):
    content, words = HOSTILE[case]
    answer = send(client, unit, ("cu.zip", content))

    assert answer.status_code == 400
    assert words in str(answer.context["form"].errors["files"])
    assert not ImportBatch.objects.exists()
    assert not default_storage.exists("nhap-kho") or default_storage.listdir("nhap-kho")[1] == []


def test_a_good_package_passes_the_same_gate(client, editor, unit):
    """Control of the refusals."""
    assert send(client, unit, pack()).status_code == 302


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [MemberRole.CONTRIBUTOR, MemberRole.APPROVER, MemberRole.DESK])
def test_only_editors_bring_archives_in(client, unit, role):
    client.force_login(MembershipFactory(role=role, unit=unit).user)

    assert client.get(ROOT).status_code == 403
    assert send(client, unit, pack()).status_code == 403
    assert not ImportBatch.objects.exists()


def test_another_units_batch_is_not_there(client, editor, unit):
    foreign = ImportBatch.objects.create(unit=Unit.objects.get(pk="t3-372"), source="cu.zip")
    ImportItem.objects.create(batch=foreign, order=0, name="1.html")
    for word in ("batch", "review", "table"):
        seen, absent = (
            client.get(address(foreign, word)),
            client.get(address(foreign, word).replace(str(foreign.pk), "999999")),
        )
        assert (seen.status_code, seen.content) == (404, absent.content)
    for word in ("step", "begin", "abandon", "review"):
        assert client.post(address(foreign, word)).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == BatchState.TRIAL


def test_a_unit_that_is_not_ones_own_is_refused(client, editor, unit):
    answer = send(client, Unit.objects.get(pk="t3-372"), pack())

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["unit"]
    assert not ImportBatch.objects.exists()


def test_opening_pages_changes_nothing_and_they_speak_vietnamese(client, editor, unit):
    send(client, unit, pack())
    batch = ImportBatch.objects.get()
    for word in ("step", "begin", "abandon"):
        assert client.get(address(batch, word)).status_code == 405
    for where in (ROOT, address(batch), address(batch, "review"), "/quan-tri/"):
        answer = client.get(where)
        assert answer.status_code == 200
        assert english_in(answer.content.decode()) == []
    assert ROOT in answer.content.decode()
    assert set(batch.items.values_list("outcome", flat=True)) == {ItemOutcome.WAITING}
