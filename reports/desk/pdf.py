"""A period's report as PDF: the sheet of the print page, drawn by WeasyPrint in a child process."""

import json

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from portal.limited import Refusal, TookTooMuch, run_limited

# Of more, Word has no fear; a request for a PDF would wait too long.
MOST_REPORTS = 500
# Of HTML; a second of a slow machine draws some 50,000 signs.
MOST_SIGNS = 700_000
MEMORY_MB, SECONDS = 1200, 25
TOO_LONG = "Báo cáo này quá dài để dựng PDF. Hãy chọn kỳ ngắn hơn, hoặc in rút gọn."
# Letters like those of Times New Roman that hold all of Vietnamese (Liberation Serif does not, and
# the letters it lacks would come from another). The first of these that the machine has …
SERIFS = ("Times New Roman", "Tinos", "DejaVu Serif")
STYLES = {
    (400, "normal"): ("", " Regular"),
    (700, "normal"): (" Bold",),
    (400, "italic"): (" Italic",),
    (700, "italic"): (" Bold Italic",),
}
# … else ours stand in for them.
LETTERS = {
    "latin": "U+0000-00FF, U+2000-206F, U+2212",
    "vietnamese": (
        "U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, "
        "U+0300-0323, U+1EA0-1EF9"
    ),
}


def _faces():
    for (weight, style), names_of_style in STYLES.items():
        names = [f"{serif}{words}" for serif in SERIFS for words in names_of_style]
        found = ", ".join(f'local("{name}")' for name in names)
        yield _face("Paper letters", weight, f"font-style: {style}; src: {found};")
    for weight in (400, 700):
        for script, letters in LETTERS.items():
            file = f"letters:be-vietnam-pro/{script}-{weight}.woff2"
            yield _face("Own letters", weight, f'src: url("{file}"); unicode-range: {letters};')


def _face(family, weight, rules):
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; {rules} }}\n'


def pdf_of(outline):
    """The bytes of the PDF.

    Raises `portal.limited.Refusal` with a Vietnamese sentence: the machine lacks a library, is busy
    with other files, or the report is too long for its limits.
    """
    html = render_to_string("desk/report_pdf.html", on_sheet(outline))
    if len(html) > MOST_SIGNS:
        raise Refusal(TOO_LONG)
    with open(finders.find("css/desk_report.css"), encoding="utf-8") as sheet:
        css = "".join(_faces()) + sheet.read() + page_rule(outline.letterhead.margins)
    data = json.dumps({"html": html, "css": css}).encode()
    try:
        _, blobs = run_limited(
            "reports.desk.pdf_child:draw", data, memory_mb=MEMORY_MB, seconds=SECONDS
        )
    except TookTooMuch:
        raise Refusal(TOO_LONG) from None
    return blobs["pdf"]


def on_sheet(outline):
    """What `desk/report_sheet.html` needs."""
    body = list(outline.body())
    sources = [piece for piece in body if piece.kind == "entry"]
    return {"outline": outline, "body": body, "sources": sources}


def page_rule(margins):
    """The paper's margins (top, bottom, left, right, in millimetres) as CSS."""
    top, bottom, left, right = margins
    return f"@page {{ margin: {top}mm {right}mm {bottom}mm {left}mm; }}\n"
