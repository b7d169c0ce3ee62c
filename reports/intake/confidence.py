"""How sure each suggestion is: the reason to look at it again, in words for the person who confirms.

What has no reason here was read from words that say it ("chắc"). A field that stayed empty may have
a reason, too: why the text does not tell.
"""

import re

from .days import UNKNOWN_DAY

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MASTHEAD = "dữ liệu kèm trang"


def doubts_of(article):
    """{field of `Article` or of its event: reason}; those of the day come from who read it."""
    doubts = dict(article.doubts)
    said = article.evidence
    event = article.event
    if article.title and article.title.isupper():
        doubts["title"] = "tít viết toàn chữ in hoa"
    elif said.get("title", "").startswith(_MASTHEAD):
        doubts["title"] = "tít lấy từ phần khai báo của trang, không in trên trang"
    if said.get("published_at", "").startswith(_MASTHEAD):
        doubts["published_at"] = "ngày đăng lấy từ phần khai báo của trang"
    elif article.published_at and not hasattr(article.published_at, "hour"):
        doubts["published_at"] = "trang không ghi giờ"
    if not event.held_on and UNKNOWN_DAY.match(article.lead):
        doubts.setdefault("held_on", "sapo chỉ ghi “vừa qua”, “mới đây”")
    if event.kind and said.get("event_kind") != article.title:
        doubts["event_kind"] = "loại đoán từ lời bài, không có trong tít"
    if event.venue:
        doubts["venue"] = "lấy các chữ đứng sau “tại”"
    if event.chair and "chủ trì" not in said.get("chair", "").lower():
        doubts["chair"] = "bài không dùng chữ “chủ trì”"
    if article.period and not _YEAR.search(said.get("period", "")):
        doubts["period"] = "năm của kỳ lấy từ ngày diễn ra hoặc ngày đăng"
    if len(article.unit_candidates) > 1:
        doubts["unit_candidates"] = f"có {len(article.unit_candidates)} nơi hợp với bài"
    return doubts
