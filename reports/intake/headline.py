"""Which of the lines above the text is the title, and which the category."""

import re

from portal.text import fold
from reports.letters import UPPER

_DATELINE = re.compile(
    r"^\W*(?:\([^)]{2,30}\)\s*[-–]?\s*|[\w. ]{2,24}\s[-–]\s|[A-ZĐ]{2,8}\s*[-–]\s*)?"
    r"(?:(?:sáng|chiều|tối|trưa|đêm)(?: sớm| tối)?[\s,(]+(?:nay|qua|hôm|các|ngày|\d)|"
    r"(?:trong |từ )?(?:hai |ba |\d )?ngày\s*\(?\d|(?:vừa qua|mới đây|hôm nay|hôm qua|thời gian qua)\s*,|"
    r"vào (?:lúc|sáng|chiều|hồi|ngày))",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:\([^)]{2,24}\)|[A-ZĐ]{2,8}\d?(?:\.[A-Z]{2,4})?|[\w.]+\.(?:vn|VN))\s*[-–]\s*\S"
)
_INNER_END = re.compile(rf"(?<![{UPPER}.])[.!?…]\s+[“\"]?[{UPPER}]")
_KICKER = re.compile(
    r"(?:chào mừng|hướng tới|kỷ niệm|hưởng ứng|thực hiện|học tập và làm theo|tiến tới)\s", re.I
)
_CATEGORY_WORDS = re.compile(
    r"(?<!\w)(?:tin|tin tuc|hoat dong|thoi su|chinh tri|xa hoi|kinh te|van hoa|xay dung dang|doan the|"
    r"mat tran|dan van|cong tac|phap luat|an ninh|quoc phong|giao duc|y te|nong thon moi|nguoi co cong|"
    r"chinh sach|su kien|thong bao|ton giao|dan toc|guong|phong trao|doi song|tuyen truyen|tuyen giao|"
    r"to chuc|du lich|the thao|khoa hoc|moi truong|cai cach|chuyen doi so|ban doc|quoc hoi|hoi dong)(?!\w)"
)
MAX_TITLE = 400


def begins_like_lead(text):
    """`Sáng 2/7, …`, `(QNO) - Ngày …`, `Vừa qua, …`: how leads begin and titles never."""
    return bool(_DATELINE.match(text))


def is_paragraph(text):
    """Whether a line is running text rather than a title, caption or button."""
    if begins_like_lead(text):
        return len(text) >= 45
    if _PREFIX.match(text) and len(text) >= 60:
        return True
    if len(text) >= 60 and _INNER_END.search(text):
        return True
    ends = re.search(r"[.!…;:]\W*$|\./\.$", text[-20:])
    return (len(text) >= 70 and bool(ends)) or len(text) > MAX_TITLE


def may_be_title(text):
    """Whether a line can be a title at all."""
    return (
        12 <= len(text) <= MAX_TITLE
        and len(text.split()) >= 3
        and (text[0].isupper() or text[0].isdigit() or text[0] in "“\"‘'«(")
        and not begins_like_lead(text)
        and not text.endswith((":", ";", ","))
    )


def is_title_with_stop(text, following, is_indented):
    """`Tuổi trẻ huyện …: Sôi nổi … mùa đông.` A title may end with a stop, if a lead follows."""
    return (
        not is_indented
        and may_be_title(text)
        and len(text.split()) <= 32
        and not _INNER_END.search(text)
        and not _PREFIX.match(text)
        and begins_like_lead(following)
    )


def is_category(text):
    """`Hoạt động Đảng - Đoàn thể`, `NGƯỜI CÓ CÔNG`: short, and about a field."""
    if len(text) > 45 or re.search(r"[.!?:;,\d“”\"]", text):
        return False
    others, count = _CATEGORY_WORDS.subn(" ", fold(text))
    return count > 0 and len(re.findall(r"\w+", others)) <= 2


def choose(lines, *, hints, stamp_at):
    """(title's index, category's index) among `lines` [(index, text)] above the lead; None if none.

    `hints` are what the page calls itself in its head; `stamp_at` is the index of the publication
    line, which portals print below the title.
    """
    candidates = [(at, text) for at, text in lines if may_be_title(text)]
    title = _known(candidates, hints)
    if title is None:
        above = [line for line in candidates if stamp_at is not None and line[0] < stamp_at]
        is_enough = any(not is_category(text) for _, text in above)
        title = _last_long(above) if is_enough else _first_long(candidates)
    return title, _category(lines, title)


def _known(candidates, hints):
    folded = [fold(hint) for hint in hints]
    for at, text in candidates:
        own = fold(text).strip(" .")
        if any(own == hint or (len(own) > 25 and own in hint) for hint in folded):
            return at
    counts = {}
    for at, text in candidates:
        counts.setdefault(fold(text).strip(" ."), []).append(at)
    doubled = [places for places in counts.values() if len(places) > 1]
    return doubled[0][0] if doubled else None


def _last_long(candidates):
    long = [at for at, text in candidates if len(text.split()) >= 6]
    return long[-1] if long else max(candidates, key=lambda line: len(line[1]))[0]


def _first_long(candidates):
    titles = [line for line in candidates if not is_category(line[1])] or candidates
    long = [(at, text) for at, text in titles if len(text.split()) >= 5]
    if not long:
        return titles[-1][0] if titles else None
    if len(long) > 1 and _KICKER.match(long[0][1]):
        return long[1][0]
    return long[0][0]


def _category(lines, title):
    """The category between title and date, else the line above the title – not one of a menu."""
    if title is None:
        return None
    below = [at for at, text in lines if at > title and is_category(text)]
    if below:
        return below[0]
    above = [(at, text) for at, text in lines if at < title]
    short = [(at, text) for at, text in above if is_category(text)]
    return short[-1][0] if len(above) <= 1 and short else None
