"""Who wrote, photographed and sent it: the grammar of bylines (DOMAIN, section 3).

Met in the wild: `X`, `X - Y`, `X – ĐƠN VỊ`, `X (ĐƠN VỊ)`, `X/VOV`, `A.B`, `CTV X`, `Tác giả: X`,
`Tin, ảnh: X`, `BT: X – Hình: Y`, `Bài: X Ảnh: Y`, `PV`, an organisation alone, `Nguồn: …`,
`Theo …`. The same dash stands between two writers and before an organisation: what is read here is
a suggestion.
"""

import re
from dataclasses import dataclass, field

from .names import (
    is_account,
    is_nobody,
    is_organisation,
    is_person,
    is_place,
    is_role,
    is_syllable,
    mentions_organisation,
    without_role,
)

AUTHOR, PHOTOGRAPHER, EDITOR, INFORMANT = "authors", "photographers", "editors", "informants"
SOURCE, ACCOUNT, NOBODY = "source", "account", "nobody"

_LABELS = {
    AUTHOR: "tác giả bài viết|tác giả|người viết|người thực hiện|thực hiện|bài viết|tin bài|tin|bài"
    "|bt|viết|biên soạn|tổng hợp|nội dung|lời|phóng viên|cộng tác viên|pv|ctv",
    PHOTOGRAPHER: "hình ảnh|ảnh chụp|chụp ảnh|ảnh|hình|photo",
    EDITOR: "biên tập viên|biên tập|hiệu đính|btv",
    INFORMANT: "người cung cấp tin|người cung cấp|cung cấp tin|cung cấp thông tin|cung cấp",
    SOURCE: "nguồn tin|nguồn bài|nguồn ảnh|nguồn|theo",
    ACCOUNT: "người đăng tin|người đăng|đăng bởi|đăng tin|người gửi|được đăng bởi|posted by"
    "|người nhập|cập nhật bởi|người cập nhật|người tạo",
    NOBODY: "video clip|video|clip|đồ họa|thiết kế|trình bày|kỹ thuật|âm thanh|ảnh minh họa",
}
_ROLE_OF = {label: role for role, labels in _LABELS.items() for label in labels.split("|")}
_ANY_LABEL = "|".join(sorted(map(re.escape, _ROLE_OF), key=len, reverse=True))
_JOINT = r"\s*(?:[,;/&+\-–—]|và)\s*"
_LABEL_GROUP = re.compile(
    rf"(?<![\w/])((?:{_ANY_LABEL})(?:(?:{_JOINT}|\s+)(?:{_ANY_LABEL})){{0,4}})\s*[:：]\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"(?<!\w)(?:{_ANY_LABEL})(?!\w)", re.IGNORECASE)
# `Tin, ảnh Lan Anh`: two labels make a byline even without a colon.
_NO_COLON = re.compile(
    rf"((?:tin|bài|bài viết){_JOINT}(?:ảnh|hình ảnh|hình))\s+(?P<name>[^\W\d_].*)", re.IGNORECASE
)
_BARE_SOURCE = re.compile(
    r"(?:Theo|THEO)\s*(?P<name>[^\W\d_].+)|(?:Nguồn|NGUỒN)\s+(?P<other>[^\W\d_].+)"
)
_OPENING = " \t-–—*•>|(["
_CLOSING = " \t-–—*•|,;:"
_BRACKETS_AT_END = re.compile(r"^(?P<head>.*?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*\.?$")
_SOURCE_INSIDE = re.compile(r"(?:theo|nguồn)\s*:?\s*(?P<name>.+)", re.IGNORECASE)
_TASK_INSIDE = re.compile(
    r"(?:tổng hợp|t/h|th|ghi|lược ghi|thực hiện|sưu tầm|st|biên soạn|biên tập|lược thuật|ctv|pv"
    r"|cộng tác viên|phóng viên|bài và ảnh|tin và ảnh|tin,? ảnh)",
    re.IGNORECASE,
)
_SOURCE_BEHIND = re.compile(r"(?P<head>\S.*\S)\s+(?:[Tt]heo|THEO)\s+(?P<source>[^\W\d_].{2,50})")
_SPACED_DASH = re.compile(r"\s+[-–—_]\s*|\s*[-–—_]\s+|\s*[–—]\s*")
_LISTED = re.compile(r"\s*(?:[,;&+|]|(?<=\s)và(?=\s))\s*")
_SAYS_SOMETHING = re.compile(
    r"\d|(?<!\w)(?:đã|được|là|có|sẽ|vừa|tổ chức|triển khai|tiếp tục|cho biết|phát biểu|trao|thăm|tặng|"
    r"sơ kết|tổng kết|ra mắt|khai mạc|làm việc|chúc|dự|hội nghị|và khách|trên địa bàn)(?!\w)",
    re.IGNORECASE,
)
_NUMBERED_PLACE = re.compile(
    r"(?:phường|quận|p\.|q\.|tổ|khu phố|khu|ấp|thôn|số)\s*\d+", re.IGNORECASE
)
_MAX_NAMES = 6


@dataclass
class Credits:
    """What one line of a byline says; `notes` are Vietnamese words of doubt."""

    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    informants: list[str] = field(default_factory=list)
    organisation: str = ""
    source: str = ""
    notes: list[str] = field(default_factory=list)
    is_account: bool = False

    def __bool__(self):
        return bool(
            self.authors
            or self.photographers
            or self.editors
            or self.informants
            or self.organisation
            or self.source
            or self.is_account
        )

    def add(self, role, names):
        """Add names to a role's list, each once, in printed order."""
        known = getattr(self, role)
        known.extend(name for name in names if name not in known)

    def merge(self, other):
        for role in (AUTHOR, PHOTOGRAPHER, EDITOR, INFORMANT):
            self.add(role, getattr(other, role))
        self.organisation = self.organisation or other.organisation
        self.source = self.source or other.source
        self.notes += [note for note in other.notes if note not in self.notes]


def read_labelled(line):
    """The credits of a line that says what its names did (`Tin, ảnh: X`), or None."""
    if len(line) > 300:
        return None
    text = line.strip()
    if text.startswith(("(", "[")):
        text = text.rstrip(" .)]")
    text = text.lstrip(_OPENING).rstrip(" |*•")
    if (found := _NO_COLON.fullmatch(text)) and is_person(found["name"].strip(" .")):
        text = f"{found[1]}: {found['name']}"
    labels = list(_LABEL_GROUP.finditer(text))
    if not labels or len(text) > 200:
        return None
    credits = Credits()
    if labels[0].start() > 0:
        # `Phạm Quang; ảnh: Lê Hà`: the writer needs no label.
        writer = read_bare(text[: labels[0].start()])
        if not (writer and writer.authors):
            return None
        credits.merge(writer)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = text[label.end() : following.start() if following else len(text)]
        _read_value(credits, _roles(label[1]), _without_end(value))
    return credits or None


def read_bare(line):
    """The credits of a line that is nothing but a byline (`X – ĐƠN VỊ`), or None. Strict."""
    if len(line) > 300:
        return None
    text = line.strip().strip(_OPENING).strip()
    if line.strip().startswith(("(", "[")):
        text = text.rstrip(")] .")
    text = _without_end(text)
    if not text or len(text) > 120 or ":" in text:
        return None
    if source := read_source(text):
        return Credits(source=source)
    if text != line.strip() and re.search(r"[.;]$", line.strip()) and len(text.split()) > 8:
        return None
    credits = _names(text, lenient=False)
    if credits and not credits.authors and not _is_office(credits.organisation):
        return None if not credits.source else Credits(source=credits.source)
    return credits


def _is_office(name):
    """Whether a line without any person can be an office's signature, not a sentence about one."""
    without_numbers = _NUMBERED_PLACE.sub("", name)
    return len(name.split()) <= 12 and not _SAYS_SOMETHING.search(without_numbers)


def _without_end(text):
    """Without the stop, slash or dash after it; the last stop of `M.T.` is its own."""
    text = re.sub(r"\s*\.?/\.?$", "", text.strip(_CLOSING)).strip(_CLOSING)
    if text.endswith(".") and not re.search(r"(?:^|[\s.])[^\W\d_]\.$", text):
        text = text[:-1].rstrip()
    return text


def read_source(line):
    """`Theo Báo Sơn La`, `TheoBáo Sơn La` -> `Báo Sơn La`; empty where it is a sentence."""
    text = line.strip()
    found = _BARE_SOURCE.fullmatch(text.strip("()[] ") if text.startswith(("(", "[")) else text)
    name = (found["name"] or found["other"] or "").strip(" .:") if found else ""
    words = name.split()
    if not words or len(words) > 9 or len(name) > 70 or re.search(r"[,;!?]", name):
        return ""
    if words[0].lower() in ("ông", "bà", "đồng", "chị", "anh", "đó", "các", "báo cáo"):
        return ""
    # `Theo kế hoạch …` goes on as a sentence; `Theo binhdinh online` names a place on the net.
    is_name = words[0][0].isupper() or "." in words[0] or not is_syllable(words[0])
    return name if is_name and "báo cáo" not in name.lower() else ""


def _roles(label):
    """The roles a label names: `Tin, ảnh` -> authors and photographers."""
    text, roles = label.lower(), []
    while text:
        found = _LABEL.search(text)
        if not found:
            break
        # Longest label first: `ảnh minh họa` is not `ảnh`.
        roles.append(_ROLE_OF[found[0].lower()])
        text = text[found.end() :]
    return list(dict.fromkeys(roles))


def _read_value(credits, roles, value):
    roles = [role for role in roles if role != NOBODY]
    if not value or not roles or is_nobody(value):
        return
    if roles == [SOURCE]:
        credits.source = credits.source or value.strip(" .")
        return
    if ACCOUNT in roles:
        credits.is_account = True
        credits.notes.append(f"“{value}” là người nhập bài lên cổng, không lấy làm tác giả.")
        return
    names = _names(value, lenient=True)
    if names is None:
        return
    for role in roles:
        if role in (AUTHOR, PHOTOGRAPHER, EDITOR, INFORMANT):
            credits.add(role, names.authors)
    # What stands behind a photographer is whom the picture belongs to, not who sent the text.
    if roles != [PHOTOGRAPHER]:
        credits.organisation = credits.organisation or names.organisation
    credits.source = credits.source or names.source
    credits.notes += names.notes
    credits.is_account = credits.is_account or names.is_account


def _names(text, *, lenient):
    """The names of one value as authors, with organisation and source; None if it is no byline."""
    text = text.strip().strip("“”\"'").strip()
    credits = Credits()
    while found := _BRACKETS_AT_END.fullmatch(text):
        _read_brackets(credits, found["inside"].strip())
        text = found["head"]
    text = text.rstrip(_CLOSING)
    if not text:
        return credits or None
    if found := _SOURCE_BEHIND.fullmatch(text):
        credits.source = credits.source or found["source"].strip(" .")
        text = found["head"].strip(_CLOSING)
    head, _, agency = text.partition("/")
    if agency and not re.search(r"\d/\d", text):
        return _with_agency(credits, head.strip(), agency.strip(), lenient)
    people, organisation = _people(text, lenient=lenient)
    if people is None or not (people or organisation or credits):
        return None
    if not people and organisation and credits.organisation:
        credits.organisation = f"{organisation} ({credits.organisation})"
    return _filled(credits, people, organisation)


def _filled(credits, people, organisation):
    for name in people:
        if is_account(name):
            credits.is_account = True
            credits.notes.append(f"“{name}” là tên tài khoản, không lấy làm tác giả.")
            continue
        if is_role(name):
            credits.notes.append(f"“{name}” là vai trò, không phải tên người: xin xem lại.")
        credits.add(AUTHOR, [name])
    credits.organisation = credits.organisation or organisation
    return credits


def _with_agency(credits, head, agency, lenient):
    """`Hải Yến/VOV.VN`, `An Kiên/VOV- Tây Bắc`; also two writers, `Lan Anh/Minh Đức`."""
    people, organisation = _people(head, lenient=lenient)
    if not people:
        return None
    if is_person(agency):
        return _filled(credits, [*people, agency], organisation)
    if len(agency.split()) > 8:
        return None
    return _filled(credits, people, organisation or agency.rstrip(" ."))


def _read_brackets(credits, inside):
    if not inside or _TASK_INSIDE.fullmatch(inside):
        return
    if source := _SOURCE_INSIDE.fullmatch(inside):
        credits.source = credits.source or source["name"].strip(" .")
    elif len(inside) <= 80:
        credits.organisation = credits.organisation or inside


def _people(text, *, lenient):
    """([names], organisation) of a text without brackets; (None, "") if it is no byline."""
    people = []
    for part, start in _parts(text):
        name = without_role(part)
        if is_role(part):
            # `Nguyễn Trọng Nghĩa – CTV` is one person.
            people += [] if people else [part]
        elif _is_organisation(part, name, people):
            # From here on, dashes and commas are its own: `Trung tâm VH – TT – TT`.
            return people, text[start:].strip()
        elif pair := _two_in_one(name):
            people += pair
        elif is_person(name) or (lenient and (is_account(name) or _passes_leniently(name))):
            people.append(name)
        elif not people and (found := _name_before_organisation(name)):
            return [found[0]], found[1] + text[start + len(part) :]
        else:
            return None, ""
        if len(people) > _MAX_NAMES:
            return None, ""
    return people, ""


def _is_organisation(part, name, people):
    if is_organisation(part):
        return not (name != part and is_person(name))
    return bool(people) and (is_place(part) or mentions_organisation(part))


def _name_before_organisation(text):
    """`Thu Hiền Đài TT-TH Đức Phổ`: nothing parts the two; the organisation's first word does."""
    words = text.split()
    for cut in range(2, min(5, len(words) - 1)):
        name, organisation = " ".join(words[:cut]), " ".join(words[cut:])
        if is_person(name) and is_organisation(organisation) and not is_person(text):
            return name, organisation
    return None


def _passes_leniently(name):
    """Behind a label even an odd name is one: a single word, a place's name, a nickname."""
    words = name.split()
    return (
        1 <= len(words) <= 5
        and len(name) <= 40
        and name[:1].isupper()
        and not re.search(r"[\d:!?“”\"]", name)
        and all(word[:1].isupper() for word in words)
    )


def _parts(text):
    """[(part, where it starts)]: the text cut at dashes with a space, at commas and `và`."""
    cuts, start = [], 0
    borders = sorted(
        [(m.start(), m.end()) for m in _SPACED_DASH.finditer(text)]
        + [(m.start(), m.end()) for m in _LISTED.finditer(text)]
    )
    for begin, end in borders:
        if begin < start:
            continue
        cuts.append((text[start:begin].strip(), start))
        start = end
    cuts.append((text[start:].strip(), start))
    return [(part, at) for part, at in cuts if part]


def _two_in_one(text):
    """`Mai Hương-Duy Thanh` -> both names; a hyphen inside one name stays."""
    halves = [half.strip() for half in text.split("-")]
    if len(halves) == 2 and all(" " in half and is_person(half) for half in halves):
        return halves
    return []
