"""Whether the numbers of one sentence agree with each other. Hints: nothing is blocked or added up.

    đã giải quyết 08/24 đơn, 16 đơn đang xem xét           08 + 16 = 24
    tổng số 24 đơn, gồm 8 đơn khiếu nại và 15 đơn tố cáo    8 + 15 ≠ 24
    5/9 xã, đạt 55,6 %                                      5/9 = 55,6 %

Numbers as `reports.figures_in_text` reads them.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.templatetags.vietnamese import number
from reports.figures_in_text import INTEGER, NUMBER, decimal_of, is_day

_TOKEN = re.compile(
    rf"(?<![\w/.,])(?P<part>{NUMBER})(?:\s?/\s?(?P<whole>{INTEGER})(?![\d/]))?(?![\d/])"
    r"(?P<percent>\s*%)?(?:\s*(?P<thing>[^\W\d_]+))?"
)
# Before a number these make it a name or a day: `Nghị quyết 25`, `ngày 5`, `năm 2026`.
_NAMES_IT = re.compile(
    r"(?:\bsố|thứ|điều|khoản|mục|quyết định|nghị quyết|nghị định|chỉ thị|kết luận|công văn|phường|quận|"
    r"tổ|ấp|khóa|kỳ|năm|tháng|ngày|quý|lần)\s*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"tổng (?:số|cộng)\s*(?:là|:)?\s*$", re.IGNORECASE)
_ALL_PARTS = re.compile(r"\b(?:bao gồm|gồm có|gồm|chia ra|cụ thể)\b", re.IGNORECASE)
_SOME_PARTS = re.compile(r"\b(?:trong đó|trong số đó|trong số này)\b", re.IGNORECASE)
_THE_REST = re.compile(r"\+\s*$|\b(?:còn lại|còn|số khác)\b[^\d]{0,30}$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^[^\d.;]{0,25}\b(?:đang|chưa|còn|tiếp tục|chuyển|tồn|không đạt)\b", re.IGNORECASE
)
# `5/9 xã, đạt 55,6 %.` speaks of the share; `5/9 xã đạt 100 % kế hoạch` of something else.
_IS_RATE = re.compile(r"^[^\d;.]{0,40}$")
_SAYS_RATE = re.compile(r"\b(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ)\b[^\d]*$|[=(]\s*$", re.IGNORECASE)
_RATE_ENDS = re.compile(r"^\s*%\s*(?:$|[,.;)])")
# Words that go on with the sentence; all others after a number say what is counted.
_NO_THINGS = frozenset(
    ["trong", "gồm", "bao", "và", "đạt", "chiếm", "bằng", "còn", "là", "thì", "so", "với", "trên"]
)
_OUT_OF = re.compile(r"\b(?:trên|trong)(?:\s+tổng(?:\s+số)?)?\s*$", re.IGNORECASE)
_EQUATION = re.compile(
    rf"(?<![\w/.,])(?P<sum>(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+)\s*=\s*(?P<whole>{NUMBER})(?![\d/])"
)
# A sentence with more numbers is a table without lines.
_MOST = 40
_LONGEST = 3_000


@dataclass(frozen=True)
class Check:
    """`agrees` is None where the sentence names only some of the parts. `words` say what was reckoned."""

    agrees: bool | None
    words: str
    # The numbers that were reckoned with, as printed.
    printed: tuple

    @property
    def verdict(self):
        return {True: "khớp", False: "không khớp", None: "chưa kể đủ"}[self.agrees]

    def __str__(self):
        return f"{self.verdict}: {self.words}"


@dataclass(frozen=True)
class _Token:
    value: Decimal
    printed: str
    whole: Decimal | None
    whole_printed: str
    is_percent: bool
    thing: str
    start: int
    end: int  # behind the number itself
    before: str
    after: str


def checks_of(sentence):
    """The `Check`s of one sentence, in its order; most sentences have none."""
    sentence = sentence[:_LONGEST]
    tokens = _tokens(sentence)
    return [
        *_equations(sentence),
        *_rests(sentence, tokens),
        *_lists(sentence, tokens),
        *_rates(sentence, tokens),
    ]


def _tokens(sentence):
    found = []
    for match in _TOKEN.finditer(sentence):
        before = sentence[max(0, match.start() - 40) : match.start()]
        if _NAMES_IT.search(before) and not _TOTAL.search(before):
            continue
        if match["whole"] and is_day(before, match["part"], match["whole"]):
            continue
        thing = (match["thing"] or "").lower()
        end = match.end("whole") if match["whole"] else match.end("part")
        found.append(
            _Token(
                value=decimal_of(match["part"]),
                printed=match["part"],
                whole=decimal_of(match["whole"]) if match["whole"] else None,
                whole_printed=match["whole"] or "",
                is_percent=bool(match["percent"]),
                thing="" if thing in _NO_THINGS else thing,
                start=match.start(),
                end=end,
                before=before,
                after=sentence[end : end + 60],
            )
        )
        if len(found) == _MOST:
            break
    return found


def _equations(sentence):
    for match in _EQUATION.finditer(sentence):
        parts = re.findall(NUMBER, match["sum"])
        yield _sum_check(parts, match["whole"], (*parts, match["whole"]))


def _rests(sentence, tokens):
    """`08/24 đơn …, 16 đơn đang …`: a share, and then what is left of the whole."""
    for index, share in enumerate(tokens):
        if share.whole is None or share.is_percent:
            continue
        rest = []
        for token in tokens[index + 1 :]:
            if token.whole is not None or token.is_percent:
                break
            if token.thing != share.thing or ";" in sentence[share.end : token.start]:
                continue
            rest.append(token)
        if not rest:
            continue
        total = share.value + sum(token.value for token in rest)
        is_told = any(_THE_REST.search(t.before) or _GOES_ON.match(t.after) for t in rest)
        if total == share.whole or is_told:
            parts = [share.printed, *(token.printed for token in rest)]
            yield _sum_check(
                parts, share.whole_printed, (f"{share.printed}/{share.whole_printed}", *parts[1:])
            )


def _lists(sentence, tokens):
    """`tổng số 24 đơn, gồm 8 đơn … và 16 đơn …`."""
    for index, whole in enumerate(tokens[:-1]):
        if whole.whole is not None or whole.is_percent:
            continue
        between = sentence[whole.end : tokens[index + 1].start]
        all_parts, some_parts = _ALL_PARTS.search(between), _SOME_PARTS.search(between)
        if not (all_parts or some_parts) or ";" in between or len(between) > 80:
            continue
        parts = []
        for previous, token in zip(tokens[index:], tokens[index + 1 :], strict=False):
            if parts and (
                ";" in sentence[previous.end : token.start]
                or _SOME_PARTS.search(sentence[previous.end : token.start])
            ):
                break
            if token.whole is None and not token.is_percent:
                parts.append(token)
        if len(parts) > 1 and sum(part.value for part in parts) == whole.value:
            printed = [part.printed for part in parts]
            yield _sum_check(printed, whole.printed, (whole.printed, *printed))
            continue
        alike = [part for part in parts if not whole.thing or part.thing == whole.thing]
        same_thing = len(alike) == len(parts) or bool(alike)
        parts = alike or parts
        if len(parts) < 2:
            continue
        total = sum(part.value for part in parts)
        printed = [part.printed for part in parts]
        if total == whole.value:
            yield _sum_check(printed, whole.printed, (whole.printed, *printed))
        elif not same_thing or (not whole.thing and len({part.thing for part in parts}) > 1):
            continue  # apples and pears
        elif total < whole.value and not all_parts:
            words = f"{' + '.join(printed)} = {number(total)}, tổng số là {whole.printed}"
            yield Check(None, words, (whole.printed, *printed))
        else:
            yield _sum_check(printed, whole.printed, (whole.printed, *printed))


def _rates(sentence, tokens):
    """`5/9 xã, đạt 55,6 %` and `5 hộ trên tổng số 9 hộ, đạt 55,6 %`."""
    for index, token in enumerate(tokens):
        if not token.is_percent or not index:
            continue
        before = tokens[index - 1]
        if not _IS_RATE.match(sentence[before.end : token.start]) or before.is_percent:
            continue
        if before.whole is not None:
            part, whole = before.printed, before.whole_printed
        elif index > 1 and _OUT_OF.search(before.before) and tokens[index - 2].whole is None:
            part, whole = tokens[index - 2].printed, before.printed
        else:
            continue
        if not decimal_of(whole) or decimal_of(part) > decimal_of(whole):
            continue
        check = _rate_check(part, whole, token.printed)
        is_surely_meant = _SAYS_RATE.search(
            sentence[before.end : token.start]
        ) and _RATE_ENDS.match(token.after)
        if check.agrees or is_surely_meant:
            yield check


def _rate_check(part, whole, printed):
    decimals = len(printed.partition(",")[2])
    step = Decimal(1).scaleb(-decimals)
    exact = decimal_of(part) * 100 / decimal_of(whole)
    told = decimal_of(printed)
    agrees = abs(exact - told) <= step / 2
    shown = exact.quantize(min(step, Decimal("0.1")), rounding=ROUND_HALF_UP)
    words = f"{part}/{whole} = {printed} %" if agrees else (
        f"{part}/{whole} = {number(shown)} %, bài ghi {printed} %"
    )  # fmt: skip
    return Check(agrees, words, (f"{part}/{whole}", part, whole, printed))


def _sum_check(parts, whole, printed):
    agrees = sum(map(decimal_of, parts)) == decimal_of(whole)
    sign = "=" if agrees else "≠"
    return Check(agrees, f"{' + '.join(parts)} {sign} {whole}", tuple(printed))
