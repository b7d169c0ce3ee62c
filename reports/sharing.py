"""How a report leaves the page: a short address, its QR code, and plain links that share it."""

from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.urls import reverse


def short_url(report):
    """The full short address of a report, e.g. `https://danvan.example/b/1042/`."""
    return settings.SITE_URL + reverse("reports:short", kwargs={"pk": report.pk})


def share_links(report):
    """Addresses that share the report without a script of anybody's: `facebook` and `mail`.

    Zalo offers no such link, only a script of its own, which would follow our readers; for Zalo
    the page copies title, lead and address instead, or hands them to the device's own sharing.
    """
    words = "\n\n".join(filter(None, (report.lead, short_url(report))))
    return {
        "facebook": "https://www.facebook.com/sharer/sharer.php?"
        + urlencode({"u": settings.SITE_URL + report.get_absolute_url()}),
        # Mail programs read %20, not the plus sign of forms.
        "mail": "mailto:?" + urlencode({"subject": report.title, "body": words}, quote_via=quote),
    }


def qr_code(text):
    """{"side": modules with the quiet zone, "path": an SVG path of strokes one module wide}."""
    rows = segno.make(text, error="m", micro=False).matrix_iter(border=4)
    runs = []
    side = 0
    for y, row in enumerate(rows):
        side, x = len(row), 0
        while x < side:
            start = x
            while x < side and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}.5h{x - start}")
            x += 1
    return {"side": side, "path": "".join(runs)}
