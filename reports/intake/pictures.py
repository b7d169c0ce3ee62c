"""Pictures that came inside a file: checked and stored, before anybody decides to keep them."""

from portal.limited import Refusal

from ..photos import check_picture, keep_for_later
from .importing import PictureValues


def keep_pictures(article, *, by):
    """([PictureValues], [warning]) of an article's pictures; a bad one is named, the others stay."""
    kept, warnings = [], []
    for number, picture in enumerate(article.pictures, start=1):
        try:
            stored = keep_for_later(check_picture(picture.content), by=by)
        except Refusal as refused:
            warnings.append(f"Ảnh thứ {number} trong tệp bị bỏ: {refused}")
        else:
            kept.append(PictureValues(stored.token, picture.caption))
    return kept, warnings
