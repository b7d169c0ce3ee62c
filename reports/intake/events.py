"""What kind of event a page tells of, and where and by whom it was held.

The kind is read where events are announced: in the title, the lead and the first sentences – after
"tổ chức", "hội nghị", "lễ", "lớp" – and never from what a text is about (a page on giám sát may
tell of a sơ kết).
"""

import re

from reports.letters import LOWER, UPPER
from reports.models.choices import EventKind as Kind

# Words of a meeting; the kind stands behind them.
_MEETING = (
    r"(?:hội nghị|hội thảo|cuộc họp|phiên họp|buổi họp|họp|buổi|lễ|lớp|chương trình|đợt|cuộc|"
    r"đoàn|tổ(?! chức)|kế hoạch tổ chức|công tác)"
)
_HELD = (
    r"(?:tổ chức|phối hợp|tiến hành|mở|khai mạc|bế mạc|diễn ra|triển khai|chủ trì|dự|tham dự|đã|làm|"
    r"ra mắt|tham gia|đến|vừa|sẽ|có|về)"
)
# Kind -> the words that name it. The order breaks ties in one sentence.
_WORDS = (
    (Kind.BRIEFING, r"giao ban|trực báo|giao ban công tác"),
    (Kind.INTERIM_REVIEW, r"sơ kết|sơ, tổng kết"),
    (Kind.CRITIQUE, r"phản biện(?: xã hội)?"),
    (Kind.VOTER_MEETING, r"tiếp xúc(?: với)? cử tri"),
    (Kind.TRAINING, r"tập huấn|lớp bồi dưỡng|bồi dưỡng(?: nghiệp vụ| kiến thức| kỹ năng| công tác| chính trị| lý luận)"),
    (Kind.DIALOGUE, r"đối thoại"),
    (Kind.LAUNCH, r"phát động|ra quân"),
    (Kind.FINAL_REVIEW, r"tổng kết"),
    (Kind.SEMINAR, r"t(?:ọa|oạ) đàm|gặp mặt|họp mặt"),
    (Kind.SURVEY, r"giám sát|khảo sát|kiểm tra"),
    (Kind.SIGNING, r"ký kết|ký kế hoạch phối hợp|ký giao ước"),
    (Kind.VISIT, r"thăm(?: hỏi)?(?:,| và)? (?:tặng|chúc|trao|động viên|hỏi)|trao tặng|tặng quà|trao quà|"
     r"bàn giao (?:nhà|căn nhà|\d+ căn nhà)|trao (?:nhà|\d+ (?:căn )?nhà|kinh phí|nhà đại đoàn kết|bò|sinh kế)|"
     r"đi thăm|đến thăm|về thăm|tới thăm|thăm và làm việc|viếng thăm"),
    (Kind.CONGRESS, r"đại hội"),
    (Kind.ROLL_OUT, r"triển khai|quán triệt|học tập nghị quyết"),
    (Kind.SEMINAR, r"lễ kỷ niệm|mít tinh kỷ niệm|tổ chức kỷ niệm|kỷ niệm \d+ năm"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)) for kind, words in _WORDS)
