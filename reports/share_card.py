"""The one picture a shared link shows: a JPEG of 1200 × 630 points, at most 300 kB.

Out of the lead photo, cut around its focal point; without a photo the title is set in our letters
on the site's colours. No models here: who asks says what stands on the card.
"""

import hashlib
import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 300_000
# A narrower photo would be blown up and blurred; its card is set in letters.
NARROWEST_PHOTO = 600
FONT = Path(__file__).parent / "fonts" / "be-vietnam-pro-700.ttf"

# The tokens of the light page.
_BAND, _GOLD, _GROUND, _INK, _RED, _ON_BAND = (
    "#8a171a", "#b5852a", "#ffffff", "#1e1a17", "#93191c", "#ffffff",
)  # fmt: skip
_MARGIN, _BAND_HEIGHT, _LINE, _AIR = 64, 104, 10, 36
_TITLE_SIZES = range(76, 39, -4)
_LEADING = 1.28  # two marks on one letter, as on the pages


def card_key(*parts):
    """A short name for what a card shows: other words or another photo, another address."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def photo_card(photo, focal_x, focal_y):
    """The card of an upright photo (a file or bytes), cut to keep the focal point (per cent) in it.

    Raises OSError where the file is no picture.
    """
    with Image.open(io.BytesIO(photo) if isinstance(photo, bytes) else photo) as picture:
        picture.draft("RGB", (WIDTH, HEIGHT))
        cut = ImageOps.fit(
            picture.convert("RGB"),
            (WIDTH, HEIGHT),
            Image.Resampling.LANCZOS,
            centering=(
                _centering(focal_x / 100, picture.width, picture.height * WIDTH / HEIGHT),
                _centering(focal_y / 100, picture.height, picture.width * HEIGHT / WIDTH),
            ),
        )
    return _jpeg(cut)


def _centering(focus, length, kept):
    """What `ImageOps.fit` calls centering, so that `focus` lies as near the middle as the edge lets.

    `fit` divides what is cut off; a focal point is a place in the whole picture.
    """
    if length <= kept:
        return 0.5
    return min(max((focus * length - kept / 2) / (length - kept), 0.0), 1.0)


def words_card(title, place, site_name):
    """The card of a report without a photo, or of the site itself (without a `place`)."""
    card = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, _BAND_HEIGHT), fill=_BAND)
    draw.rectangle((0, _BAND_HEIGHT, WIDTH, _BAND_HEIGHT + _LINE), fill=_GOLD)
    brand = _font(38)
    draw.text(
        (_MARGIN, _BAND_HEIGHT / 2), _cut(site_name, brand), font=brand, fill=_ON_BAND, anchor="lm"
    )

    # The words stand in the middle of the white, as a title on a cover.
    small = _font(32)
    above = 64 if place else 0
    top, room = _BAND_HEIGHT + _LINE, HEIGHT - _BAND_HEIGHT - _LINE
    size, lines = _set(title, room - above - 2 * _AIR)
    top += (room - above - len(lines) * size * _LEADING) / 2
    if place:
        draw.text((_MARGIN, top), _cut(place, small), font=small, fill=_RED, anchor="la")
    for number, line in enumerate(lines):
        at = (_MARGIN, top + above + number * size * _LEADING)
        draw.text(at, line, font=_font(size), fill=_INK, anchor="la")
    return _jpeg(card)


@cache
def _font(size):
    return ImageFont.truetype(FONT, size)


def _set(title, height):
    """(size, lines): the title as large as it fits, cut only where the smallest size is too much."""
    for size in _TITLE_SIZES:
        lines = _lines(title, _font(size))
        most = int(height / (size * _LEADING))
        if len(lines) <= most:
            return size, lines
    lines, rest = lines[: most - 1], " ".join(lines[most - 1 :])
    return size, [*lines, _cut(rest, _font(size))]


def _lines(words, font):
    lines = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font))
    return lines


def _cut(words, font):
    """`words` on one line, with an ellipsis where they are too long for it."""
    room = WIDTH - 2 * _MARGIN
    if font.getlength(words) <= room:
        return words
    while words and font.getlength(words + "…") > room:
        words = words[:-1]
    return words.rstrip(" ,.;:–-") + "…"


def _jpeg(card):
    """Never above MOST_BYTES, whatever the photo shows."""
    for quality in (86, 78, 68, 58, 45, 30):
        out = io.BytesIO()
        card.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
