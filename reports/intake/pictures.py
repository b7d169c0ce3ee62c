"""Pictures that came with a text: checked and stored, before anybody decides to keep them."""

from portal.limited import Refusal

from ..photos import check_picture, keep_for_later
from .article import FoundPicture
from .importing import PictureValues

SMALL = 100


def is_small(picture):
    """Whether a picture that was looked at is no bigger than a logo or an icon."""
    return min(picture.width, picture.height) < SMALL


def keep_pictures(article, *, by, uploads=()):
    """([PictureValues], [warning]) of an article's pictures; a bad one is named, the others stay.

    `uploads` are files chosen beside the text; captions without a picture go to them in order.
    """
    kept, warnings = [], []
    for number, picture in enumerate(article.pictures, start=1):
        _keep(picture, picture.content, f"Ảnh thứ {number} trong tệp", by, kept, warnings)
    pictured = {picture.caption for picture in article.pictures}
    waiting = [caption for caption in article.captions if caption not in pictured]
    for upload in uploads:
        chosen = FoundPicture(b"", caption=waiting[0] if waiting else "")
        if _keep(chosen, upload, f"Ảnh “{upload.name}”", by, kept, warnings):
            waiting = waiting[1:]
    return kept, warnings


def _keep(picture, content, what, by, kept, warnings):
    try:
        stored = keep_for_later(check_picture(content), by=by)
    except Refusal as refused:
        warnings.append(f"{what} bị bỏ: {refused}")
        return False
    small, note = is_small(stored), ""
    if small:
        note = (
            f"Ảnh nhỏ ({stored.width} × {stored.height} điểm), có thể là biểu trưng. Chỉ đánh dấu nếu là "
            "ảnh của bài."
        )
    elif picture.times > 1:
        note = f"Ảnh này có mặt {picture.times} lần trong tệp. Chỉ đánh dấu nếu là ảnh của bài."
    kept.append(
        PictureValues(stored.token, picture.caption, picture.credit, picture.alt, small, note)
    )
    return True
