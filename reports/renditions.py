"""In which widths a picture is kept. Known to who writes the files and to who links them."""

# Pixels: a phone, a phone with a fine screen, a desk.
WIDTHS = (480, 960, 1600)
# The widest one sent to a phone, and how many bytes it and the smaller ones may weigh.
PHONE_WIDTH = 960
PHONE_BYTES = 118_000


def rendition_widths(width):
    """The widths written for a picture `width` pixels wide: never wider than itself."""
    smaller = [w for w in WIDTHS if w < width]
    return smaller if len(smaller) == len(WIDTHS) else [*smaller, width]
