"""Tít: what is no title, and what a title should not be."""

import re

from portal.text import fold

from ..finding import Found, Level, Replacement, rule
from ..words import lists

LONGEST_TITLE = 200
_END = re.compile(r"(?<=[\w)”\"%])\.\s*$")
_MACHINE_WORD = re.compile(r"^(?:null|undefined|none)\b[\s:–-]*", re.IGNORECASE)


@rule(
    "tit-rong",
    Level.BLOCK,
    "Tít chưa nói gì.",
    "Viết một câu ngắn: ai, làm gì, ở đâu. Ví dụ: Phú Hòa bắc xong ba cây cầu dân sinh.",
)
def empty(draft):
    title = draft.title.strip(" .…-–")
    if not re.search(r"[^\W\d_]", title) or title.lower() in lists()["titles"]["empty"]:
        yield Found("title", f"Tít: “{draft.title}”", evidence=title.lower())


@rule(
    "tit-may-ghi",
    Level.BLOCK,
    "Tít bắt đầu bằng chữ máy ghi (“null”, “undefined”).",
    "Bỏ chữ ấy đi.",
)
def machine_word(draft):
    head = _MACHINE_WORD.match(draft.title)
    if head and draft.title[head.end() :].strip():
        yield Found(
            "title",
            f"Tít: “{draft.title}”",
            evidence=head[0].lower(),
            replacement=Replacement(head[0], ""),
        )


@rule(
    "tit-hai-lan",
    Level.BLOCK,
    "Tít được dán hai lần liền nhau.",
    "Giữ một lần.",
)
def doubled(draft):
    words = draft.title.split()
    half = len(words) // 2
    folded = [fold(word).strip(".,:;!–-") for word in words]
    if half >= 2 and len(words) % 2 == 0 and folded[:half] == folded[half:]:
        once = " ".join(words[:half])
        yield Found(
            "title", f"Tít: “{draft.title}”", evidence=fold(once),
            replacement=Replacement(" ".join(words), once),
        )  # fmt: skip


@rule(
    "tit-qua-dai",
    Level.WARN,
    f"Tít dài hơn {LONGEST_TITLE} chữ cái.",
    "Rút gọn; phần còn lại đưa vào sapo.",
)
def too_long(draft):
    if len(draft.title) > LONGEST_TITLE:
        yield Found("title", f"Tít có {len(draft.title)} chữ cái.", evidence=draft.title)


@rule(
    "tit-viet-hoa",
    Level.WARN,
    "Tít viết toàn chữ hoa, khó đọc trên điện thoại.",
    "Gõ lại bằng chữ thường; chỉ viết hoa đầu câu và tên riêng.",
)
def capitals(draft):
    letters = [letter for letter in draft.title if letter.isalpha()]
    if len(draft.title.split()) >= 4 and all(letter.isupper() for letter in letters):
        yield Found("title", f"Tít: “{draft.title}”", evidence=draft.title)


@rule(
    "tit-cham-cuoi",
    Level.WARN,
    "Cuối tít có dấu chấm.",
    "Bỏ dấu chấm.",
)
def full_stop(draft):
    if _END.search(draft.title):
        last = draft.title.split()[-1]
        yield Found(
            "title", f"Tít: “… {last}”", evidence=last, replacement=Replacement(last, last[:-1])
        )


@rule(
    "tit-lap-trong-bai",
    Level.WARN,
    "Sapo hoặc đoạn đầu chép lại nguyên tít.",
    "Bỏ dòng lặp; trang đã in tít ở trên.",
)
def repeated(draft):
    title = fold(draft.title).strip(" .")
    if len(title) < 12:
        return
    if fold(draft.lead).strip(" .") == title:
        yield Found("lead", "Sapo giống hệt tít.", evidence="lead")
    if draft.blocks and fold(draft.blocks[0]).strip(" .") == title:
        yield Found("body", "Đoạn đầu giống hệt tít.", evidence="body")


@rule(
    "noi-dung-trong",
    Level.BLOCK,
    "Bài chưa có chữ nào ngoài tít.",
    "Viết nội dung, ít nhất là một câu sapo.",
)
def no_text(draft):
    if not draft.lead.strip() and not draft.blocks:
        yield Found("body", "Sapo và nội dung đều trống.")
