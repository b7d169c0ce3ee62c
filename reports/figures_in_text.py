"""Numbers a text reports, each with its word of measure and its sentence. Nothing is added up.

Vietnamese numbers: dot for thousands, comma for decimals (`2.811,7 triệu đồng`), shares (`5/9 xã`,
`08/24 đơn`). A number without a word of measure is none: years, days and document numbers stay out.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

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


_INTEGER = r"\d{1,3}(?:\.\d{3})+|\d+"
_NUMBER = rf"(?:{_INTEGER})(?:,\d+)?"
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
    rf"(?<![\w/.,\-–])(?P<number>(?P<part>{_INTEGER})\s?/\s?(?P<whole>{_INTEGER})(?![\d/])|{_NUMBER})"
    rf"(?:\s*(?P<percent>%)|\s*(?P<money>{_MONEY})|\s*(?P<scale>{_SCALE})(?P<thing>{_UNITS})(?!\w))"
)
# What stands before a number makes it a name: `Quyết định 217`, `Phường 8`, `lần thứ 3`, `điều 27`.
_NAMES_IT = re.compile(
    r"(?:số|lần thứ|thứ|điều|khoản|mục|câu|quyết định|nghị quyết|chỉ thị|kết luận|công văn|phường|quận|"
    r"khu phố|tổ|ấp|thôn|khóa|kỳ|loại|hạng|nhóm|chương|phần|năm|tháng|ngày|quý|đợt|bài|hình|bảng|trang)\s*$",
    re.IGNORECASE,
)
# `9 - 10 xã`: a range is no figure.
_RANGE = re.compile(r"\d%?\s*(?:[-–]|đến)\s*$")
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
    for match in _FIGURE.finditer(sentence):
        before = sentence[max(0, match.start() - 30) : match.start()]
        if _NAMES_IT.search(before) or _RANGE.search(before):
            continue
        if match["percent"]:
            unit = "%"
        elif match["money"]:
            unit = " ".join(match["money"].split())
            unit = "đồng" if unit == "đ" else unit
        else:
            unit = " ".join(f"{match['scale'] or ''}{match['thing']}".split())
        whole = _decimal(match["whole"]) if match["whole"] else None
        value = _decimal(match["part"] or match["number"])
        if match["whole"] and match["money"]:
            continue
        if len(str(value)) <= 16 and (whole is None or whole >= value):
            yield FoundFigure(value, unit, sentence, match["number"], whole)


def _decimal(text):
    return Decimal(text.replace(".", "").replace(",", "."))
