"""Numbers a text reports, each with its word of measure and its sentence. Nothing is added up.

Vietnamese numbers: dot or space for thousands, comma for decimals (`2.811,7 triệu đồng`), shares (`5/9
xã`, `08/24 đơn`). A number without a word of measure is none: years, days, ranges and document numbers
stay out.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .sentences import split


@dataclass
class FoundFigure:
    """A number with its word of measure: `value` 9081, `unit` "suất quà", and the sentence.

    A share such as 5/9 has its 9 in `out_of`; `printed` is the number as the page has it.
    """

    value: Decimal
    unit: str
    sentence: str
    printed: str
    out_of: Decimal | None = None


INTEGER = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.])|\d+"
NUMBER = rf"(?:{INTEGER})(?:,\d+)?"
_MONEY = (
    r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?(?:đồng(?!\s+(?:chí|bào|đội|hồ|ruộng))|VNĐ|VND|USD|đ)(?![\w/])"
    r"|(?:triệu|tỷ|tỉ)(?=\s*(?:[,.;)]|$))"
)
_THINGS = """
người|hộ|hộ dân|hộ nghèo|hộ gia đình|gia đình|đại biểu|đoàn viên|hội viên|đảng viên|cán bộ|học viên|
học sinh|sinh viên|thanh niên|thiếu nhi|trẻ em|em|cháu|cụ|phụ nữ|nông dân|cựu chiến binh|công nhân|
người dân|công dân|cử tri|quần chúng|cá nhân|tập thể|đồng chí|lượt người|lượt công dân|lượt hộ|
lượt hội viên|lượt đoàn viên|lượt cán bộ|lượt phát biểu|lượt|suất quà|xuất quà|suất học bổng|suất|
phần quà|phần|món quà|túi quà|căn nhà|ngôi nhà|nhà|công trình|mô hình|dự án|tổ tự quản|tổ tiết kiệm|
tổ hợp tác|tổ|chi hội|chi đoàn|chi bộ|câu lạc bộ|CLB|tổ chức|cơ sở|đơn vị|xã, phường, thị trấn|
xã, phường|xã, thị trấn|xã|phường|thị trấn|quận huyện|huyện, thành|huyện|tỉnh, thành phố|tỉnh, thành|
tỉnh thành|tỉnh|thôn|bản|ấp|khu dân cư|khu phố|cuộc giám sát|cuộc đối thoại|cuộc kiểm tra|
cuộc tiếp xúc|cuộc|lớp tập huấn|lớp bồi dưỡng|lớp|buổi tuyên truyền|buổi|đợt tuyên truyền|đợt ra quân|
đợt|hội nghị|ý kiến|kiến nghị|đơn|đơn thư|vụ|vụ việc|trường hợp|văn bản|nghị quyết|kế hoạch|báo cáo|
chuyên đề|tin, bài|tin bài|tin|bài|bài viết|cây xanh|cây|km|m2|m²|m3|mét|ha|héc ta|tấn|tạ|kg|lít|
con bò|con|chiếc|bộ|cái|giường|xe|ngày công|cầu nông thôn|cầu|tuyến đường|tuyến|km đường|giải|
giải Nhất|giải Nhì|giải Ba|giải Khuyến khích|bằng khen|giấy khen|đơn vị máu|tiêu chí|sản phẩm|doanh nghiệp|
hợp tác xã|HTX|quỹ|gương|điểm cầu|điểm|thửa đất|thiết chế|quyển|cuốn|tờ rơi|thẻ|bộ hồ sơ|hồ sơ
"""
_UNITS = "|".join(
    sorted(
        (re.escape(unit.strip()) for unit in _THINGS.replace("\n", "").split("|")),
        key=len,
        reverse=True,
    )
)
_SCALE = r"(?:(?:nghìn|ngàn|vạn|triệu|trăm)\s+)?"
_FIGURE = re.compile(
    rf"(?<![\w/.,\-–])(?P<number>(?P<part>{INTEGER})\s?/\s?(?P<whole>{INTEGER})(?![\d/])|{NUMBER})"
    # `02 (hai) công trình`: the number once more in words.
    rf"(?:\s*\([^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){{0,5}}\))?"
    rf"(?:\s*(?P<percent>%)|\s*(?P<money>{_MONEY})|\s*(?P<scale>{_SCALE})(?P<thing>{_UNITS})(?!\w))"
)
# What stands before a number makes it a name: `Quyết định 217`, `Phường 8`, `lần thứ 3`, `điều 27`.
_NAMES_IT = re.compile(
    r"(?:(?<!tổng )số|lần thứ|thứ|điều|khoản|mục|câu|quyết định|nghị quyết|nghị định|thông tư|chỉ thị|"
    r"kết luận|công văn|đề án|chương trình|ban chỉ đạo|quốc lộ|tỉnh lộ|sư đoàn|lữ đoàn|trung đoàn|"
    r"tiểu đoàn|đại đội|phường|quận|khu phố|khóm|tổ|ấp|thôn|khóa|kỳ|loại|hạng|nhóm|chương|phần|đợt|bài|"
    r"hình|bảng|trang)\s*$",
    re.IGNORECASE,
)
# `năm 2024`, `tháng 7`, `ngày 20`, `quý 3`; but `cả năm 46 mô hình`, `trong tháng 250 lượt`.
_CALENDAR = re.compile(r"\b(năm|tháng|ngày|quý)\s*$", re.IGNORECASE)
_LARGEST = {"tháng": 12, "ngày": 31, "quý": 4}
# `Chiều 2/7 phường …`: a day, no share.
_BEFORE_DAY = re.compile(
    r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|dịp|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)"
    r"[\s,(]*$",
    re.IGNORECASE,
)
# `9 - 10 xã`, `từ 50 người đến 70 người`: a range is no figure.
_RANGE = re.compile(r"\d%?\s*(?:[-–]|đến)\s*$")
_UP_TO = re.compile(r"\s*(?:[-–]|đến)\s*")
# `0912 345 678`: the end of something longer; `năm 2024 500 hộ` is not.
_GROUP = re.compile(r"\d{3}(?!\d)")
_GOES_ON = re.compile(r"(?<!\d)(?!(?:19|20)\d\d\s)\d+\s$")
_MOST = 60


def find_figures(paragraphs):
    """`FoundFigure`s of the text, in printed order."""
    found = []
    for paragraph in paragraphs:
        for sentence in split(paragraph):
            for figure in _in_sentence(sentence):
                found.append(figure)
                if len(found) == _MOST:
                    return found
    return found


def _in_sentence(sentence):
    matches = list(_FIGURE.finditer(sentence))
    for index, match in enumerate(matches):
        before = sentence[max(0, match.start() - 30) : match.start()]
        if _is_name(before, match["number"]) or _RANGE.search(before):
            continue
        if any(_is_range(*pair) for pair in pairwise(matches[max(0, index - 1) : index + 2])):
            continue
        whole = decimal_of(match["whole"]) if match["whole"] else None
        value = decimal_of(match["part"] or match["number"])
        if match["whole"] and match["money"]:
            continue
        if len(str(value)) <= 16 and (whole is None or whole >= value):
            yield FoundFigure(value, _measure(match), sentence, match["number"], whole)


def _measure(match):
    if match["percent"]:
        return "%"
    if match["money"]:
        measure = " ".join(match["money"].split())
        return "đồng" if measure == "đ" else measure
    return " ".join(f"{match['scale'] or ''}{match['thing']}".split())


def _is_name(before, number):
    if "/" in number:
        return bool(_NAMES_IT.search(before)) or is_day(before, *map(str.strip, number.split("/")))
    if calendar := _CALENDAR.search(before):
        word = calendar[1].lower()
        if word == "năm":
            return len(number) == 4 and number.isdecimal()
        return decimal_of(number) <= _LARGEST[word]
    is_end = _GROUP.match(number) and _GOES_ON.search(before)
    return bool(is_end or _NAMES_IT.search(before))


def is_day(before, part, whole):
    """Whether `2/7` is a day of July, going by the words before it."""
    is_possible = len(part) < 3 and len(whole) < 3 and 0 < int(part) <= 31 and 0 < int(whole) <= 12
    return is_possible and bool(_BEFORE_DAY.search(before))


def _is_range(one, other):
    return _measure(one) == _measure(other) and bool(
        _UP_TO.fullmatch(one.string, one.end(), other.start())
    )


def decimal_of(text):
    """The value of a printed number (`NUMBER`)."""
    return Decimal("".join(text.split()).replace(".", "").replace(",", "."))
