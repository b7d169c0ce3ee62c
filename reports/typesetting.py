"""What a cleaned text needs on a page and not in the database."""

import re

_TABLE = re.compile(r"<table>|</table>")
_FIRST_ROW = re.compile(r"<tbody>(<tr>(?:(?!</?tr>).)*</tr>)", re.S)


def set_text(html):
    """A body out of `clean_html`, ready for the page.

    A table wider than a phone scrolls inside a region the keyboard reaches; a first row of heads
    only becomes its head, which paper repeats on every page; pictures wait until they are near.
    """
    tables = 0

    def wrapped(match):
        nonlocal tables
        if match[0] == "</table>":
            return "</table></div>"
        tables += 1
        return (
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="Bảng {tables}">'
            "<table>"
        )

    html = _FIRST_ROW.sub(_headed, _TABLE.sub(wrapped, html))
    return html.replace("<img ", '<img loading="lazy" decoding="async" ')


def _headed(match):
    row = match[1]
    return match[0] if "<td" in row else f"<thead>{row}</thead><tbody>"
