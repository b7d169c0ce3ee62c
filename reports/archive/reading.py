"""One page of an old portal, read: what the reader found in it, and where it stood."""

import base64
import posixpath
from dataclasses import dataclass, field

from django.utils.html import strip_tags

from portal.text import fold, one_line
from reports.cleaning import clean_html
from reports.intake.article import Article
from reports.intake.byline import read_bare, read_labelled
from reports.intake.reader import read_article
from reports.intake.stamps import parse_moment

from . import tables
from .addresses import usable
from .packages import TAKEN_FOR_TEXT
from .pages import pictures_in_text, saved_page, web_archive

PAGES = (".html", ".htm", ".xhtml")
ARCHIVES = (".mht", ".mhtml")
TABLES = (".csv", ".tsv")


@dataclass(frozen=True)
class Piece:
    """One page to come: a file, or a row of a table (`row` 0: the whole file)."""

    name: str
    row: int = 0

    @property
    def key(self):
        return f"{self.name}, dòng {self.row}" if self.row else self.name

    @property
    def stem(self):
        return posixpath.splitext(posixpath.basename(self.name.replace("\\", "/")))[0]


@dataclass
class Reading:
    """What was found; `doubts` are sentences about what a person should look at."""

    article: Article
    original_url: str = ""
    doubts: list = field(default_factory=list)


def is_table(name):
    return name.lower().endswith(TABLES)


def is_unreadable_kind(name):
    return name.lower().endswith(TAKEN_FOR_TEXT)


def read_file(package, name):
    """The `Reading` of one file. Raises Refusal (Vietnamese, with the cure)."""
    content = package.read(name)
    kind = posixpath.splitext(name)[1].lower()
    if kind in ARCHIVES:
        page = web_archive(content)
    elif kind in PAGES:
        page = saved_page(content, lambda address: package.beside(name, address))
    else:
        return Reading(read_article(data=content, name=name))
    return _of_page(page, name)


def _of_page(page, name):
    article = read_article(data=page.content, name=name)
    if page.pictures:
        shown = {_bytes(data) for data in pictures_in_text(page.content)}
        article.pictures = [one for one in article.pictures if one.content in shown]
    return Reading(article, page.original_url)


def _bytes(data):
    return base64.b64decode("".join(data.split()) + "==")


def read_row(package, name, row):
    """The `Reading` of one row of a table: what its columns say counts, the text fills the rest."""
    doubts = []
    published_at = parse_moment(row.published) if row.published else None
    if row.published and not published_at:
        doubts.append(f"Không hiểu ngày đăng “{row.published[:60]}” trong bảng.")
    page = saved_page(
        tables.page_of(row, published_at).encode(), lambda address: package.beside(name, address)
    )
    article = read_article(data=page.content, name=name)
    if not (article.lead or article.body_html) or (
        row.title and fold(article.title) != fold(row.title)
    ):
        # The reader took a short text for something else; the columns know better.
        article.lead = one_line(strip_tags(row.lead))
        article.body_html = clean_html(tables.marked(row.body))
    article.title = row.title[:400] or article.title
    article.published_at = published_at or article.published_at
    article.category = row.category or article.category
    article.source = row.source or article.source
    if (views := tables.number_of(row.views)) is not None:
        article.views = views
    doubts += _sign(article, row)
    missing = len(row.pictures) - page.pictures
    if row.pictures and missing > 0:
        doubts.append(f"Không thấy {missing} ảnh mà bảng ghi: {', '.join(row.pictures)[:120]}.")
    return Reading(article, usable(row.url), doubts)


def _sign(article, row):
    """Who the table says wrote it: by the grammar of bylines, else as it stands."""
    doubts = []
    for words, role in ((row.author, "authors"), (row.photographer, "photographers")):
        if not words:
            continue
        credits = read_labelled(words) or read_bare(words)
        if credits is None:
            setattr(article, role, [one_line(words)[:120]])
            doubts.append(f"Chưa chắc “{words[:80]}” là tên người.")
            continue
        if role == "photographers":
            article.photographers = credits.photographers or credits.authors
            continue
        article.authors = credits.authors
        article.photographers = credits.photographers or article.photographers
        article.organisation = credits.organisation or article.organisation
        article.editors = credits.editors or article.editors
        doubts += credits.notes
    return doubts
