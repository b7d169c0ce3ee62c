"""Stored pictures: files go in before their row, and come out only through `media`'s door."""

import time

from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from portal.limited import Refusal, run_limited
from portal.text import vietnamese_slug
from units.names import bare_name

from .models.photo import BodyPicture, Photo, new_token
from .pictures import MAX_BYTES

MOST_AT_ONCE = 20
# Of one request; a web server gives it half a minute.
MOST_SECONDS = 15


class PictureField(forms.FileField):
    """A file field whose cleaned value is a `CheckedPicture`; a bad file is refused beside it."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
    default_error_messages = {
        "required": "Hãy chọn ảnh.",
        "empty": "Tệp này rỗng. Hãy chọn lại ảnh.",
    }

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload or upload is initial:
            return upload
        try:
            return check_picture(upload)
        except Refusal as refused:
            raise forms.ValidationError(f"{upload.name}: {refused}") from None


class CheckedPicture:
    """An upload that passed: its size and the files we made of it, not yet stored."""

    def __init__(self, width, height, files):
        self.width, self.height, self.files = width, height, files

    def store(self, picture):
        """Write the files under `picture`'s token and set its width and height; saves no row.

        Files first, row after: a crash in between leaves orphans, never a broken page.
        """
        picture.token = picture.token or new_token()
        picture.width, picture.height = self.width, self.height
        for name, content in self.files.items():
            default_storage.save(f"{picture.folder}/{name}", ContentFile(content))


def check_picture(upload):
    """The `CheckedPicture` of an upload (a file or bytes). Raises Refusal in Vietnamese."""
    if getattr(upload, "size", 0) > MAX_BYTES:
        raise Refusal("Ảnh lớn hơn 20 MB. Hãy gửi bản nhỏ hơn, ví dụ lưu lại từ Zalo.")
    data = upload if isinstance(upload, bytes) else upload.read()
    info, files = run_limited("reports.pictures:read_picture", data)
    return CheckedPicture(info["width"], info["height"], files)


def keep_for_later(checked, *, by):
    """Store a `CheckedPicture` that no report shows yet; only `by` sees it until one does.

    It may be set into a text by its address, or become a photo of a report (`become_photo`); what
    is used by nobody is an orphan like any other unlinked `BodyPicture`.
    """
    picture = BodyPicture(uploaded_by=by)
    checked.store(picture)
    picture.save()
    return picture


def keep_uploads(uploads, *, by):
    """([picture], [sentence]): the good files of one form, stored for later, and why the others are not.

    Stops while there is time to answer: what was not looked at is named, and can be chosen again.
    """
    pictures, complaints = [], []
    if len(uploads) > MOST_AT_ONCE:
        complaints.append(f"Mỗi lần không quá {MOST_AT_ONCE} ảnh. Hãy thêm làm vài lần.")
    began = time.monotonic()
    for upload in uploads[:MOST_AT_ONCE]:
        if time.monotonic() - began > MOST_SECONDS:
            complaints.append(
                f"{upload.name}: chưa kịp nhận. Hãy chọn lại ảnh này rồi gửi lần nữa."
            )
            continue
        try:
            pictures.append(keep_for_later(check_picture(upload), by=by))
        except Refusal as refused:
            complaints.append(f"{upload.name}: {refused}")
    return pictures, complaints


def waiting_pictures(tokens, *, by, hold=False):
    """{token: picture} of those pictures `by` has uploaded and no report shows yet.

    With `hold` nobody can sweep them away before the caller's transaction ends.
    """
    waiting = BodyPicture.objects.filter(token__in=tokens, uploaded_by=by, reports=None)
    with transaction.atomic():
        found = waiting.select_for_update(of=("self",)) if hold else waiting
        return {picture.token: picture for picture in found}


class PictureGone(Exception):
    """The picture was used, deleted or swept away since it was looked up."""


@transaction.atomic
def become_photo(waiting, photo):
    """Save `photo` with the files of a waiting picture, whose row then goes: the files have moved.

    Raises PictureGone, and saves nothing, when somebody was faster.
    """
    if not BodyPicture.objects.select_for_update().filter(pk=waiting.pk).exists():
        raise PictureGone
    _take_files(waiting, photo)
    photo.save()
    waiting.delete()


@transaction.atomic
def show_again(source, photo):
    """Save `photo` with the same files as another report's photo `source`.

    Raises PictureGone, and saves nothing, when that one has gone, since its files may go with it.
    """
    if not Photo.objects.select_for_update().filter(pk=source.pk).exists():
        raise PictureGone
    _take_files(source, photo)
    photo.save()


def _take_files(picture, photo):
    photo.token, photo.width, photo.height = picture.token, picture.width, picture.height
    photo.uploaded_by_id = picture.uploaded_by_id


def download_name(photo):
    """What the original of a photo is called on somebody's disk: `2026-07-02_phu-hoa_01.jpg`.

    The day is the one by which the report counts, else of its publication, else of its first draft.
    """
    report = photo.report
    day = report.counting_on or timezone.localdate(report.published_at or report.created_at)
    place = vietnamese_slug(bare_name(report.unit_label, report.unit.kind), max_length=40)
    return f"{day.isoformat()}_{place}_{photo.order + 1:02d}.jpg"


def is_stored(token):
    """Whether any report, waiting upload or text still holds the files of this token."""
    return any(model.objects.filter(token=token).exists() for model in (Photo, BodyPicture))


def delete_files_later(picture):
    """Remove a deleted picture's files once its row is gone for good and no other shows them."""
    folder, token = picture.folder, picture.token

    def remove():
        if is_stored(token):
            return
        if default_storage.exists(folder):
            for name in default_storage.listdir(folder)[1]:
                default_storage.delete(f"{folder}/{name}")
            default_storage.delete(folder)

    transaction.on_commit(remove)
