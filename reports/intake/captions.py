"""Captions and picture credits among the lines of a text.

A line is taken for a caption only when something says so: a credit at its end, the page's own mark,
a second printing, a heading "Một số hình ảnh", or the words captions begin with and no full stop.
"""

import re
from itertools import islice

from portal.text import fold
from reports.sentences import split

from .byline import read_labelled
from .names import is_nobody, is_organisation, is_person, is_role

_CREDIT = re.compile(
    r"(?:(?<=^)|(?<=[.!?…”\"’)\]–—\-|\s(\[]))(?:ảnh|hình|photo)\s*:\s*", re.IGNORECASE
)
_PICTURE_WORDS = re.compile(r"hình ảnh\s*:\s*$|ảnh minh họa\s*:\s*$", re.IGNORECASE)
_CREDIT_END = re.compile(
    r"(?:^|(?<=[.!?…”\"’)\s]))[(\[]?\s*(?:ảnh|hình|photo)\s*:\s*(?P<name>[^()\[\]:.]{2,60}?)\s*[)\]]?\s*\.?$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:toàn cảnh|quang cảnh|quảng cảnh|khung cảnh|cảnh|một góc|hình ảnh|ảnh(?: chụp)?|hình \d|"
    r"các đại biểu|đại biểu|đại diện|lãnh đạo|đoàn |các đồng chí|đồng chí|đ/c|ông|bà|các |cán bộ|"
    r"đoàn viên|hội viên|chủ tịch|phó |bí thư|trưởng |người dân|nhân dân|bà con|trao |tặng |ký kết|"
    r"văn nghệ|tiết mục|video|bộ trưởng|thứ trưởng)",
    re.IGNORECASE,
)
_VIEWS = re.compile(r"(?:toàn cảnh|quang cảnh|quảng cảnh|khung cảnh|một góc)\s", re.IGNORECASE)
_SHOWS = re.compile(
    r"phát biểu|trao|tặng|chụp ảnh|tại (?:buổi|hội nghị|lễ|cuộc|đại hội)|(?:bên|hàng|thứ|ngoài cùng|đứng)\s"
    r"(?:phải|trái|đầu|giữa|\d)|từ (?:trái|phải) (?:sang|qua)|tham (?:dự|gia|quan)|thăm|dự |ra mắt|"
    r"báo cáo|trình bày|chủ trì|khai mạc|kết luận|ký kết|biểu diễn|chào mừng|dâng|bàn giao|ảnh",
    re.IGNORECASE,
)
_WHO_STANDS_WHERE = re.compile(
    r"\((?:người |đứng |ngồi |hàng |áo )?(?:thứ|bên|ngoài cùng|đầu|giữa|trái|phải|bìa|ở giữa)[^()]{0,40}\)",
    re.I,
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;,]\W*$")
_STARTERS = frozenset(
    re.findall(
        r"\w+",
        "ông bà đồng tại ngày theo trong phát hội sáng chiều tối trước sau cùng với để qua từ đây các "
        "những một đến dự tham nhân năm chủ phó bí ban thay đại hiện nhiều trưởng thủ bên về nhờ khi "
        "lãnh cũng ngoài đặc thời trên dịp riêng kết được mặc nói vừa lễ buổi công mỗi toàn quang hình",
    )
)
_OPENERS = frozenset(
    re.findall(
        r"\w+",
        "ông bà đồng tại ngày theo với từ trong các những được nhờ khi cũng riêng mặc nhiều ngoài để "
        "qua sau trước đây đến",
    )
)
MAX_CAPTION = 300
_LOOKED_AT, _MOST = 60_000, 60


def is_caption(text, *, under_picture=False):
    """Whether a line of its own between paragraphs reads as a caption."""
    if len(text) > MAX_CAPTION or text[:1] in "-+*•" or re.match(r"\d+[.)/]\s", text):
        return False
    if _WHO_STANDS_WHERE.search(text):
        return True
    if len(split(text)) > 1:
        return False
    if is_view(text):
        return True
    if _ENDS_SENTENCE.search(text) and not under_picture:
        return False
    if under_picture:
        return len(text) <= 200
    return bool(_BEGINS.match(text) and (_SHOWS.search(text) or _VIEWS.match(text)))


