"""Charts as server-side SVG: where each bar stands. `desk/chart_*.html` draw them.

Across everything is per cent, up and down in points, and there is no `viewBox`: on a phone the bars
get shorter, the letters do not get smaller. The table beside a chart says the same in numbers.
"""

from dataclasses import dataclass

# More rows than a reader compares, and than a sheet of paper holds; the table has them all.
MOST_ROWS = 12
# Of the width, for the longest bar; the rest is for its number.
LONGEST = 81
ROW_HEIGHT, ROW_HEIGHT_ALONE = 78, 56
PLOT_TOP, PLOT_BOTTOM, COLUMNS_HEIGHT = 28, 220, 268
# So many ticks stand beside each other on a phone.
MOST_TICKS, MOST_LONG_TICKS = 12, 7


@dataclass(frozen=True)
class Pair:
    """One row: the label, this bar and the one to compare with. Places in points, widths in per cent."""

    label: str
    now: int
    then: int | None
    y: int
    now_width: str
    then_width: str

    @property
    def text_y(self):
        return self.y + 17

    @property
    def now_y(self):
        return self.y + 26

    @property
    def now_text_y(self):
        return self.y + 40

    @property
    def then_y(self):
        return self.y + 46

    @property
    def then_text_y(self):
        return self.y + 57


@dataclass(frozen=True)
class Pairs:
    rows: list
    height: int
    left_out: int = 0


def pairs(rows):
    """The chart of [(label, now, then)]; `then` None draws one bar. Of many rows the longest ones."""
    rows = list(rows)
    shown = rows
    if len(rows) > MOST_ROWS:
        longest = sorted(range(len(rows)), key=lambda i: (-max(rows[i][1], rows[i][2] or 0), i))
        shown = [rows[place] for place in sorted(longest[:MOST_ROWS])]
    most = max((max(now, then or 0) for _, now, then in shown), default=0)
    alone = all(then is None for _, _, then in shown)
    height = ROW_HEIGHT_ALONE if alone else ROW_HEIGHT
    return Pairs(
        rows=[
            Pair(label, now, then, place * height, _width(now, most), _width(then or 0, most))
            for place, (label, now, then) in enumerate(shown)
        ],
        height=max(height * len(shown) - 12, 0),
        left_out=len(rows) - len(shown),
    )


def _width(value, most):
    return f"{value * LONGEST / most:.1f}%" if most else "0.0%"


@dataclass(frozen=True)
class Bar:
    x: str
    width: str
    y: int
    height: int


@dataclass(frozen=True)
class Step:
    """One month or year: its bars, left end and middle of its place, and what stands below it."""

    now: int
    left: str
    middle: str
    tick: str
    mark: str
    now_bar: Bar
    then_bar: Bar | None
    value_y: int
    shows_value: bool


@dataclass(frozen=True)
class Columns:
    """`rules`: [(y, value)] of the lines to read heights by."""

    steps: list
    rules: list
    height: int = COLUMNS_HEIGHT
    bottom: int = PLOT_BOTTOM

    @property
    def tick_y(self):
        return self.bottom + 22

    @property
    def mark_y(self):
        return self.bottom + 42


def columns(points):
    """The chart of [(tick, mark, now, then)]; `then` None draws one bar."""
    points = list(points)
    most = max((max(now, then or 0) for *_, now, then in points), default=0)
    top = _round_up(most)
    slot = 100 / len(points) if points else 100
    long = any(len(tick) > 2 for tick, *_ in points)
    every = -(-len(points) // (MOST_LONG_TICKS if long else MOST_TICKS))
    room = len(points) <= MOST_TICKS // 2 or (len(points) <= MOST_TICKS and most < 100)

    def bar(value, place, start, width):
        # Whole points: a template would write a decimal comma, which SVG cannot read.
        height = round(value * (PLOT_BOTTOM - PLOT_TOP) / top)
        x = (place + start) * slot
        return Bar(f"{x:.2f}%", f"{width * slot:.2f}%", PLOT_BOTTOM - height, height)

    steps = []
    for place, (tick, mark, now, then) in enumerate(points):
        wide = then is None
        drawn = bar(now, place, 0.15, 0.7 if wide else 0.4)
        steps.append(
            Step(
                now=now,
                left=f"{place * slot:.2f}%",
                middle=f"{(place + (0.5 if wide else 0.35)) * slot:.2f}%",
                tick=tick if place % every == 0 else "",
                mark=mark,
                now_bar=drawn,
                then_bar=None if wide else bar(then, place, 0.58, 0.3),
                value_y=drawn.y - 6,
                shows_value=room,
            )
        )
    return Columns(steps=steps, rules=[(PLOT_TOP, top), ((PLOT_TOP + PLOT_BOTTOM) // 2, top // 2)])


def _round_up(most):
    """The next round even number: what the axis ends with."""
    step = 2
    while most > step:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
