"""Draws a PDF from our own HTML, in a child process of `portal.limited`: no Django, no net, no files.

Besides the letters of this project nothing is fetched, whatever the HTML asks for.
"""

import json
from pathlib import Path
from urllib.parse import urlsplit

from portal.limited import Refusal

LETTERS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
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
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError):
        raise Refusal(NO_LIBRARY) from None

    class OwnLetters(URLFetcher):
        """`letters:be-vietnam-pro/latin-400.woff2` and nothing else."""

        def fetch(self, url, headers=None):
            parts = urlsplit(url)
            path = (LETTERS / parts.path).resolve()
            if parts.scheme != "letters" or LETTERS not in path.parents:
                raise ValueError(f"Not fetched: {url}")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/woff2"})

    asked = json.loads(data)
    fetcher = OwnLetters()
    document = HTML(string=asked["html"], url_fetcher=fetcher, base_url=None).render(
        stylesheets=[CSS(string=asked["css"], url_fetcher=fetcher)]
    )
    return {"pages": len(document.pages)}, {"pdf": document.write_pdf()}
