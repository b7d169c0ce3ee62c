"""What a portal prints around every text: menus, buttons, counters, lists of other items.

`rule_for(line)` names the rule that drops a line; `ends_text(line)` says that what follows belongs
to other items. All comparisons are of folded text, so case and tone marks do not matter.
"""

import re

from portal.text import fold

_RULES = {
    "đường dẫn bỏ qua": r"skip to (?:main )?(?:content|navigation)|truy cap noi dung luon"
    r"|(?:bo qua|chuyen|nhay)(?: va)?(?: den| toi)?(?: phan)? noi dung(?: chinh)?|x|close|dong",
    "khung của cổng": r"xuat ban thong tin|chi tiet (?:bai viet|tin|tin tuc|noi dung|ban tin)\b.{0,60}"
    r"|trinh chieu noi dung web|hien thi noi dung web|asset publisher|portlet.*|null"
    r"|chao mung (?:ban|quy vi|quy khach|cac ban)(?: da)? (?:den|toi) voi .*|ban dang (?:o|xem).{0,80}"
    r"|trang chu(?:\s*[>»/|\-].*)?|home(?:\s*[>»/|].*)?|menu|(?:dang nhap|dang ky|dang xuat)(?: .{0,20})?",
    "nút bấm": r"a\s*a(?:\s*a)?|a[+\-](?:\s*a[+\-]?)*|(?:xem )?(?:voi )?co chu.{0,40}|tang co chu|giam co chu"
    r"|in(?: (?:trang|bai|bai viet|tin|ra))?|ban in|gui (?:email|mail|cho ban be|bai viet|tin)|luu(?: (?:bai|tin|lai))?"
    r"|chia se(?: .{0,40})?|share.{0,30}|tweet|facebook|zalo|twitter|youtube|google\+?|like|print|email|pdf"
    r"|nghe (?:doc )?(?:bai|bai viet|noi dung|tin).{0,30}|doc bai(?: viet)?|giong doc.{0,30}|tai ve|download"
    r"|sao chep(?: lien ket| link)?|theo doi .{0,60}|quay lai|tro lai|tro ve(?: trang truoc| dau trang)?"
    r"|(?:ve|len) dau trang|ve trang (?:chu|truoc)|qr ?code|ma qr|tuong phan|che do .{0,30}",
    "ảnh mẫu": r"responsive image|no image|image|img|anh (?:dai dien|minh hoa)|default image"
    r"|[\w\- ]+\.(?:jpe?g|png|gif|webp|bmp)",
    "phản hồi bạn đọc": r"y kien (?:ban doc|binh luan|cua ban)?.{0,20}|(?:gui |viet |them |xem them )?binh luan.{0,30}"
    r"|(?:them|gui|xem)(?: them)? (?:nhan xet|y kien|phan hoi|cau hoi).{0,30}|0\s*/\s*\d{2,5} ky tu.*|con lai .{0,20}ky tu"
    r"|(?:danh gia|xep hang)(?: bai viet| trung binh)?.{0,60}|click de danh gia.*|tong so diem cua bai viet.*"
    r"|ho (?:va )?ten\s*\*?:?|noi dung\s*\*:?|ma (?:bao ve|xac nhan|an toan).{0,30}|vui long nhap .*|nhap ma.*"
    r"|comments?|leave a (?:reply|comment)|ban (?:phai|can) dang nhap.*",
    "liên hệ và bản quyền": r"(?:hotline|duong day nong)\b.{0,80}|©.*|copyright.*|ban quyen (?:thuoc|cua).*"
    r"|(?:chiu trach nhiem|nguoi chiu trach nhiem).{0,120}|co quan (?:chu quan|quan ly).{0,120}"
    r"|(?:dia chi|dien thoai|so dien thoai|dt|tel|fax|email|e-mail|website)\s*:.{0,160}"
    r"|ghi ro nguon .*|giay phep.{0,120}|thiet ke (?:boi|va phat trien).{0,80}|phat trien boi.{0,80}",
    "đếm truy cập": r"(?:dang truy cap|hom nay|hom qua|tuan nay|thang nay|thang hien tai|tong (?:luot )?truy cap"
    r"|thong ke truy cap|luot truy cap|so nguoi online|truc tuyen|online|khach vieng tham|may chu tim kiem)"
    r"\s*[:|]?\s*[\d.,]*",
    "phân trang": r"[\s<>«»‹›|•·*\-–—…\d]*[<>«»‹›][\s<>«»‹›|•·*\-–—…\d]*|[|•·*\-–—_=+~.]+|trang (?:truoc|sau|dau|cuoi)"
    r"|(?:first|previous|prev|next|last)|\d{1,2}(?:\s+\d{1,2}){1,15}",
    "từ khóa": r"(?:tags?|tu khoa)\s*:.{0,200}",
    "dấu ảnh": r"!\[.*?\]\(.*|!\[.*|\|(?:\s*[-:]+\s*\|)*|\[(?:gallery|video|audio|embed|/caption)[^\]]*\]",
}
_COMPILED = {rule: re.compile(pattern) for rule, pattern in _RULES.items()}
_OTHER = (
    r"(?:cac |nhung |mot so )?(?:tin|bai|bai viet|tin bai|bai bao|tin tuc|thong tin|su kien|ban tin|noi dung)"
    r"(?: bai| tuc)? (?:khac|moi hon|cu hon|da dua|da dang|moi nhat|moi dang|cu|moi|truoc do|tiep theo|cung loai"
    r"|cung chuyen muc|cung chu de|noi bat|doc nhieu|xem nhieu)(?: hon)?(?: khac)?"
)
_ENDS = re.compile(
    rf"{_OTHER}|(?:tin )?cung (?:chuyen muc|chu de|su kien|tac gia)|cac tin(?: bai)? da dua(?: ngay.*)?"
    r"|tin (?:moi|noi bat|doc nhieu|xem nhieu|nong|anh)|(?:doc|xem) nhieu(?: nhat)?|moi nhat|noi bat"
    r"|(?:y kien|phan hoi)(?: cua)? ban doc|(?:gui |viet |xem them |them )?binh luan.{0,20}|comments?"
    r"|them nhan xet moi|tags?\s*:?.{0,200}|tu khoa\s*:?.{0,200}|co the ban quan tam|ban (?:nen|co the) (?:doc|quan tam).{0,20}"
    r"|xem tin theo ngay.{0,20}|tim kiem theo ngay.{0,20}|thong ke truy cap|lien ket (?:web(?:site)?|trang)"
)
_MAY_END = re.compile(
    r"(?:tin(?: tuc)?|bai(?: viet)?|su kien|noi dung|thong tin|chu de) lien quan|xem them(?: su kien| tin)?"
    r"|doc them|xem tiep|tin video|video(?: clip)?|multimedia|anh|thu vien anh|truyen hinh|phong su anh|infographic"
)
_GALLERY = re.compile(r"(?:một số|một vài|vài|các|những)\s+hình ảnh(?!\w).{0,90}", re.IGNORECASE)
_NULL_TITLE = re.compile(r"null\s+(?=\S)")
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|video|audio|embed)[^\]]{0,400}\]")
_MARKDOWN_PICTURE = re.compile(r"!\[[^\]]{0,400}\]\([^)]{0,800}\)")