# These need a meeting in front of them: as plain verbs they are in every text.
_NEEDS_MEETING = {Kind.ROLL_OUT, Kind.SURVEY, Kind.FINAL_REVIEW, Kind.INTERIM_REVIEW, Kind.SIGNING}
_NEEDS_MEETING |= {Kind.CRITIQUE, Kind.CONGRESS, Kind.LAUNCH}
_CEREMONY = re.compile(
    r"(?:tổ chức|diễn ra|dự|khai mạc|tham dự|long trọng|trang trọng)[^.;]{0,40}?(?<!\w)(?:buổi )?lễ "
    r"(?!kỷ niệm)(?=\w)",
    re.I,
)
_STRONG_CEREMONY = re.compile(r"(?<!\w)lễ kỷ niệm(?!\w)", re.I)
_MEETING_BEFORE = re.compile(rf"(?<!\w){_MEETING}(?!\w)[^.;:]{{0,60}}$", re.I)
_HELD_BEFORE = re.compile(rf"(?<!\w){_HELD}(?!\w)[^.;:]{{0,30}}$", re.I)
# `chương trình giám sát`, `dự Đại hội`, `mô hình đối thoại`: the subject, not the deed.
_SUBJECT_BEFORE = re.compile(
    r"(?<!\w)(?:chất lượng|hiệu quả|vai trò|năng lực|nghiệp vụ|nhiệm vụ|kênh|kế hoạch|mô hình|đề án|quyết định|quy định|hướng dẫn|phương án|chào mừng|hướng tới|tiến tới|trước thềm|nghị quyết|văn kiện|đại biểu dự|thành công|sau|kể từ|"
    r"qua|về việc|quy chế|hoạt động|kết quả|ban|chủ động|nhân dịp|nhân|dịp|tiếp tục|quá trình|việc|"
    r"nghe báo cáo|được|năm|và làm tốt|tốt|tăng cường|đẩy mạnh|nâng cao|ý kiến|kỹ năng|chức năng|"
    r"chuẩn bị cho|chuẩn bị|phục vụ|phong trào|đang|nội dung|chiến dịch|hưởng ứng|luật|tại|ở|ban hành)"
    r"(?:\s+(?:công tác|cho|của|các|cuộc|kỳ|đợt|lễ))?\s*$",
    re.I,
)
# `phong trào do Trung ương phát động`: others did it, some time.
_BY_OTHERS = re.compile(r"(?<!\w)do [^,;.]{2,50}$", re.I)
# What was done in months past is not the event.
_LOOKS_BACK = re.compile(
    r"\W*(?:trong )?(?:thời gian qua|những năm qua|năm qua|\d+ (?:năm|tháng) qua|qua \d+|từ đầu năm|"
    r"6 tháng đầu năm|năm 20\d\d|quý |thời gian tới|trước đó|bên cạnh|hàng năm|hằng năm)",
    re.I,
)
_WORKS_WITH = re.compile(
    r"(?:tiếp|làm việc|buổi làm việc)[^.;]{0,40}?(?:tổ|đoàn)(?: công tác)? (?:khảo sát|giám sát|kiểm tra)",
    re.I,
)

_VENUE = re.compile(
    r"(?<!\w)[Tt]ại\s+(?P<venue>(?!điểm cầu|hội nghị|buổi|lễ|cuộc|đây|chương trình|đại hội|phiên|quyết|"
    r"khoản|điều|các|nhiều|những|địa phương|cơ sở\b|Hội nghị|Đại hội)"
    r"(?:\([^()]*\)|[^,;.()\d]|\d|\.(?=\w)){2,110}?)"
    # Places above it, but not the next subject: `…, xã Hòa Thuận tổ chức …`.
    rf"(?P<more>(?:,\s*(?i:quận|huyện|xã|phường|thị xã|thị trấn|thành phố|TP|TX|tỉnh|ấp|thôn|bản|khu phố|"
    rf"số|đường)\.?(?:\s+[{UPPER}\d][\w.]*)+(?=\s*[,;.]|$))*)"
    r"(?=\s*[,;.]|\s+(?:đã|diễn ra|tổ chức(?! sự kiện)|vừa|được|để|nhằm|vào|cho|với|do)\s|$)"
)
_TAKES_PLACE = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|họp|mở|gặp mặt|có mặt|làm lễ|trao|thăm|đối thoại|tiếp xúc|làm việc|"
    r"ra quân|phát động|tiến hành|giám sát|khảo sát|phản biện|hội nghị|buổi|lễ)(?!\w)",
    re.I,
)
_CHAIRS = re.compile(r"(?<!\w)(?:đồng )?chủ (?:trì|tọa)(?!\w)", re.I)
_CHAIRED = re.compile(
    r"^\s*(?:hội nghị|cuộc họp|buổi|phiên|lễ|toàn|chương trình|đại hội|cuộc|tọa đàm|toạ đàm|lớp|và|,|\.|;|$|tại)",
    re.I,
)
_NAME = rf"(?:[{UPPER}][{LOWER}]*(?:'[{UPPER}][{LOWER}]*)?)"
_FULL_NAME = rf"{_NAME}(?:\s+{_NAME}){{1,4}}"
_TITLE = (
    r"(?:[Cc]ác đồng chí|[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Cc]hị|[Aa]nh|[Tt]hiếu tướng|[Đđ]ại tá|"
    r"[Tt]hượng tá|[Tt]rung tá|[Tt]hiếu tá|(?:PGS\.?\s*)?TS\.?)"
)
_PERSON = re.compile(rf"{_TITLE}[:\s]+(?P<name>{_FULL_NAME})")
_NAME_AT_END = re.compile(rf"(?P<name>{_FULL_NAME})\s*$")
_VERBS_AT_END = re.compile(r"(?:\s+(?:đã|dự|tham dự|và))+\s*$")
_VERB = re.compile(
    r"(?<!\w)(?:dự|tham dự|có|cùng|phát biểu|đã|đến|là|trao|do|với|cho|tổ chức|thay mặt)(?!\w)|[.;]",
    re.I,
)
_OFFICE = re.compile(r"(?:Ủy|Uỷ|Ban|Hội|Mặt|Tổ|Đảng|Thành|Huyện|Tỉnh|Thị)\b")
_CHAIR_IS = re.compile(
    rf"[Cc]hủ (?:trì|tọa)[^.;]{{0,40}}?(?:là|có|:|do|gồm)\s*(?:các\s+)?(?P<who>{_TITLE}[^.;]{{3,300}})"
)
_UNDER_CHAIR = re.compile(
    rf"dưới sự chủ (?:trì|tọa) của\s*(?P<who>{_TITLE}[^.;]{{3,200}})", re.IGNORECASE
)


