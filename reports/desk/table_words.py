"""Sentences beside the numbers: which day counted, which rows stand apart, what a choice leaves out."""

from datetime import timedelta

from portal.templatetags.vietnamese import number
from units import registry

# So many units get a sentence of their own; of more the first are enough to understand.
MOST_HINTS = 4
MOST_APART = 12


def days_told(table):
    """`180 bài tính theo ngày diễn ra, 44 bài theo ngày đăng.`; empty for the undated and for none."""
    if table.held is None:
        return ""
    parts = [
        f"{number(reports)} bài tính theo ngày {words}"
        for reports, words in ((table.held, "diễn ra"), (table.total - table.held, "đăng"))
        if reports
    ]
    return f"{', '.join(parts)}." if parts else ""


def apart_words(rows):
    """Why rows that nobody asked for (`places.Row`) stand in the table: a sentence for each reason."""
    divided = [row for row in rows if row.divided_among]
    sentences = [
        f"{row.label}: địa bàn chia cho {', '.join(row.divided_among)}; số bài không tách được."
        for row in divided[:MOST_APART]
    ]
    if more := len(divided) - MOST_APART if len(divided) > MOST_APART else 0:
        sentences.append(f"Và {number(more)} nơi khác có địa bàn đã chia.")
    own = [row.label for row in rows if row.is_extra and not row.divided_among]
    if own:
        names = "; ".join(own[:MOST_APART])
        more = f" và {number(len(own) - MOST_APART)} nơi khác" if len(own) > MOST_APART else ""
        sentences.append(
            f"{names}{more}: bài của chính nơi này, không thuộc riêng đơn vị nào trong bảng."
        )
    return sentences


def hints(selection):
    """[(sentence, words of the link or "", its address)]: units that did not live all of the period.

    With their former area chosen nothing is missing, so nothing is said.
    """
    period = selection.period
    if period is None or selection.with_former_area:
        return []
    known, found = registry.current(), []
    for unit in selection.units:
        born, died = known.life(unit.pk)
        if born > period.start:
            since = "trước khi có đơn vị này" if born > period.end else "bắt đầu trước ngày ấy"
            found.append(
                _with_area(
                    selection, f"{unit.name_on()} có từ ngày {born:%d/%m/%Y}; kỳ này {since}."
                )
            )
        elif died <= period.end:
            last = died - timedelta(days=1)
            found.append(
                (f"{unit.name_on()} chỉ có đến ngày {last:%d/%m/%Y}, trước khi hết kỳ.", "", "")
            )
    # The link is the same for all of them: the page prints it after the last.
    return sorted(found[:MOST_HINTS], key=lambda hint: bool(hint[1]))


def hints_of_last_year(selection):
    """The same for what this period is compared with: units too young for a fair comparison."""
    before = selection.last_year
    if before is None or selection.with_former_area:
        return []
    lives = {unit: registry.current().life(unit.pk)[0] for unit in selection.units}
    return [
        _with_area(
            selection,
            f"{unit.name_on()} có từ ngày {born:%d/%m/%Y}, nên chưa có đủ cùng kỳ năm trước.",
        )
        for unit, born in lives.items()
        # Those that are too young for the period itself have been told of by `hints`.
        if before.period.start < born <= selection.period.start
    ][:MOST_HINTS]


def _with_area(selection, sentence):
    address = selection.filters.address("dong", "thang", **{"don-vi-cu": "1"})
    return sentence, "Gồm cả bài của địa bàn cũ", address
