"""Trùng bài: another report says the same. Candidates are found cheaply, then read closely.

Looked at are the newest reports of the unit, those of the same event, and whatever the word index
finds by a few runs of words out of this text. Withdrawn reports do not count: their text may come
again; nor does a revision beside its original.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse

from portal.text import fold
from portal.tokens import word_forms

from ...models import Report, ReportStatus, SearchEntry
from ...rights import visible_reports
from ...search.finding import reports_holding
from ...search.lexemes import BORDER
from ...search.query import all_of, any_of
from ..finding import Found, Level, Link, rule

SHINGLE = 5
SHARED_ENOUGH = 0.8
NEAR_TITLE = 0.8
# Shorter texts say too little to be copies of each other.
FEWEST_SHINGLES = 30
_NEWEST_OF_UNIT, _OF_EVENT, _FROM_INDEX = 300, 50, 40
_RUNS, _RUN_LENGTH = 6, 7
_READ_CLOSELY = 30


@dataclass
class Twin:
    """Another report: how much of our text it holds (0…1), and whether the title is nearly ours."""

    key: int
    title: str
    unit: str
    event: int | None
    status: str
    may_share: bool = False
    near_title: bool = False
    shared: float = 0.0
    link: Link | None = None


@rule(
    "trung-bai",
    Level.BLOCK,
    "Bài này đã có ở đơn vị: cùng sự kiện hoặc cùng tít, và gần như cùng chữ.",
    "Mở bài kia ra xem. Nếu là một thì xóa bản nháp này; nếu viết thêm thì viết thành bài khác.",
)
def same_report(draft):
    for twin in twins_of(draft):
        if twin.shared >= SHARED_ENOUGH and _is_same(draft, twin):
            yield _found(draft, twin, f"Trùng {_percent(twin)} chữ")


@rule(
    "gan-trung-noi-dung",
    Level.WARN,
    "Phần lớn chữ của bài đã có trong một bài khác.",
    "Mở bài kia ra xem. Bài lấy lại thì ghi nguồn.",
)
def shared_text(draft):
    for twin in twins_of(draft):
        if twin.shared >= SHARED_ENOUGH and not _is_same(draft, twin):
            yield _found(draft, twin, f"Trùng {_percent(twin)} chữ")


@rule(
    "gan-trung-tit",
    Level.WARN,
    "Đơn vị đã có bài với tít gần giống.",
    "Mở bài kia ra xem có phải cùng một việc không.",
)
def near_title(draft):
    for twin in twins_of(draft):
        if twin.near_title and twin.shared < SHARED_ENOUGH:
            yield _found(draft, twin, "Tít gần giống")


def _is_same(draft, twin):
    if draft.unit is None or twin.unit != draft.unit.pk:
        return False
    same_event = draft.event is not None and twin.event == draft.event.pk
    return same_event or fold(twin.title) == fold(draft.title)


def _found(draft, twin, words):
    if twin.link:
        where, links = f"{words}: “{twin.title}”", (twin.link,)
    elif draft.unit and twin.unit == draft.unit.pk:
        where, links = f"{words}: một bài khác của đơn vị mà bạn không mở được", ()
    else:
        where, links = f"{words}: một bài của đơn vị khác", ()
    return Found("title", where, evidence=str(twin.key), links=links)


def _percent(twin):
    return f"{int(twin.shared * 100)}%"


def twins_of(draft):
    """The reports worth showing, most alike first; at most four queries, asked once a draft."""
    if "twins" not in draft.worked_out:
        draft.worked_out["twins"] = _look_for(draft)
    return draft.worked_out["twins"]


def _look_for(draft):
    runs = [[folded for folded, _ in word_forms(text)] for text in (draft.lead, *draft.blocks)]
    mine = _shingles(runs)
    is_long = len(mine) >= FEWEST_SHINGLES
    twins = _candidates(draft, runs if is_long else [])
    ours = _title_words(draft.title)
    for twin in twins:
        twin.near_title = _titles_are_near(draft, ours, twin)
    if is_long:
        _compare(mine, [twin for twin in twins if twin.near_title or twin.may_share])
    alike = [twin for twin in twins if twin.near_title or twin.shared >= SHARED_ENOUGH]
    alike.sort(key=lambda twin: (-twin.shared, -twin.key))
    _link(alike, draft.user)
    return alike


def _candidates(draft, runs):
    """Without the draft itself, its original and its revision."""
    others = Report.objects.filter(revises=None).exclude(status=ReportStatus.WITHDRAWN)
    if own := [key for key in (draft.key, draft.revises) if key]:
        others = others.exclude(pk__in=own)
    columns = "pk", "title", "unit_id", "event_id", "status"
    found = {}
    if draft.unit:
        newest = others.filter(unit=draft.unit).order_by("-pk")[:_NEWEST_OF_UNIT]
        found |= {row[0]: Twin(*row) for row in newest.values_list(*columns)}
    expression = _runs_of(runs)
    keys = reports_holding(expression, most=_FROM_INDEX) if expression else []
    if keys:
        rows = others.filter(pk__in=keys).values_list(*columns)
        found |= {row[0]: Twin(*row, may_share=True) for row in rows}
    if draft.event and draft.event.pk:
        rows = others.filter(event=draft.event).values_list(*columns)[:_OF_EVENT]
        found |= {row[0]: Twin(*row, may_share=True) for row in rows}
    return list(found.values())


def _runs_of(runs):
    """A few runs of words out of the text: who has one of them whole may have the rest."""
    long = [run for run in runs if len(run) >= _RUN_LENGTH]
    words = sum(map(len, long))
    if not words:
        return None
    groups, step, due = [], max(1, words // _RUNS), 0
    seen = 0
    for run in long:
        for at in range(len(run) - _RUN_LENGTH + 1):
            if seen + at >= due and len(groups) < _RUNS:
                part = run[at : at + _RUN_LENGTH]
                groups.append(all_of(*(f"{a}_{b}" for a, b in pairwise(part))))
                due = seen + at + step
        seen += len(run)
    return any_of(*groups) if groups else None


def _shingles(runs):
    return {
        shingle
        for run in runs
        for shingle in zip(*(run[start:] for start in range(SHINGLE)), strict=False)
    }


def _compare(mine, twins):
    """Read the texts of the likeliest from the index: no other table has them folded."""
    sample = [f" {' '.join(shingle)} " for shingle in sorted(mine)[:: max(1, len(mine) // 16)]]
    streams = SearchEntry.objects.filter(report__in=[twin.key for twin in twins])
    by_key = {twin.key: twin for twin in twins}
    likely = []
    for key, stream in streams.values_list("report_id", "stream").iterator():
        hits = sum(each in stream for each in sample)
        if hits >= len(sample) // 2:
            likely.append((hits, key, stream))
    likely.sort(reverse=True)
    for _, key, stream in likely[:_READ_CLOSELY]:
        theirs = _shingles([part.split() for part in stream.split(BORDER)])
        by_key[key].shared = len(mine & theirs) / len(mine)


def _titles_are_near(draft, ours, twin):
    """Most words shared, all numbers the same: `tháng 6` and `tháng 7` are two reports."""
    same_event = draft.event is not None and twin.event == draft.event.pk
    if draft.unit is None or not (twin.unit == draft.unit.pk or same_event):
        return False
    theirs = _title_words(twin.title)
    if min(len(ours), len(theirs)) < 4 or _numbers(ours) != _numbers(theirs):
        return False
    return len(ours & theirs) / len(ours | theirs) >= NEAR_TITLE


def _title_words(title):
    return {folded for folded, _ in word_forms(title)}


def _numbers(words):
    return {word for word in words if re.search(r"\d", word) or word in ("i", "ii", "iii", "iv")}


def _link(twins, user):
    """A link for each that `user` may read; of the others not even the title is told."""
    keys = [twin.key for twin in twins]
    if not keys:
        return
    known = Report.objects.published().filter(pk__in=keys)
    readable = set(known.values_list("pk", flat=True))
    mine = set()
    if user is not None:
        mine = set(visible_reports(user).filter(pk__in=keys).values_list("pk", flat=True))
    for twin in twins:
        state = ReportStatus(twin.status).label
        if twin.key in mine:
            url = reverse("admin:reports_report_change", args=[twin.key])
        elif twin.key in readable:
            url = reverse("reports:short", args=[twin.key])
        else:
            continue
        twin.link = Link(f"{twin.title} ({state})", url)
