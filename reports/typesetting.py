"""What a cleaned text needs on a page and not in the database."""

import re

_TABLE = re.compile(r"<table>|</table>")


def set_text(html):
    """A body out of `clean_html`, ready for the page.

    A table wider than a phone scrolls inside a region the keyboard reaches; pictures wait until
    they are near.
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

    return _TABLE.sub(wrapped, html).replace("<img ", '<img loading="lazy" decoding="async" ')
