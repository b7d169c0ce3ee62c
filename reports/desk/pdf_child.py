"""Draws a PDF from our own HTML, in a child process of `portal.limited`: no Django, no net.

Besides letters – the project's and the machine's – nothing is fetched, whatever the HTML asks for.
"""

import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

from portal.limited import Refusal

LETTERS = Path(__file__).resolve().parent.parent.parent / "static" / "fonts"
NO_LIBRARY = (
    "Máy chủ chưa có thư viện dựng PDF (Pango); hãy dùng Word hoặc In, "
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

    class LettersOnly(URLFetcher):
        def fetch(self, url, headers=None):
            path = letters_at(url)
            if path is None:
                raise ValueError(f"Not fetched: {url}")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/sfnt"})

    asked = json.loads(data)
    fetcher, faces = LettersOnly(), FontConfiguration()
    sheet = CSS(string=asked["css"], url_fetcher=fetcher, font_config=faces)
    document = HTML(string=asked["html"], url_fetcher=fetcher).render(
        stylesheets=[sheet], font_config=faces
    )
    return {"pages": len(document.pages)}, {"pdf": document.write_pdf()}


def letters_at(url):
    """The file of letters an address means, or None: `letters:be-vietnam-pro/latin-400.woff2` is the
    project's, `file:` leads to a face the machine has; a picture, a page or a secret is neither.
    """
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    if parts.scheme == "letters":
        path = (LETTERS / path).resolve()
        return path if path.suffix == ".woff2" and LETTERS in path.parents else None
    if parts.scheme == "file" and not parts.netloc and path.suffix in (".ttf", ".otf", ".ttc"):
        return path
    return None
