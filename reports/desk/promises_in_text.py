"""Tasks a report names for later: `nhiệm vụ 6 tháng cuối năm`, `Thời gian tới, xã sẽ …`.

No models. What is found is only proposed; a person keeps some of it.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from reports.periods import Period

from .reading import HEADING, ITEM, without_bullet

# Headings that open a part of tasks, and sentences that lead to them.
_AHEAD = re.compile(
    r"thời gian tới|thời gian tiếp theo|giai đoạn tới|sắp tới|tới đây|trong những tháng tới|"
    r"(?:những|các) tháng (?:còn lại|cuối năm|tới)|tháng tới|quý tới|năm tới|nhiệm kỳ tới|"
    r"(?:phương hướng|nhiệm vụ|mục tiêu|trọng tâm|công tác|chương trình)[^.;:]{0,60}?"
    r"(?:(?:6|sáu) tháng (?:đầu|cuối) năm|quý\s+(?:IV|I{1,3}|[1-4])\b|tháng\s+\d{1,2}\b|9 tháng|năm\s+20\d\d)|"
    r"phương hướng,? nhiệm vụ|nhiệm vụ,? (?:và )?giải pháp|nhiệm vụ trọng tâm",
    re.IGNORECASE,
)
# `Sáu tháng cuối năm, xã chọn làm hai việc: …`: a time that is not over, and a plan for it.
_OPENS = re.compile(
    r"^(?:trong |bước vào |sang |từ nay đến )?(?:(?:6|sáu) tháng (?:đầu|cuối) năm|quý\s+(?:IV|I{1,3}|[1-4])\b|"
    r"tháng\s+\d{1,2}\b|cuối năm)[^,:;]{0,20}[,:]",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"\b(?:sẽ|cần|phải|đề nghị|yêu cầu|chọn làm|phấn đấu|tập trung|hẹn|giao)\b", re.IGNORECASE
)
# Talks of what was done with earlier tasks, or names a conference by its title.
_BEHIND = re.compile(
    r"^(?:qua|sau)\s|kết quả|đánh giá|tình hình thực hiện|sơ kết[^.;:]*$|tổng kết[^.;:]*$|hội nghị\s+(?:triển khai|quán triệt)"
    r"|nghe báo cáo|(?:tổ chức|dự|khai mạc|diễn ra)\s+(?:buổi\s+)?(?:hội nghị|lễ|cuộc họp)",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\b(?:sẽ|cần|phải|tập trung|tiếp tục|đẩy mạnh|tăng cường|nâng cao|phấn đấu|đề nghị|yêu cầu|chú trọng|"
    r"triển khai|thực hiện|phối hợp|chỉ đạo|tham mưu|rà soát|tổ chức|xây dựng|duy trì|hoàn thành|vận động|"
    r"tuyên truyền|bám sát|giao)\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    r"(?:tiếp tục|tăng cường|đẩy mạnh|nâng cao|phối hợp|tham mưu|rà soát|khảo sát|tổ chức|xây dựng|"
    r"triển khai|thực hiện|duy trì|hoàn thành|vận động|tuyên truyền|nắm|chú trọng|chỉ đạo|kiểm tra|giám sát|"
    r"củng cố|đổi mới|tập trung|phát huy|quan tâm|làm tốt|chủ động|chuẩn bị|mở|ra mắt|nhân rộng|phấn đấu)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r".*?\b(?:đề nghị|yêu cầu|giao(?: nhiệm vụ)? cho|chỉ đạo)\b(?:[^;:]{0,160}?)\s(?=(?:tiếp tục|tăng cường|"
    r"đẩy mạnh|nâng cao|phối hợp|tham mưu|rà soát|triển khai|thực hiện|bám sát|chú trọng|tập trung|"
    r"quan tâm|làm tốt|chủ động|phát huy|đổi mới|củng cố)\b)",
    re.IGNORECASE,
)
_YEAR = r"(?:\s*(?:/|năm|-)?\s*(?P<year>20\d\d))?(?!\s*[-–]\s*\d)"
_PERIODS = (
    ("half", re.compile(rf"(?:6|sáu) tháng (?P<half>đầu|cuối) năm{_YEAR}", re.IGNORECASE)),
    ("nine", re.compile(rf"(?:9|chín) tháng(?: đầu)?(?: năm)?{_YEAR}", re.IGNORECASE)),
    ("quarter", re.compile(rf"quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])\b{_YEAR}", re.IGNORECASE)),
    ("month", re.compile(rf"(?<!\d )tháng\s+(?P<month>\d{{1,2}})\b{_YEAR}", re.IGNORECASE)),
    ("year", re.compile(r"(?<!/)\bnăm\s+(?P<year>20\d\d)(?!\s*[-–]\s*\d)(?!\d)", re.IGNORECASE)),
)  # fmt: skip
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
SHORTEST, LONGEST = 20, 1_000
_MOST = 60


@dataclass(frozen=True)
class FoundPromise:
    """`sentence` as the text has it, `text` without its dash and lead-in, `period` a Period or None."""

    text: str
    sentence: str
    period: Period | None


def find_promises(lines, told_on=None):
    """[FoundPromise] of a text's `Line`s, each once.

    `told_on`: the day of the text, by which a period without a year gets one, and one that is over is
    no promise.
    """
    found, part = {}, None  # `part`: (the period of) the part of tasks that is open now
    for line in lines:
        if line.kind == HEADING:
            part = _opened_by(line.text, told_on)
            continue
        if line.kind == ITEM and part is not None:
            _add(found, without_bullet(line.text), line.text, part.period)
            continue
        if part is not None and part.by_lead_in:
            part = None  # the list that a sentence announced is over
        part = _of_paragraph(found, line, part, told_on) or part
    return list(found.values())[:_MOST]


@dataclass(frozen=True)
class _Part:
    period: Period | None
    by_lead_in: bool = False


def _opened_by(heading, told_on):
    if not _AHEAD.search(heading) or _BEHIND.search(heading):
        return None
    period, is_over = _period_in(heading, told_on)
    return None if is_over else _Part(period)


def _of_paragraph(found, line, part, told_on):
    """Adds what a paragraph promises; a _Part when it announces a list."""
    goes_on = None
    for sentence in line.sentences:
        text = without_bullet(sentence)
        announced = _announced(text, told_on)
        if announced is not None:
            period, tasks = announced
            if not tasks and text.rstrip().endswith(":"):
                return _Part(period, by_lead_in=True)
            for task in tasks:
                _add(found, task, task, period)
            # `… những nhiệm vụ: a; b; c. Khảo sát …` goes on with its list in the next sentence.
            goes_on = _Part(period) if len(tasks) > 1 else None
        elif goes_on is not None and _VERB_FIRST.match(text):
            _add(found, text, sentence, goes_on.period)
        elif part is not None and not part.by_lead_in and _WILL.search(text):
            for task in _tasks(text):
                _add(found, task, task, part.period)
        else:
            goes_on = None
    return None


def _announced(sentence, told_on):
    """(period, tasks) of a sentence that speaks of the time ahead; None for all others."""
    ahead = _AHEAD.search(sentence) or _opening(sentence, told_on)
    if not ahead:
        return None
    before, after = sentence[: ahead.start()], sentence[ahead.end() :]
    if _BEHIND.search(before) and ":" not in after:
        return None
    lead_in, colon, rest = sentence.partition(":")
    if colon and ahead.start() < len(lead_in):
        period, is_over = _period_in(lead_in, told_on)
        tasks = _tasks(rest)
        # One thing behind the colon says little without what stands before it.
        whole = [sentence.strip()] if len(tasks) == 1 else tasks
        return None if is_over else (period, whole)
    if len(after.strip(" .!…")) < SHORTEST or not (_WILL.search(after) or _PLANS.search(after)):
        return None
    period, is_over = _period_in(sentence, told_on)
    if is_over:
        return None
    tasks = _tasks(sentence)
    if len(tasks) > 1:
        # The first task stands behind who is asked for what.
        tasks[0] = _ASKS.sub("", tasks[0], count=1) or tasks[0]
    return period, tasks


def _opening(sentence, told_on):
    """The time with which a plan opens; None when it is half over, since then it tells what was done."""
    opens = _OPENS.match(sentence)
    if not opens or not told_on or not _PLANS.search(sentence, opens.end()):
        return None
    period, is_over = _period_in(opens[0], told_on)
    if is_over or (period and period.start + (period.end - period.start) / 2 < told_on):
        return None
    # One that lies in the next year was over in this one.
    return opens if period is None or period.start.year == told_on.year else None


def _tasks(text):
    return [part.strip() for part in text.split(";") if len(part.strip()) >= SHORTEST]


def _add(found, text, sentence, period):
    text = text.strip().rstrip(".;:/ ").strip()
    if len(text) < SHORTEST or len(text) > LONGEST:
        return
    found.setdefault(text.lower(), FoundPromise(f"{text[0].upper()}{text[1:]}", sentence, period))


# --- for when -------------------------------------------------------------------------------------


def _period_in(text, told_on):
    """(the period a text speaks of or None, whether it is over on the day `told_on`)."""
    named, guessed = [], []
    for kind, pattern in _PERIODS:
        for match in pattern.finditer(text):
            if match["year"]:
                if period := _period(kind, match, int(match["year"])):
                    named.append(period)
            elif told_on and (period := _next(kind, match, told_on)):
                guessed.append(period)
    ahead = [one for one in named if told_on is None or one.end >= told_on]
    if ahead:
        # The narrowest: `nhiệm vụ quý III năm 2026` names a quarter and a year.
        return min(ahead, key=lambda one: (one.end - one.start, one.end)), False
    if guessed:
        return min(guessed, key=lambda one: (one.end, one.start)), False
    return None, bool(named)


def _next(kind, match, told_on):
    """The first such period that is not over on the day."""
    for year in (told_on.year, told_on.year + 1):
        period = _period(kind, match, year)
        if period and period.end >= told_on + timedelta(days=1):
            return period
    return None


def _period(kind, match, year):
    if kind == "half":
        return Period.half(year, 1 if match["half"].lower() == "đầu" else 2)
    if kind == "nine":
        return Period.nine_months(year)
    if kind == "quarter":
        quarter = match["quarter"].upper()
        return Period.quarter(year, _QUARTERS.get(quarter) or int(quarter))
    if kind == "month":
        month = int(match["month"])
        return Period.month(year, month) if 1 <= month <= 12 else None
    return Period.year(year)