def find_kind(title, lead, body):
    """(kind value, the sentence it was read from); ("", "") where the page tells of no event.

    `lead` and `body` are lists of sentences; of the body only the first few are looked at.
    """
    if kind := _kind_of(title, is_title=True):
        return kind, title
    for number, sentence in enumerate([*lead, *body][:6]):
        if number and _LOOKS_BACK.match(sentence):
            continue
        if kind := _kind_of(sentence, is_title=False, is_lead=number < 2):
            return kind, sentence
    for sentence in (title, *(lead or body)[:2]):
        if _CEREMONY.search(sentence):
            return Kind.CEREMONY.value, sentence
    return "", ""


def _kind_of(text, *, is_title, is_lead=True):
    if _WORKS_WITH.search(text):
        return Kind.SURVEY.value
    found = []
    for rank, (kind, words) in enumerate(_COMPILED):
        for match in words.finditer(text):
            strength = _strength(kind, text, match, is_title=is_title, is_lead=is_lead)
            if strength:
                found.append((-strength, rank, match.start(), kind))
    if not found:
        return ""
    if _STRONG_CEREMONY.search(text) and min(found)[3] in (Kind.FINAL_REVIEW, Kind.ROLL_OUT):
        return Kind.SEMINAR.value
    return min(found)[3].value


def _strength(kind, text, match, *, is_title, is_lead):
    """2 where the words name the meeting, 1 where they are what somebody did, 0 for mere mention."""
    before, after = text[: match.start()], text[match.end() :]
    if match[0].lower().startswith(("lễ kỷ niệm", "mít tinh")):
        return 2
    if match[0].lower().startswith("tổ chức kỷ niệm"):
        return 1
    if match[0].lower().startswith("kỷ niệm"):
        return int(is_title and not before.strip())
    if kind == Kind.LAUNCH and _BY_OTHERS.search(before):
        return 0
    if kind == Kind.LAUNCH and re.search(r"(?:tổ chức|lễ)[^;]*\svà\s*$", before, re.I):
        return 1
    if _SUBJECT_BEFORE.search(before):
        return 0
    # Further down, texts "triển khai" something in every other sentence.
    if kind == Kind.ROLL_OUT and not (is_title or is_lead):
        return 0
    meeting = _MEETING_BEFORE.search(before)
    if meeting and _is_meeting_for(meeting[0], kind):
        return 2
    if re.match(
        r"\s*(?:công tác|việc thực hiện|hoạt động|\d+ (?:năm|tháng)|chương trình|năm)", after
    ) and (kind in (Kind.FINAL_REVIEW, Kind.INTERIM_REVIEW)):
        return 2 if is_title or is_lead else 0
    if kind == Kind.CONGRESS:
        return (
            1
            if is_title and (_HELD_BEFORE.search(before) or not before.strip())
            else _congress(text, match)
        )
    if is_title:
        if kind in (Kind.ROLL_OUT, Kind.CRITIQUE) or (kind == Kind.SURVEY and not _is_deed(before)):
            return 0
        return 1
    if kind == Kind.ROLL_OUT:
        return 0
    if not is_lead and kind in _NEEDS_MEETING:
        return 0
    return (
        1
        if _HELD_BEFORE.search(before) or _is_deed(before)
        else int(kind == Kind.VISIT and is_lead)
    )


