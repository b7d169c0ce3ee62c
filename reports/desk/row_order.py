"""How the rows of a table stand: all of them by unit, or the most reports first, or without the silent.

`xep=nhieu` and `gon=1` change what a page shows first, never what is counted.
"""

# More names than anybody reads in one paragraph.
MOST_NAMED = 300
# So few rows need no choice of their order.
FEW_ROWS = 8
MOST_FIRST = "nhieu"


def in_order(rows, filters, size):
    """`rows` as `filters` ask for them; rows of equal `size(row)` stand as they stood."""
    if filters.chosen.get("gon"):
        rows = [row for row in rows if size(row)]
    if filters.chosen.get("xep") == MOST_FIRST:
        rows = sorted(rows, key=lambda row: -size(row))
    return rows


def folded_words(rows, filters, size, label):
    """The sentence that names the rows `gon=1` leaves out; empty when it leaves out none."""
    names = [label(row) for row in rows if not size(row)] if filters.chosen.get("gon") else []
    if not names:
        return ""
    more = len(names) - MOST_NAMED
    rest = f" và {more} đơn vị khác" if more > 0 else ""
    return f"{len(names)} đơn vị chưa có bài: {'; '.join(names[:MOST_NAMED])}{rest}."


def switches(filters, rows, **kept):
    """[(words, [(words, address, is it this one)])] to choose by; `kept` is what a page adds itself."""
    if len(rows) <= FEW_ROWS:
        return []
    most, folds = filters.chosen.get("xep") == MOST_FIRST, bool(filters.chosen.get("gon"))
    return [
        (
            "Xếp:",
            [
                ("Theo tên", filters.address("xep", **kept), not most),
                ("Nhiều bài trước", filters.address(**kept, xep=MOST_FIRST), most),
            ],
        ),
        (
            "Hiện:",
            [
                ("Mọi đơn vị", filters.address("gon", **kept), not folds),
                ("Chỉ đơn vị có bài", filters.address(**kept, gon="1"), folds),
            ],
        ),
    ]
