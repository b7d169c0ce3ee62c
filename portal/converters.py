"""Pieces of addresses. A number the database cannot hold is no address: 404, never a 500."""


class KeyConverter:
    """A primary key: 1 to 999999999."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):04d}"


class MonthConverter(YearConverter):
    regex = "[0-9]{2}"

    def to_url(self, value):
        return f"{int(value):02d}"


class CardKeyConverter:
    """What names the content of a share card."""

    regex = "[0-9a-f]{12}"

    def to_python(self, value):
        return value

    to_url = to_python
