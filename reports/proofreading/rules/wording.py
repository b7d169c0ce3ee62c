"""Chữ tắt: an abbreviation whose long form the reader is never told."""

from portal.abbreviations import found_in

from ..finding import Found, Level, rule
from ..words import known_abbreviations


@rule(
    "chu-tat-chua-giai",
    Level.WARN,
    "Chữ tắt không được viết đầy đủ ở chỗ nào trong bài.",
    "Viết đầy đủ ở lần đầu, chữ tắt để trong ngoặc. Ví dụ: quy chế dân chủ (QCDC).",
)
def unexpanded(draft):
    short, long = {}, set()
    for passage in draft.passages:
        words = passage.words
        for start, end, meaning in found_in([word.folded for word in words]):
            mine = passage.text[words[start].start : words[end - 1].end]
            if _is_abbreviated(mine):
                short.setdefault(meaning.name, (passage, words[start].start, words[end - 1].end))
            else:
                long.update(meaning.names)
    for name, (passage, start, end) in short.items():
        if name in long or name in known_abbreviations():
            continue
        written = passage.text[start:end]
        yield Found(
            passage.field, passage.around(start, end), about=passage.about, evidence=name,
            words=f"“{written}” không được viết đầy đủ ở chỗ nào trong bài.",
        )  # fmt: skip


def _is_abbreviated(text):
    """`UBMTTQ`, `Ủy ban MTTQ`; not `MẶT TRẬN TỔ QUỐC` of a heading in capitals."""
    words = text.replace("-", " ").split()
    return any(word.isupper() and len(word) > 1 for word in words) and (
        len(words) == 1 or not text.isupper() or all(len(word) < 4 for word in words)
    )
