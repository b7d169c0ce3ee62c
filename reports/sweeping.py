"""What lies in the folder of uploads and belongs to nobody any more: found, and removed when it is old.

Only what no row shows is ever looked at. Everything is asked again, under a lock, right before it is
removed: what was listed a minute ago may be in use by now.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from .models import BodyPicture, Photo, Report, TypedText
from .photos import delete_files_later, is_stored

_TOKEN = re.compile(r"[0-9a-f]{32}")
_CARDS = "chia-se"
_PICTURES = "anh"


@dataclass
class Finds:
    """What one kind of thing amounts to: all of it, and what was removed."""

    label: str
    found: int = 0
    bytes: int = 0
    old: int = 0
    removed: int = 0
    freed: int = 0
    names: list = field(default_factory=list)

    def note(self, name, size, is_old):
        self.found += 1
        self.bytes += size
        self.old += is_old
        self.names.append(name)

    def gone(self, size):
        self.removed += 1
        self.freed += size


def sweep(*, older_than=timedelta(hours=48), delete=False, now=None):
    """[Finds] of folders without a row, of uploads nobody shows, of share cards of what is not public.

    Removes those older than `older_than`, if `delete`. Younger ones may be in a form right now.
    """
    now = now or timezone.now()
    before = now - older_than
    return [
        _sweep_folders(before, delete),
        _sweep_pictures(before, delete),
        _sweep_cards(before, delete, now),
    ]


# --- uploads no report shows ----------------------------------------------------------------------


def _sweep_pictures(before, delete):
    finds = Finds("ảnh tải lên mà không bài nào dùng")
    for picture in BodyPicture.objects.filter(reports=None).order_by("pk").iterator():
        if _is_mentioned(picture):
            continue
        size = _size_of(picture.folder)
        is_old = picture.uploaded_at < before
        finds.note(picture.token, size, is_old)
        if delete and is_old and _remove_picture(picture):
            finds.gone(size)
    return finds


@transaction.atomic
def _remove_picture(picture):
    """Remove it unless somebody has begun to use it; whether it is gone."""
    free = BodyPicture.objects.select_for_update(of=("self",)).filter(pk=picture.pk, reports=None)
    held = free.first()
    if held is None or _is_mentioned(held):
        return False
    held.delete()
    delete_files_later(held)
    return True


def _is_mentioned(picture):
    """Whether an unsaved text, or an older version that may be brought back, still shows it."""
    return (
        TypedText.objects.filter(payload__contains=picture.token).exists()
        or Report.objects.filter(body__contains=picture.token).exists()
        or Report.history.filter(body__contains=picture.token).exists()
    )


# --- files without a row --------------------------------------------------------------------------


def _sweep_folders(before, delete):
    """Written before their row, and then the row never came; a removal that was cut off; a photo taken
    out of its report, which its history may bring back until it is old.
    """
    finds = Finds("thư mục ảnh không thuộc về đâu")
    for head in _folders(_PICTURES):
        for token in _folders(f"{_PICTURES}/{head}"):
            if not _TOKEN.fullmatch(token) or not token.startswith(head) or is_stored(token):
                continue
            folder = f"{_PICTURES}/{head}/{token}"
            size, is_old = _size_of(folder), _changed_at(folder, before) < before
            is_old = is_old and not _taken_out_since(token, before)
            finds.note(token, size, is_old)
            if delete and is_old and not is_stored(token):
                _remove(folder)
                finds.gone(size)
    return finds


def _taken_out_since(token, before):
    removals = Photo.history.filter(token=token, history_type="-")
    return removals.filter(history_date__gte=before).exists()


# --- share cards ----------------------------------------------------------------------------------


def _sweep_cards(before, delete, now):
    """Nobody can ask for them; a report that becomes public has its card drawn again."""
    finds = Finds("thẻ chia sẻ của bài không công khai")
    for name in _folders(_CARDS):
        if not name.isdigit() or Report.objects.published(now).filter(pk=int(name)).exists():
            continue
        folder = f"{_CARDS}/{name}"
        size, is_old = _size_of(folder), _changed_at(folder, before) < before
        finds.note(name, size, is_old)
        if delete and is_old:
            _remove(folder)
            finds.gone(size)
    return finds


# --- files ----------------------------------------------------------------------------------------


def _folders(path):
    try:
        return sorted(default_storage.listdir(path)[0])
    except FileNotFoundError:
        return []


def _files(folder):
    try:
        return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []


def _size_of(folder):
    return sum(_asked(default_storage.size, name, 0) for name in _files(folder))


def _changed_at(folder, otherwise):
    """When a file of the folder was last written; an empty folder is as old as you like."""
    moments = [_asked(default_storage.get_modified_time, name, None) for name in _files(folder)]
    oldest = otherwise - timedelta(seconds=1)
    return max((moment for moment in moments if moment), default=oldest)


def _asked(question, name, otherwise):
    try:
        return question(name)
    except FileNotFoundError:
        return otherwise  # somebody was faster


def _remove(folder):
    for name in _files(folder):
        default_storage.delete(name)
    default_storage.delete(folder)