def rule_for(line):
    """The Vietnamese name of the rule that drops the whole `line`; empty if none does."""
    if len(line) > 240:
        return ""
    folded = fold(line).strip(" :")
    if not folded:
        return "phân trang"
    for rule, pattern in _COMPILED.items():
        if pattern.fullmatch(folded):
            return rule
    if _GALLERY.fullmatch(line):
        return "đầu mục ảnh"
    if line.startswith(("![", "|")) and len(line) < 200:
        return "dấu ảnh"
    if ends_text(line) or may_end_text(line):
        return "tin khác"
    return ""


def ends_text(line):
    """`Các tin khác`, `Tags:`, `Ý kiến bạn đọc`: nothing of this text comes after."""
    return len(line) <= 220 and bool(_ENDS.fullmatch(fold(line).strip(" :.•-»>|")))


def may_end_text(line):
    """`Tin liên quan` may also stand in the middle of a text."""
    return len(line) <= 60 and bool(_MAY_END.fullmatch(fold(line).strip(" :.•-»>|")))


def tidy(line):
    """The line without what clings to it: `null ` before a title, shortcodes, pictures' signs."""
    if _NULL_TITLE.match(line):
        line = line[5:].lstrip()
    return _MARKDOWN_PICTURE.sub("", line).strip()


def without_shortcode(line):
    """(the words, was it a caption): `[caption id=…]Mỗi căn nhà…` -> the words of a caption."""
    if not _SHORTCODE.search(line):
        return line, False
    return _SHORTCODE.sub("", line).strip(), "[caption" in line


_CATEGORY_BEHIND = re.compile(
    r"chi tiết (?:bài viết|tin tức|tin|nội dung)\s+(?P<name>\S.{2,50})", re.I
)


def category_in(line):
    """`Chi tiết bài viết Tin tức` -> `Tin tức`: some portals hide it there."""
    found = _CATEGORY_BEHIND.fullmatch(line.strip())
    return found["name"].strip() if found else ""
