"""Telling a person's name from an organisation's, in a byline. No models, no guesses: a text that is
clearly neither is neither.
"""

import re
import unicodedata

from portal.text import fold


def _listed(text):
    return tuple(text.split())


# A name that begins like this is an organisation's.
_ORGANISATION_STARTS = _listed("""
mttq mttqvn ubmttq ubmttqvn ubmt umttq ubtw ubnd hđnd ttvh tttt ttvhtt vhtt vhttdl vhtttt vh btg
bdv btgdv btg&dv ban hội huyện phường xã tỉnh sở phòng đài báo cổng lđlđ tlđ cđcs cđ ccb lhpn
hlhpn hnd hccb tnxp bbt cttđt ttxvn vov vtv vgp cand bch bchqs bqs đtn tp tx tt thcs thpt cục vụ
bộ tòa đảng thôn ấp quận huyện tổ khối đồn viện clb htx cty nhcsxh bhxh vksnd tand đbp bđbp ptth
tthtcđ nvh vp ub ca phó chủ_tịch bí_thư trưởng giám_đốc chuyên_viên cán_bộ công_chức mặt_trận
ủy_ban trung_tâm văn_phòng công_an công_đoàn công_ty liên_đoàn liên_hiệp liên_minh chi_bộ chi_cục
chi_đoàn chi_hội chi_nhánh huyện_đoàn thành_ủy tỉnh_ủy thị_ủy huyện_ủy quận_ủy thành_đoàn
tỉnh_đoàn thị_đoàn xã_đoàn phường_đoàn quận_đoàn thành_phố thị_xã thị_trấn đoàn_xã đoàn_phường
đoàn_thanh_niên đoàn_trường đoàn_tncs đoàn_tn đoàn_khối đoàn_kinh trường_thcs trường_thpt
trường_tiểu trường_mầm trường_mn trường_th trường_đại trường_cao trường_chính trường_trung
trường_pt học_viện nhà_văn nhà_thiếu nhà_hát nhà_truyền bảo_hiểm bảo_tàng thư_viện ngân_hàng
hạt_kiểm kho_bạc trang_thông trang_tin tạp_chí truyền_hình phát_thanh quân_khu quân_đoàn
quân_chủng sư_đoàn trung_đoàn lữ_đoàn hợp_tác câu_lạc tổng_cục tổng_liên tổng_hội tổng_lđlđ bộ_đội
khu_phố bưu_điện phụ_nữ nông_dân cựu_chiến thanh_niên hải_quan biên_phòng viễn_thông điện_lực
""")
_ONE_WORD_STARTS = frozenset(start for start in _ORGANISATION_STARTS if "_" not in start)
_LONG_STARTS = tuple(start.replace("_", " ") for start in _ORGANISATION_STARTS if "_" in start)
# Pen names such as Ban Mai begin with a word of the list above.
_MAY_BEGIN_A_NAME = frozenset({"ban", "bộ", "tổ", "viện", "khối", "đài", "đồn", "báo"})
_INSIDE_ORGANISATIONS = re.compile(
    r"(?<!\w)(?:mttq\w*|ubmttq\w*|ubnd|hđnd|vh|vhtt\w*|tttt|huyện|xã|phường|thị trấn|tỉnh|quận|tp\.?|"
    r"đoàn|hội|ban|đài|báo|sở|phòng|công an|trung tâm|ủy|bộ|online|điện tử)(?!\w)"
)
_ROLES = re.compile(
    r"(?:nhóm\s+)?(?:pv|p\.v|ctv|btv|phóng viên|cộng tác viên|biên tập viên|pv-ctv|pv, ctv)s?", re.I
)
_ROLE_PREFIX = re.compile(
    r"^(?:ctv|pv|btv|cộng tác viên|phóng viên|biên tập viên|nhà báo|nsna|ths\.?|ts\.?)\s*[.:]?\s+"
    r"(?=\S)",
    re.I,
)
_ACCOUNT = re.compile(
    r"(?i:admin\w*|administrator|quản trị(?: viên)?(?: hệ thống)?|super ?user|host|webmaster|root|"
    r"guest|user\d*|biên tập viên|ban quản trị)|\S*[\d_@]\S*|[a-zđ.\-]+"
)
_HONORIFICS = frozenset(
    ["ông", "bà", "chị", "cô", "đồng", "bác", "thầy", "ngài", "cháu", "mẹ", "em", "đ/c", "các"]
)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+(?:[^\W\d_]{1,8})?\.?")
_HIGHLAND = re.compile(r"[HYK]['’][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’`\-][^\W\d_]+)*")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_ACRONYM = re.compile(r"[^\W\d_]{3,}[\d.]*(?:\.[^\W\d_]{2,4})?|[\w-]+\.(?:vn|com|net|org)")

