"""Texts to be read by the rules, made without a database."""

from datetime import date
from types import SimpleNamespace

from portal.tokens import normal
from reports.proofreading.draft import Draft, Passage, PhotoWords
from reports.proofreading.finding import RULES

TODAY = date(2026, 7, 10)
# Rules that look at letters alone; they are asked of single sentences, too.
OF_TEXT = (
    "chinh-ta", "am-tiet-la", "can-may-de-lai", "dau-dong-le", "chu-tat-chua-giai", "so-giay-to",
    "so-dien-thoai", "so-tai-khoan", "ngay-sinh", "quang-cao-co-bac", "hai-dau-cach",
    "cach-truoc-dau", "ngay-khong-co-tren-lich", "ngay-dao-nguoc",
)  # fmt: skip


def draft(body="Bà con góp công làm đường.", **fields):
    """A draft that no rule objects to; `body` is plain text, one paragraph a line."""
    html = "".join(f"<p>{line}</p>" for line in body.split("\n") if line)
    fields = {"title": "Xã ta trồng xong đường hoa", "lead": "", "today": TODAY} | fields
    return Draft(body=html, **{name: _normal(value) for name, value in fields.items()})


def _normal(value):
    return normal(value) if isinstance(value, str) else value


def photo(number=0, **words):
    words = {
        "caption": "Bà con đổ bê tông",
        "alt": "Bảy người bên máy trộn",
        "has_credit": True,
    } | words
    return PhotoWords(number, f"{number:032x}", **words)


def event(day=None, **fields):
    return SimpleNamespace(pk=1, name="Hội nghị sơ kết", event_on=day, **fields)


def hits(rule, text):
    """The findings of one rule; `text` is a Draft or the plain text of a body."""
    return RULES[rule].findings(text if isinstance(text, Draft) else draft(text))


def check_text(text):
    """The findings of the rules about letters in a stretch of plain text."""
    bare = Draft(title="", lead="", body="", today=TODAY)
    bare.passages = [Passage("body", "Nội dung", normal(text))]
    return [finding for name in OF_TEXT for finding in RULES[name].findings(bare)]
