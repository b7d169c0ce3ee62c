"""Draws a PDF from our own HTML, in a child process of `portal.limited`: no Django, no net.

Besides letters – the project's and the machine's – nothing is fetched, whatever the HTML asks for.
"""

import json
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

from portal.limited import Refusal

LETTERS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
# What each kind of address may be: letters, never a picture, a page or a secret.
KINDS = defaultdict(set, letters={".woff2"}, file={".ttf", ".otf", ".ttc"})
NO_LIBRARY = (
    "Máy chủ chưa có thư viện dựng PDF (Pango). Hãy dùng Word hoặc In, "
    "và báo người quản trị cài thêm."
)


def draw(data):
    """`data` is JSON with `html` and `css`; the answer holds the number of pages and the PDF.

    Raises Refusal where the libraries of the system are absent.
    """
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError):
        raise Refusal(NO_LIBRARY) from None

    class OwnLetters(URLFetcher):
        """`letters:be-vietnam-pro/latin-400.woff2`, a face of the machine, and nothing else."""

        def fetch(self, url, headers=None):
            parts = urlsplit(url)
            path = Path(unquote(parts.path))
            if parts.scheme == "letters":
                path = (LETTERS / path).resolve()
            if path.suffix not in KINDS[parts.scheme] or not (
                parts.scheme == "file" or LETTERS in path.parents
            ):
                raise ValueError(f"Not fetched: {url}")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/sfnt"})

    asked = json.loads(data)
    fetcher, faces = OwnLetters(), FontConfiguration()
    sheet = CSS(string=asked["css"], url_fetcher=fetcher, font_config=faces)
    document = HTML(string=asked["html"], url_fetcher=fetcher).render(
        stylesheets=[sheet], font_config=faces
    )
    return {"pages": len(document.pages)}, {"pdf": document.write_pdf()}
