"""The period a page speaks for, as the address bar writes it: `2024`, `2024-Q1`, `2024-H1`, `2024-9T`.

Read in the title, then in the lead: what is reviewed counts before what is planned. Anniversaries
and stages (`01 năm thực hiện`, `giai đoạn 2021–2025`) are no periods.
"""

import re

from reports.models.choices import EventKind as Kind

_YEAR = r"(?P<year>20\d\d)"
_QUARTER = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER_WORDS = {"sáu": "6", "chín": "9", "ba": "3"}
_MONTHS = re.compile(
    r"(?<![\d/])(?P<months>0?[369]|sáu|chín|ba)\s+tháng(?:\s+(?P<which>đầu|cuối))?(?:\s+năm)?"
    rf"(?:\s*[/,]?\s*(?:năm\s+)?{_YEAR}(?!\s*[-–]\s*\d))?(?!\w)",
    re.IGNORECASE,
)
_QUARTERS = re.compile(
    rf"(?<!\w)quý\s+(?P<quarter>iv|i{{1,3}}|[1-4])(?:\s*/\s*|\s*[-,]?\s*(?:năm\s+)?){_YEAR}?(?!\w)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?<!\w)tháng\s+(?P<month>0?[1-9]|1[0-2])(?:\s*[/.]\s*|\s*[-,]?\s+năm\s+){_YEAR}(?!\d)",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(rf"(?<!\w)năm\s+{_YEAR}(?!\d|\s*[-–]\s*\d|\s*đến)(?!\w)", re.IGNORECASE)
_REVIEW = re.compile(
    r"(?:sơ kết|tổng kết|kết quả|báo cáo|đánh giá|giao ban|trực báo|nhìn lại|kiểm điểm)[^.]*$", re.I
)
_PLAN = re.compile(
    r"(?:phương hướng|nhiệm vụ|kế hoạch|chương trình|triển khai|trọng tâm|thời gian tới|cuối)[^.,;]*$",
    re.I,
)
_WORK = re.compile(
    r"(?:công tác|nhiệm vụ|kế hoạch|hoạt động|chương trình|kết quả|sơ kết|tổng kết|dân vận|báo cáo|"
    r"triển khai)[^.;]*$",
    re.I,
)
_NOT_A_PERIOD = re.compile(
    r"(?:đến|từ|trước|sau|sinh|giai đoạn|nhiệm kỳ|khóa|chuẩn|nông thôn mới|cuối|trong|đầu|hết|"
    r"cách mạng|thành lập|ban hành|tháng \d+)\s*$",
    re.I,
)
_REPORTING = {Kind.INTERIM_REVIEW, Kind.FINAL_REVIEW, Kind.BRIEFING, Kind.ROLL_OUT}


def find_period(title, sentences, *, kind, year):
    """(period, sentence) from title and lead; ("", "") where the page speaks for no period.

    `year` is that of the event or of publication, for "6 tháng đầu năm" without one.
    """
    for text in (title, *sentences[:3]):
        if period := _of_parts(text, year, kind) or _of_year(text, kind, is_title=text == title):
            return period, text
    return "", ""


def _of_parts(text, year, kind):
    """Months, quarters and half years; what is reviewed is named first."""
    may_be_short = not kind or kind in _REPORTING
    found = []
    for match in _MONTHS.finditer(text):
        own = match["year"] or _year_after(text, match.end()) or year
        months = _NUMBER_WORDS.get(match["months"].lower(), match["months"].lstrip("0"))
        which = (match["which"] or "").lower()
        if not own or not (which or "năm" in match[0].lower()):
            continue
        if which == "cuối":
            found.append((1, match.start(), f"{own}-H2" if months == "6" else ""))
        else:
            ky = {"3": f"{own}-Q1", "6": f"{own}-H1", "9": f"{own}-9T"}[months]
            found.append((0, match.start(), ky))
    for match in _QUARTERS.finditer(text) if may_be_short else ():
        if own := match["year"] or year:
            quarter = _QUARTER[match["quarter"].lower()]
            found.append((int(_is_plan(text, match)), match.start(), f"{own}-Q{quarter}"))
    for match in _MONTH.finditer(text) if may_be_short else ():
        if _REVIEW.search(text[: match.start()]) or _WORK.search(text[: match.start()][-60:]):
            ky = f"{match['year']}-{int(match['month']):02d}"
            found.append((int(_is_plan(text, match)), match.start(), ky))
    found = [entry for entry in sorted(found) if entry[2]]
    # A plan alone is no period under review.
    return found[0][2] if found and found[0][0] == 0 else ""


def _is_plan(text, match):
    before = text[: match.start()]
    return bool(_PLAN.search(before)) and not _REVIEW.search(re.split(r"[;,]", before)[-1])


def _year_after(text, position):
    """The year that one sentence names once for both halves: `6 tháng đầu năm, … cuối năm 2021`."""
    years = {match["year"] for match in re.finditer(rf"năm\s+{_YEAR}", text[position:])}
    return years.pop() if len(years) == 1 else None


def _of_year(text, kind, *, is_title):
    if kind not in _REPORTING and not _REVIEW.search(text):
        return ""
    if kind and kind not in _REPORTING:
        return ""
    years = []
    for match in _WHOLE_YEAR.finditer(text):
        before = text[: match.start()]
        if _NOT_A_PERIOD.search(before) or not _WORK.search(before[-90:]):
            continue
        years.append((int(_is_plan(text, match)), match.start(), match["year"]))
    if not years:
        return ""
    reviewed = [year for planned, _, year in sorted(years) if not planned]
    if reviewed:
        return reviewed[0]
    return years[0][2] if is_title or kind == Kind.ROLL_OUT else ""
