"""What somebody sends to the page "Nhập kho bài cũ" is kept as one zip until its batch is done."""

import posixpath
import zipfile
from contextlib import contextmanager
from tempfile import TemporaryFile

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from portal.limited import Refusal
from portal.text import one_line
from reports.models import BatchState, ImportBatch

from .packages import MAX_ENTRIES, MAX_NAME, MAX_UNPACKED, TAKEN_FOR_TEXT, Package
from .running import list_items

FOLDER = "nhap-kho"
MAX_UPLOAD = 200_000_000
_NO_PAGE = (
    "Không thấy bài nào trong đó. Nhận: trang đã lưu (.html, .mht) cùng thư mục ảnh, .txt, .docx, "
    "bảng .csv, hoặc một tệp .zip gồm các thứ ấy."
)


def start_batch(files, *, unit, by, brings_back=False):
    """The new `ImportBatch` of uploaded files, listed and waiting for its trial.

    One zip, or several files as they are. Raises Refusal with the cure; nothing is stored then.
    """
    if sum(file.size for file in files) > MAX_UPLOAD:
        raise Refusal(f"Gói nặng hơn {MAX_UPLOAD // 1_000_000} MB. Hãy chia thành vài lần nhập.")
    with _as_zip(files) as packed:
        names = Package(packed).names()
        if not any(not name.lower().endswith(TAKEN_FOR_TEXT) for name in names):
            raise Refusal(_NO_PAGE)
        batch = ImportBatch(
            unit=unit, by=by, brings_back=brings_back, source=_words_of(files)[:500]
        )
        packed.seek(0)
        # File first, row after: a crash in between leaves a file nobody knows, never a lame batch.
        batch.package = default_storage.save(f"{FOLDER}/{batch.token}.zip", File(packed))
    try:
        with transaction.atomic(), open_package(batch) as package:
            batch.save()
            if not list_items(batch, package):
                raise Refusal(_NO_PAGE)
    except BaseException:
        default_storage.delete(batch.package)
        raise
    return batch


@contextmanager
def _as_zip(files):
    if len(files) == 1 and files[0].name.lower().endswith(".zip"):
        yield files[0].file if hasattr(files[0], "file") else files[0]
        return
    if len(files) > MAX_ENTRIES:
        raise Refusal(f"Nhiều nhất {MAX_ENTRIES} tệp một lần. Hãy chia thành vài lần nhập.")
    if sum(file.size for file in files) > MAX_UNPACKED:
        raise Refusal(f"Các tệp nặng hơn {MAX_UNPACKED // 1_000_000} MB. Hãy chia thành vài lần.")
    with TemporaryFile() as packed:
        names = set()
        # Nothing is gained by packing photographs twice.
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
            for file in files:
                name = _free_name(one_line(posixpath.basename(file.name)) or "tep", names)
                with package.open(name, "w") as entry:
                    for chunk in file.chunks():
                        entry.write(chunk)
        packed.seek(0)
        yield packed


def _free_name(name, names):
    stem, suffix = posixpath.splitext(name)
    stem, number = stem[: MAX_NAME - 30], 1
    while (free := f"{stem}{f' ({number})' if number > 1 else ''}{suffix[:20]}") in names:
        number += 1
    names.add(free)
    return free


def _words_of(files):
    names = ", ".join(one_line(file.name) for file in files[:3])
    return names if len(files) <= 3 else f"{names} và {len(files) - 3} tệp khác"


@contextmanager
def open_package(batch):
    """The `Package` of a batch's upload. Raises Refusal when it is gone."""
    try:
        stored = default_storage.open(batch.package)
    except (OSError, ValueError):
        raise Refusal("Gói đã tải lên không còn trên máy chủ. Hãy tải lên lại.") from None
    with stored:
        yield Package(stored)


def forget_upload(batch):
    """Remove the upload of a batch that needs it no more, once that is certain."""
    name, batch.package = batch.package, ""
    if name:
        ImportBatch.objects.filter(pk=batch.pk).update(package="")
        transaction.on_commit(lambda: default_storage.delete(name))


@transaction.atomic
def abandon(batch):
    """Give up a batch that is not at its end; drafts it has made stay. True if it was open."""
    open_states = (BatchState.TRIAL, BatchState.RUNNING)
    if not ImportBatch.objects.filter(pk=batch.pk, state__in=open_states).update(
        state=BatchState.ABANDONED
    ):
        return False
    batch.state = BatchState.ABANDONED
    forget_upload(batch)
    return True
