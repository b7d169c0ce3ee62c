"""In which widths a picture is kept. Known to who writes the files and to who links them."""

# Pixels: a phone, a phone with a fine screen, a desk.
WIDTHS = (480, 960, 1600)


def rendition_widths(width):
    """The widths written for a picture `width` pixels wide: never wider than itself."""
    smaller = [w for w in WIDTHS if w < width]
    return smaller if len(smaller) == len(WIDTHS) else [*smaller, width]
