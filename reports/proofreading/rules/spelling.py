"""Chính tả: phrases that are always wrong, and letters no Vietnamese syllable is made of."""

import re
from itertools import pairwise

from portal.tokens import forms

from ..finding import Found, Level, Replacement, rule
from ..syllables import ONSETS, is_possible
from ..words import exact, known_syllables, lists, misspelled

_MARKS = "\u0300\u0301\u0303\u0309\u0323"
# A hit beside these is part of a name, an address, a code or a loanword.
_GLUE = set("-–'’@/._&+*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:…“\"(\[\n–-])\s*$")
_VOWEL = re.compile(r"[aeiouyăâđêôơư]")


@rule(
    "chinh-ta",
    Level.WARN,
    "Có lẽ sai chính tả.",
    "Xem lại và sửa cho đúng.",
)
def misspelling(draft):
    for passage in draft.passages:
        for start, end, right in wrong_phrases(passage):
            wrong = passage.text[start:end]
            right = _as_written(wrong, right)
            yield Found(
                passage.field,
                passage.around(start, end),
                words=f"“{wrong}”: có lẽ là “{right}”.",
                evidence=wrong.lower(),
                about=passage.about,
                replacement=Replacement(wrong, right),
            )


def wrong_phrases(passage):
    """(start, end, right) of the phrases of the list in `passage`."""
    table, words = misspelled(), passage.words
    for at, word in enumerate(words):
        for run, right in table.get(word.exact, ()):
            mine = words[at : at + len(run)]
            if tuple(each.exact for each in mine) != run:
                continue
            if at and words[at - 1].exact in _not_after().get(run, ()):
                continue
            start, end = mine[0].start, mine[-1].end
            if _runs_on(passage.text, mine) and not _is_name(passage.text, mine, right):
                yield start, end, right
            break


def _not_after():
    global _NOT_AFTER
    if _NOT_AFTER is None:
        _NOT_AFTER = {
            exact(phrase): {exact(word)[0] for word in before}
            for phrase, before in lists()["not_after"].items()
        }
    return _NOT_AFTER


_NOT_AFTER = None


def _runs_on(text, words):
    """Only spaces between the words: `mặt, trân trọng` is two things."""
    return all(text[one.end : two.start].isspace() for one, two in pairwise(words))


def _is_name(text, words, right):
    """`chị Vân động viên`: a capital inside a sentence that the right words do not have."""
    if right[0].isupper() or text[words[0].start : words[-1].end].isupper():
        return False
    if any(text[word.start].isupper() for word in words[1:]):
        return True
    first = words[0].start
    return text[first].isupper() and not _SENTENCE_END.search(text[max(0, first - 3) : first])


def _as_written(wrong, right):
    if wrong.isupper():
        return right.upper()
    return right[0].upper() + right[1:] if wrong[0].isupper() else right


@rule(
    "am-tiet-la",
    Level.WARN,
    "Chữ này không ghép được thành tiếng Việt.",
    "Xem lại có gõ thừa hay thiếu chữ, thiếu dấu không. Đúng là tên riêng, tiếng nước ngoài thì thôi.",
)
def odd_syllable(draft):
    for passage in draft.passages:
        taken = {start for start, *_ in wrong_phrases(passage)}
        for word in passage.words:
            if word.start in taken:
                continue
            written = passage.text[word.start : word.end]
            if is_odd(passage.text, word.start, word.end):
                yield Found(
                    passage.field,
                    passage.around(word.start, word.end),
                    words=f"“{written}” không ghép được thành tiếng Việt.",
                    evidence=written,
                    about=passage.about,
                )


def is_odd(text, start, end):
    """Whether the word at this place, in small letters and standing alone, is a slip of the keyboard.

    Names, words with digits, parts of addresses and codes, and plain foreign words are left alone.
    """
    word = text[start:end]
    if len(word) < 2 or not word.islower() or not word.isalpha():
        return False
    if (start and text[start - 1] in _GLUE) or (end < len(text) and _glued_behind(text, end)):
        return False
    if word in known_syllables() or is_possible(word):
        return False
    bare = forms(word)[1].rstrip(_MARKS)
    if not word.isascii():
        # Two syllables without a space are a slip, too, but `bôxít` is none.
        return not any(letter in bare for letter in "fjwz")
    return _is_slip_without_marks(word)


def _glued_behind(text, end):
    """A mark behind the word that joins it to what follows; a full stop at an end does not."""
    return text[end] in _GLUE and end + 1 < len(text) and not text[end + 1].isspace()


def _is_slip_without_marks(word):
    """`nngay`, `thhôn`, `nhng`: one letter too many, or no vowel behind an onset of ours."""
    if any(letter in word for letter in "fjwz") or len(word) < 4:
        return False
    if not _VOWEL.search(word):
        return word.startswith(tuple(onset for onset in ONSETS if len(onset) > 1))
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            once = word[:at] + word[at + 1 :]
            if len(once) > 2 and is_possible(once):
                return True
    return False
