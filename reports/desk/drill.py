"""The address behind every number of a table: the list of exactly the reports it counts."""

from urllib.parse import urlencode

from django.urls import reverse

from portal.templatetags.vietnamese import number

# The whole country unit by unit has thousands of rows. A page shows those with the most reports and
# says how many it left out; a file has them all.
MOST_ROWS = 400


def worth_showing(rows, size):
    """`rows`, in their order, without those of the smallest `size(row)` beyond `MOST_ROWS`."""
    if len(rows) <= MOST_ROWS:
        return rows
    ranked = sorted(range(len(rows)), key=lambda place: (-size(rows[place]), place))
    shown = [place for place in ranked[:MOST_ROWS] if size(rows[place])]
    return [rows[place] for place in sorted(shown)]


class Drill:
    """Addresses for the table of a selection."""

    def __init__(self, selection):
        self._filters = selection.filters
        self._list = reverse("desk:list")

    def column(self, column):
        """All rows of one column (`counting.Column`)."""
        return self._address(column.narrowing)

    def total(self):
        return self._address({})

    def row(self, key):
        return self._in_row(self.total(), key)

    def unit(self, key):
        """The table of that unit alone."""
        return f"?{self._filters.query('dong', 'hang', **{'don-vi': key})}"

    def lines(self, table):
        """[(TableRow, address of the unit, address of its total, [(text, address)])] for the page.

        A zero has no address.
        """
        bases = [self.column(column) for column in table.columns]
        total = self.total()
        return [
            (
                line,
                self.unit(line.row.key),
                self._in_row(total, line.row.key) if line.total else "",
                [
                    (number(value), self._in_row(base, line.row.key) if value else "")
                    for value, base in zip(line.cells, bases, strict=True)
                ],
            )
            for line in worth_showing(table.rows, lambda line: line.total)
        ]

    def totals(self, table):
        """[(text, address)] of the row of totals, without the grand total."""
        return [
            (number(value), self.column(column) if value else "")
            for value, column in zip(table.totals, table.columns, strict=True)
        ]

    def _address(self, narrowing):
        rest = self._filters.query("cot", "dong", "xep", "gon", *narrowing)
        return f"{self._list}?{'&'.join(filter(None, (rest, urlencode(narrowing))))}"

    @staticmethod
    def _in_row(base, key):
        return f"{base}{'' if base.endswith('?') else '&'}dong={key}"
