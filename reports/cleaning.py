"""Every piece of HTML that comes in passes `clean_html`."""

import nh3

from portal.text import plain_text


class UncleanableHtml(ValueError):
    """Refused before cleaning; the message is Vietnamese."""


def clean_html(html):
    return nh3.clean(plain_text(html or ""))
