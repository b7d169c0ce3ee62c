"""Bằng chữ: an amount of money as a voucher spells it. No models, no settings.

The house's choices where usage differs: `lẻ` (not `linh`), `nghìn` (not `ngàn`), `tư` after a
ten (`hai mươi tư`, but `mười bốn`), no `chẵn`. An empty group of hundreds before a lower one is
spoken: `một triệu không trăm lẻ năm đồng`.
"""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 10**9


def amount_in_words(amount):
    """`2345678` -> `Hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng`.

    Takes whole đồng; raises ValueError for parts of one.
    """
    number = int(amount)
    if number != amount:
        raise ValueError(f"{amount} is not a whole number of đồng.")
    words = f"{number_in_words(abs(number))} đồng"
    if number < 0:
        words = f"âm {words}"
    return words[0].upper() + words[1:]


def number_in_words(number):
    """`105` -> `một trăm lẻ năm`. For whole numbers from 0."""
    if number == 0:
        return DIGITS[0]
    return " ".join(_below_any(number, is_first=True))


def _below_any(number, *, is_first):
    """Words of `number`; unless it is first, the hundreds of its highest group are spoken."""
    high, low = divmod(number, BILLION)
    words = []
    if high:
        words += [*_below_any(high, is_first=is_first), "tỷ"]
        is_first = False
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, low = divmod(low, size)
        if group:
            words += _group(group, is_first=is_first) + ([name] if name else [])
            is_first = False
    return words


def _group(number, *, is_first):
    """Words of 1 … 999."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = []
    if hundreds or not is_first:
        words += [DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            words += ["lẻ", DIGITS[ones]] if words else [DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones:
        words.append(_after_ten(tens, ones))
    return words


def _after_ten(tens, ones):
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return DIGITS[ones]
