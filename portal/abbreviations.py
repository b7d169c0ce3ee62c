"""Abbreviations of the trade and their long forms: a search for one finds the other.

Only those that mean one thing wherever they stand; `TT` (thông tin, truyền thanh, thể thao) is not
here. The list is data: add a line, then run `refresh_search --all`.
"""

from functools import lru_cache

from portal.tokens import word_forms

# One meaning a line; every spelling of it counts, the first is the usual abbreviation.
MEANINGS = """
MTTQ = Mặt trận Tổ quốc
MTTQVN = Mặt trận Tổ quốc Việt Nam
UBMTTQ = Ủy ban Mặt trận Tổ quốc = Ủy ban MTTQ = UB MTTQ
UBMTTQVN = Ủy ban Mặt trận Tổ quốc Việt Nam = Ủy ban MTTQ Việt Nam
UBND = Ủy ban nhân dân
HĐND = Hội đồng nhân dân
QCDC = quy chế dân chủ
DVK = Dân vận khéo
CTDV = công tác dân vận
DTTS = dân tộc thiểu số
CCB = cựu chiến binh
LHPN = liên hiệp phụ nữ
HND = Hội Nông dân
LĐLĐ = Liên đoàn Lao động
TNCS = thanh niên cộng sản
TNXP = thanh niên xung phong
ĐVTN = đoàn viên thanh niên
CTĐ = chữ thập đỏ
NCT = người cao tuổi
NTM = nông thôn mới
BCĐ = ban chỉ đạo
BCH = ban chấp hành
BTV = ban thường vụ
BTG = ban tuyên giáo
TGDV = tuyên giáo và dân vận
CT-XH = chính trị - xã hội
KT-XH = kinh tế - xã hội
QP-AN = quốc phòng - an ninh
ANTT = an ninh trật tự
TTATXH = trật tự an toàn xã hội
ATGT = an toàn giao thông
PCCC = phòng cháy chữa cháy = phòng cháy, chữa cháy
LLVT = lực lượng vũ trang
BĐBP = bộ đội biên phòng
CBCC = cán bộ công chức = cán bộ, công chức
CBCCVC = cán bộ công chức viên chức = cán bộ, công chức, viên chức
CCHC = cải cách hành chính
TTHC = thủ tục hành chính
CĐS = chuyển đổi số
GPMB = giải phóng mặt bằng
GNBV = giảm nghèo bền vững
MTQG = mục tiêu quốc gia
ĐĐK = đại đoàn kết
HTX = hợp tác xã
NHCSXH = Ngân hàng Chính sách xã hội
BHYT = bảo hiểm y tế
BHXH = bảo hiểm xã hội
KDC = khu dân cư
TDP = tổ dân phố
XHCN = xã hội chủ nghĩa
CNH-HĐH = công nghiệp hóa, hiện đại hóa
ATTP = an toàn thực phẩm
VSMT = vệ sinh môi trường
BVMT = bảo vệ môi trường
TDTT = thể dục thể thao = thể dục, thể thao
VHVN = văn hóa văn nghệ = văn hóa, văn nghệ
HSSV = học sinh sinh viên = học sinh, sinh viên
TP HCM = TPHCM = Thành phố Hồ Chí Minh
"""


class Meaning:
    """One meaning. `spellings` are runs of folded words; `names` holds its own name and those of
    all meanings inside it: who writes `UBMTTQ` speaks of `MTTQ`, too.
    """

    def __init__(self, line):
        runs = (tuple(folded for folded, _ in word_forms(part)) for part in line.split("="))
        self.spellings = tuple(dict.fromkeys(runs))
        self.name = "".join(self.spellings[0])
        self.names = (self.name,)


@lru_cache(maxsize=1)
def _table():
    """{first word: [(spelling, meaning)]}, the longest spelling first."""
    meanings = [Meaning(line) for line in MEANINGS.strip().splitlines()]
    for meaning in meanings:
        inside = (
            other.name
            for other in meanings
            if any(_holds(mine, its) for mine in meaning.spellings for its in other.spellings)
        )
        meaning.names = tuple(dict.fromkeys((meaning.name, *inside)))
    table = {}
    for meaning in meanings:
        for spelling in meaning.spellings:
            table.setdefault(spelling[0], []).append((spelling, meaning))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def _holds(long, short):
    size = len(short)
    return any(long[at : at + size] == short for at in range(len(long) - size + 1))


def found_in(folded):
    """[(start, end, Meaning)] of the abbreviations and long forms in a list of folded words.

    The longest at each place; the words inside it are not looked at again.
    """
    table, found, at = _table(), [], 0
    while at < len(folded):
        for spelling, meaning in table.get(folded[at], ()):
            end = at + len(spelling)
            if tuple(folded[at:end]) == spelling:
                found.append((at, end, meaning))
                at = end
                break
        else:
            at += 1
    return found
