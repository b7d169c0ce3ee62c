"""Signs and spaces."""

import re

from ..finding import Found, Level, Replacement, rule

_BEFORE_SIGN = re.compile(r"(\w+[”\"%)]?)[ \u00a0]+([,;:?!]|\.(?!\.))(?=\s|$)")
_SPACES = re.compile(r"\S([ \u00a0]{2,})\S")
# 15" is a measure, not a quotation.
_QUOTE = re.compile(r'(?<!\d)"|(?<=\d)"(?=\w)')


@rule(
    "hai-dau-cach",
    Level.WARN,
    "Hai dấu cách liền nhau.",
    "Chỉ để một dấu cách.",
)
def double_space(draft):
    for passage in draft.passages:
        if found := _SPACES.search(passage.text):
            yield Found(
                passage.field, passage.around(*found.span()), evidence="spaces",
                about=passage.about, replacement=Replacement(found[1], " "),
            )  # fmt: skip


@rule(
    "cach-truoc-dau",
    Level.WARN,
    "Có dấu cách đứng trước dấu câu.",
    "Dấu chấm, phẩy, hỏi… đứng sát chữ trước nó.",
)
def space_before_sign(draft):
    for passage in draft.passages:
        for found in _BEFORE_SIGN.finditer(passage.text):
            yield Found(
                passage.field, passage.around(*found.span()), evidence=found[0],
                about=passage.about, replacement=Replacement(found[0], found[1] + found[2]),
            )  # fmt: skip


@rule(
    "ngoac-kep-le",
    Level.WARN,
    "Ngoặc kép mở mà không đóng, hoặc đóng mà không mở.",
    "Tìm chỗ bắt đầu và kết thúc của lời trích.",
)
def unbalanced_quotes(draft):
    fields = {}
    for passage in draft.passages:
        fields.setdefault(passage.about or passage.field, []).append(passage)
    for passages in fields.values():
        # A quotation may run over several paragraphs.
        if _is_balanced("\n".join(passage.text for passage in passages)):
            continue
        lone = next((p for p in passages if not _is_balanced(p.text)), passages[0])
        at = max(lone.text.find(sign) for sign in '“”"')
        yield Found(lone.field, lone.around(at, at + 1), evidence=lone.text[:60], about=lone.about)


def _is_balanced(text):
    if text.count("“") != text.count("”"):
        # `“ … "`: opened on one keyboard, closed on another.
        return text.count("“") + text.count("”") == 1 and len(_QUOTE.findall(text)) == 1
    return len(_QUOTE.findall(text)) % 2 == 0