_NOBODY = frozenset(
    name.replace("_", " ")
    for name in _listed("""
internet nguon_internet st s.t suu_tam tu_lieu tl minh_hoa chup_man_hinh man_hinh facebook zalo
google website mang thu_vien
""")
)
# Two or three capitals in a row that no writer is called: places, and the words of menus.
NOT_PEOPLE = frozenset(
    fold(words)
    for words in """
    Hồ Chí Minh|Việt Nam|Hà Nội|Sài Gòn|Đà Nẵng|Hải Phòng|Cần Thơ|An Giang|Bà Rịa|Vũng Tàu|Bạc Liêu|
    Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|
    Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Tĩnh|Hải Dương|
    Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|
    Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|
    Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|
    Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái|
    Trang Chủ|Liên Hệ|Giới Thiệu|Tin Tức|Tin Mới|Tin Khác|Thông Báo|Văn Bản|Đăng Nhập|Đăng Ký|
    Đăng Xuất|Tìm Kiếm|Bình Luận|Chia Sẻ|In Bài|In Trang|Quay Lại|Thư Viện|Thư Viện Ảnh|Hình Ảnh|
    Hoạt Động|Sự Kiện|Chuyên Mục|Chuyên Đề|Xem Nhiều|Xem Thêm|Đọc Nhiều|Tin Nổi Bật|Nổi Bật|
    Quảng Cáo|Tuyển Dụng|Hỏi Đáp|Góp Ý|Ý Kiến|Sơ Đồ|Kinh Tế|Xã Hội|Văn Hóa|Chính Trị|Thời Sự|
    Pháp Luật|Giáo Dục|Y Tế|Thể Thao|Du Lịch|Phim Hay|Phóng Sự|Truyền Hình|Phát Thanh|Công Nghệ|
    Đời Sống|Quốc Phòng|An Ninh|Quốc Tế|Trong Nước|Dân Vận|Tiếng Việt|Cỡ Chữ|Lượt Xem|Gửi Email|
    Đầu Trang|Về Trang Chủ|Liên Kết|Đọc Tiếp|Trang Trước|Trang Sau|Tin Ảnh|Mới Nhất|Liên Quan
    """.replace("\n", " ").split("|")
    if words.strip()
)


def is_person(text, *, single=False):
    """Whether `text` is written as a person or a pen name is: `Kim Dung`, `HOÀI DUY`, `L.B`.

    One word alone (`Hạnh`) only with `single`, where a label says that a name follows.
    """
    tokens = text.split()
    if not 1 <= len(tokens) <= 5 or len(text) > 40 or fold(text) in NOT_PEOPLE:
        return False
    if tokens[0].lower() in _HONORIFICS or is_organisation(text):
        return False
    if not all(_is_name_word(token) for token in tokens):
        return False
    if len(tokens) == 1:
        if _INITIALS.fullmatch(text) or _HIGHLAND.fullmatch(text):
            return True
        return single and len(text) > 1 and not text.isupper()
    words = [token for token in tokens if not _INITIALS.fullmatch(token)]
    if not words:
        return True
    capitals = [word.isupper() and len(word) > 1 for word in words]
    if any(capitals) and not all(capitals):
        return False
    return sum(is_syllable(word) for word in words) * 2 >= len(words)


def is_place(text):
    """`Quảng Ngãi`: after a writer's name, where the item comes from."""
    return fold(text) in NOT_PEOPLE


def is_role(text):
    """`PV`, `Nhóm PV`, `CTV`: a byline that names a task and nobody."""
    return bool(_ROLES.fullmatch(text.strip()))


def without_role(text):
    """`CTV Khánh Phượng` -> `Khánh Phượng`."""
    return _ROLE_PREFIX.sub("", text.strip())


def is_account(text):
    """`admin`, `btv01`, `Quản trị viên`: a login, never an author."""
    return bool(_ACCOUNT.fullmatch(text.strip()))


def is_organisation(text):
    """Whether `text` begins as names of organisations and units do, or is an agency's sign."""
    words = _plain(text)
    if not words or text[:1].islower():
        return False
    tokens = text.split()
    return _starts_like_organisation(words, text) or (_is_acronym(tokens[0]) and len(tokens) <= 3)


def mentions_organisation(text):
    """Whether `text`, standing after a person's name, tells where that person works."""
    if is_organisation(text):
        return True
    has_lower_case = any(token[:1].islower() for token in text.split())
    return has_lower_case and bool(_INSIDE_ORGANISATIONS.search(_plain(text)))


def is_nobody(text):
    """`Internet`, `Tư liệu`, `ST`: where a picture was found, not who took it."""
    return fold(text).strip(". ") in _NOBODY


def _starts_like_organisation(words, text):
    first = re.split(r"[\s.\-–&]", words, maxsplit=1)[0]
    if any(words == start or words.startswith(start + " ") for start in _LONG_STARTS):
        return True
    if first not in _ONE_WORD_STARTS:
        return False
    tokens = text.split()
    if first in _MAY_BEGIN_A_NAME and len(tokens) == 2 and text.istitle():
        return first in ("báo", "đài")
    is_glued = re.match(rf"{first}\.\w", words)  # TP.Pleiku
    return bool(len(tokens) > 1 or len(first) > 3 or text.isupper() or is_glued)


def _is_acronym(token):
    """`TTXVN`, `VOV.VN`, `sggp.org.vn`; a syllable in capitals (`HOÀI`) is none."""
    token = token.rstrip("-")
    if not _ACRONYM.fullmatch(token):
        return False
    return "." in token or (token.isupper() and not is_syllable(token))


def _is_name_word(token):
    if _INITIALS.fullmatch(token):
        return token[0].isupper()
    if not _WORD.fullmatch(token) or not token[0].isupper():
        return False
    rest = [letter for letter in token[1:] if letter.isalpha()]
    apostrophe = re.search("['’`-]", token)
    return all(c.islower() for c in rest) or all(c.isupper() for c in rest) or bool(apostrophe)


def is_syllable(word):
    """Whether `word` could be a Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(fold(word)))


def _plain(text):
    text = unicodedata.normalize("NFC", text).lower()
    # The same words in both ways of setting the tone.
    return " ".join(text.replace("uỷ", "ủy").replace("toà ", "tòa ").split())