def _congress(text, match):
    """`Đại hội … diễn ra`, `tổ chức đại hội`, not `Đại hội` as somebody's occasion."""
    before, after = text[: match.start()], text[match.end() :]
    if re.search(r"(?:tổ chức|khai mạc|diễn ra|tiến hành)[^.;,]{0,50}$", before, re.I):
        return 2
    opens = not before.strip() and match[0][0].isupper()
    return int(
        opens
        and bool(re.search(r"diễn ra|tổ chức|khai mạc|hoàn tất|làm từ|thành công", after, re.I))
    )


def _is_meeting_for(between, kind):
    """`hội nghị sơ kết`, also `hội nghị trực tuyến toàn quốc triển khai`; not `hội nghị … về giám sát`."""
    if kind in (Kind.SURVEY, Kind.DIALOGUE, Kind.TRAINING, Kind.LAUNCH) and re.search(
        r"(?<!\w)(?:về|kết quả|ban hành|báo cáo)(?!\w)", between, re.I
    ):
        return False
    if re.match(r"(?:tổ|đoàn|công tác|cuộc)(?!\w)", between, re.I):
        return kind == Kind.SURVEY or (kind == Kind.DIALOGUE and between.lower().startswith("cuộc"))
    # A verb between them begins another thought.
    return not re.search(
        r"[,](?=.*,)|(?<!\w)(?:nhằm|để|đã|do|của (?:bộ|ban|đảng|tỉnh))(?!\w)", between, re.I
    )


def _is_deed(before):
    """Whether what stands before is who did it: `Ủy ban MTTQ huyện giám sát việc …`."""
    return bool(before.strip()) and not re.search(
        r"(?:[,:;]|và|về|trong|của|cho|từ)\s*$", before.strip(), re.I
    )


# --- where, and by whom ------------------------------------------------------------------------


def find_venue(sentences):
    """(venue, sentence) from the lead's `tại …`; empty where it does not say."""
    for sentence in sentences[:4]:
        if not _TAKES_PLACE.search(sentence):
            continue
        for found in _VENUE.finditer(sentence):
            venue = f"{found['venue']}{found['more']}".strip(" –-:")
            if len(venue.split()) >= 2 and not re.match(r"[“\"\d]", venue):
                return venue, sentence
    return "", ""


def find_chair(sentences):
    """("A; B", sentence) of who held the chair; empty unless the text says "chủ trì" of a person."""
    for sentence in sentences:
        if not _CHAIRS.search(sentence):
            continue
        for pattern in (_CHAIR_IS, _UNDER_CHAIR):
            if found := pattern.search(sentence):
                names = [m["name"] for m in _PERSON.finditer(_until_guests(found["who"]))]
                if names:
                    return "; ".join(dict.fromkeys(names[:4])), sentence
        if names := _chairs_before(sentence):
            return "; ".join(dict.fromkeys(names)), sentence
    return "", ""


def _together(people, text):
    """The last of `people`, and those before with whom no verb comes between."""
    first = len(people) - 1
    while first and not _VERB.search(text[people[first - 1].end() : people[first].start()]):
        first -= 1
    return people[first:]


def _until_guests(text):
    """Only who chairs: a secretary or guests may follow in the same sentence."""
    return re.split(r",?\s+(?:thư ký|cùng dự|tham dự|cùng tham|với sự)", text, maxsplit=1)[0]


def _chairs_before(sentence):
    """`Đồng chí A – chức vụ … chủ trì hội nghị`, `bà A và bà B đồng chủ trì`."""
    for found in _CHAIRS.finditer(sentence):
        if not _CHAIRED.match(sentence[found.end() :]):
            continue
        before = sentence[: found.start()]
        if re.search(
            r"(?:Ủy ban|Uỷ ban|Ban|Hội|Mặt trận|Tổ quốc|UBND|đơn vị|cơ quan)[^,]{0,40}$", before
        ) and not (_PERSON.search(before) or _NAME_AT_END.search(before)):
            continue
        direct = _NAME_AT_END.search(_VERBS_AT_END.sub("", before))
        if direct and not _OFFICE.match(direct["name"]):
            return [direct["name"]]
        people = list(_PERSON.finditer(before))
        if people:
            return [person["name"] for person in _together(people, before)][-4:]
    return []
