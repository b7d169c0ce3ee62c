"""Packages that were made to do harm, and runs that cross each other."""

import stat
import zipfile
from io import BytesIO

import pytest

from reports.archive import running, uploads
from reports.models import BatchState, ImportBatch, ItemOutcome, Report

from .old_portal import page, zipped
from .test_page import ROOT, address, editor, send, unit  # noqa: F401

pytestmark = pytest.mark.django_db

MARKUP = '<img src=x onerror="document.title=1">.html'
FORMULAS = ["=1+1.html", "+cmd.html", "-2.html", "@SUM(A1).html", "\t=1.html"]


def packed(name="1.html", content=None, *, method=zipfile.ZIP_DEFLATED, mode=0):
    out = BytesIO()
    entry = zipfile.ZipInfo(name)
    entry.compress_type, entry.external_attr = method, mode << 16
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(entry, content or page(1))
    return out.getvalue()


TRAPS = {
    "packed with LZMA": packed(method=zipfile.ZIP_LZMA),
    "packed with bzip2": packed(method=zipfile.ZIP_BZIP2),
    "a link": packed(content="/etc/passwd", mode=stat.S_IFLNK | 0o777),
    "from the root": packed("/srv/1.html"),
    "a drive": packed("C:/1.html"),
    "up": packed("a/../../1.html"),
    "up the other way": packed("a\\..\\..\\1.html"),
    "a bomb": packed(content="<p>" + "a" * 20_000_000),
    "a name without end": packed("a" * 400 + ".html"),
    "cut short": zipped({"1.html": page(1)})[:-30],
    "no zip": b"PK\x05\x06" + b"\0" * 18,
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_refused_before_anything_is_stored(client, editor, unit, trap):  # noqa: F811
    answer = send(client, unit, ("cu.zip", TRAPS[trap]))

    assert answer.status_code == 400
    assert not ImportBatch.objects.exists()


def test_the_same_rig_takes_an_honest_package(client, editor, unit):  # noqa: F811
    assert send(client, unit, ("cu.zip", packed())).status_code == 302
    assert send(client, unit, ("cu.zip", packed(method=zipfile.ZIP_STORED))).status_code == 302


def test_names_in_a_package_are_letters_on_the_page_and_text_in_the_table(client, editor, unit):  # noqa: F811
    files = {name: page(n, title=f"=1+{n} <b onclick=1>") for n, name in enumerate(FORMULAS, 1)}
    send(client, unit, (f"<script>{MARKUP}.zip", zipped(files | {MARKUP: page(9)})))
    batch = ImportBatch.objects.get()
    client.post(address(batch, "step"))

    shown = client.get(address(batch)).content.decode()
    table = client.get(address(batch, "table")).content.decode()

    assert "<img src=x" not in shown + client.get(ROOT).content.decode()
    assert "&lt;img src=x" in shown
    assert "<script>" not in client.get(ROOT).content.decode().replace("<script src", "")
    lines = table.lstrip("\ufeff").splitlines()[1:]
    assert len(lines) == 6
    assert [line for line in lines if line.strip('"')[:1] in "=+-@\t"] == []
    assert "'=1+1," in table


def test_a_late_verdict_of_the_trial_takes_no_page_from_the_real_run(client, editor, unit):  # noqa: F811
    """Two browsers try the same batch; one is still at a page when the other begins in earnest."""
    send(client, unit, ("cu.zip", zipped({"1.html": page(1), "2.html": page(2)})))
    batch = ImportBatch.objects.get()
    slow = batch.items.select_related("batch").first()
    with uploads.open_package(batch) as package:
        run = running.Run(ImportBatch.objects.get(), package)
        client.post(address(batch, "step"))
        client.post(address(batch, "begin"))
        run.take(slow)

    assert set(batch.items.values_list("outcome", flat=True)) == {ItemOutcome.WAITING}
    client.post(address(batch, "step"))
    batch.refresh_from_db()
    assert (batch.state, Report.objects.count()) == (BatchState.FINISHED, 2)


def test_a_step_ends_when_somebody_gives_the_batch_up(client, editor, unit, monkeypatch):  # noqa: F811
    send(client, unit, ("cu.zip", zipped({f"{n}.html": page(n) for n in range(1, 5)})))
    batch = ImportBatch.objects.get()
    client.post(address(batch, "step"))
    client.post(address(batch, "begin"))
    take = running.Run.take

    def first_page_then(run, item):
        taken = take(run, item)
        uploads.abandon(ImportBatch.objects.get())
        return taken

    monkeypatch.setattr(running.Run, "take", first_page_then)

    client.post(address(batch, "step"))

    assert Report.objects.count() == 1
    assert ImportBatch.objects.get().state == BatchState.ABANDONED