def is_view(text):
    """`Toàn cảnh hội nghị`: words that begin nothing but captions."""
    return len(text) < 160 and bool(_VIEWS.match(text))


def split_credit(text):
    """(caption, [photographers]) of `Caption. Ảnh: X`, `Caption (ảnh: X)`; None without a credit."""
    found = _CREDIT_END.search(text) if len(text) <= MAX_CAPTION + 60 else None
    if not found:
        return None
    name = found["name"].strip(" -–")
    if not (is_person(name, single=True) or is_role(name) or is_nobody(name)):
        names = _people_of(f"Ảnh: {name}")
        if not names and not is_organisation(name):
            return None
    else:
        names = [] if is_nobody(name) else [name]
    return text[: found.start()].strip(" -–|"), names


def credit_words(text):
    """Whom a caption credits, as printed (`Minh Tâm`, `TTXVN`, `Tư liệu`); empty without a credit."""
    if split_credit(text) is None:
        return ""
    return _CREDIT_END.search(text)["name"].strip(" -–")


def _people_of(line):
    credits = read_labelled(line)
    return credits.photographers if credits else []


def credits_inside(text):
    """[(photographer, caption, position)] of pictures told of inside running text.

    `… các cá nhân tiêu biểu. Ảnh: TÁ LÂM “Thật quý biết bao …`: the name ends where its letters
    change, a sign follows, or a word that begins sentences.
    """
    found = []
    for credit in islice(_CREDIT.finditer(text[:_LOOKED_AT]), _MOST):
        if _PICTURE_WORDS.search(text, max(0, credit.start() - 20), credit.end()):
            continue
        name, end = _name_at(text, credit.end())
        if name:
            found.append((name, _caption_before(text, credit.start()), end))
    return found


def _caption_before(text, position):
    """The sentence before a credit; empty where the credit stands inside one."""
    before = text[max(0, position - 2 * MAX_CAPTION) : position].rstrip(" (-–")
    if not before.endswith((".", "!", "?", "”", '"')):
        return ""
    start = max(before.rfind(". ", 0, len(before) - 1), before.rfind("… ", 0, len(before) - 1))
    caption = before[start + 1 :].strip(" .")
    return caption if 10 <= len(caption) <= MAX_CAPTION else ""


def _name_at(text, position):
    """(the photographer's name that begins at `position`, where it ends)."""
    words, end = [], position
    for token in re.finditer(r"\S+", text[position : position + 120]):
        word = token[0]
        if word in "-–—" or word[0] in "“\"‘'(":
            break
        bare = word.rstrip('.,;)]”"')
        head = bare.split("/", 1)[0]
        following = text[position + token.end() :].lstrip()[:1]
        if not head or not head[0].isupper() or (words and _begins_sentence(bare, following)):
            # A word in small letters: the capital before it began the next sentence.
            if words and head and head[0].islower():
                words.pop()
            break
        if words and words[-1].isupper() != head.isupper() and len(head) > 1:
            break
        words.append(head)
        end = position + token.end()
        if bare != word or head != bare or len(words) == 5:
            break
    name = " ".join(words)
    return (name, end) if is_person(name) or is_role(name) else ("", position)


def without_runs(text):
    """The text cut behind each credit that an aggregator has run into it."""
    parts, start = [], 0
    for _, _, end in credits_inside(text):
        parts.append(text[start:end])
        start = end
    return [part for part in (*parts, text[start:]) if part.strip()]


def _begins_sentence(word, following):
    """Whether a capital after a name opens the next sentence (`Ảnh: Minh Khuê Tại hội nghị …`)."""
    if word.lower() in _OPENERS:
        return True
    return word.lower() in _STARTERS and (following.islower() or following.isdigit())


def same_line(one, other):
    return fold(one).strip(" .") == fold(other).strip(" .")
