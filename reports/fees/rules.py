"""What one coefficient was worth on a day, in a unit. Everything is decimal; nothing is a float."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from units.area import ancestors_on

from ..models import BaseSalary, FeeKind, FeeSchedule, PhotoRule, RoundingMode

HUNDRED = Decimal(100)
# A unit price is kept to a ten-thousandth of a đồng, so that what is printed multiplies as printed.
PRICE_STEP = Decimal("0.0001")


class NoRule(Exception):
    """No salary or no schedule holds on that day; the message says which, for whoever can add it."""


@dataclass(frozen=True)
class Range:
    """The coefficients an approver may choose from."""

    low: Decimal
    high: Decimal
    usual: Decimal

    def holds(self, coefficient):
        return self.low <= coefficient <= self.high

    @property
    def words(self):
        """`1 đến 1,5`."""
        return f"{plain(self.low)} đến {plain(self.high)}"


@dataclass(frozen=True)
class Terms:
    """The rules of one day in one unit."""

    salary: BaseSalary
    schedule: FeeSchedule
    rates: dict  # {genre: FeeRate}

    @property
    def unit_price(self):
        """What coefficient 1 is worth: 10 % × 2.340.000 × 20 % = 46.800."""
        price = (
            self.salary.amount
            * (self.schedule.salary_percent / HUNDRED)
            * (self.schedule.site_percent / HUNDRED)
        )
        return price.quantize(PRICE_STEP, ROUND_HALF_UP)

    def worth(self, coefficient, *, pieces=1, share=HUNDRED):
        """The fee in whole đồng, rounded as the schedule says."""
        exact = self.unit_price * coefficient * pieces * share / HUNDRED
        return rounded(exact, self.schedule.rounding_step, self.schedule.rounding_mode)

    def range_for(self, genre, kind):
        """The Range for a text of this genre, or for pictures. Raises NoRule."""
        if kind == FeeKind.PHOTO:
            schedule = self.schedule
            return Range(schedule.photo_low, schedule.photo_high, schedule.photo_usual)
        rate = self.rates.get(genre)
        if rate is None:
            raise NoRule(f"{self.schedule} không có khung hệ số cho thể loại này.")
        return Range(rate.low, rate.high, rate.usual)

    def includes_photos(self, genre):
        rate = self.rates.get(genre)
        return bool(rate and rate.includes_photos)

    def pays_photos(self, genre):
        return self.schedule.photo_rule != PhotoRule.NONE and not self.includes_photos(genre)

    def tax_on(self, amount, payee_total):
        """What is withheld of a line, given what its payee receives on the whole sheet."""
        if payee_total < self.schedule.tax_from:
            return Decimal(0)
        return rounded(amount * self.schedule.tax_percent / HUNDRED)


class Rules:
    """All salaries and schedules, read once in three statements, to be asked for many days."""

    def __init__(self):
        self.salaries = list(BaseSalary.objects.order_by("-from_on"))
        self.schedules = list(
            FeeSchedule.objects.select_related("unit")
            .prefetch_related("rates")
            .order_by("-from_on")
        )

    def on(self, unit, day):
        """The Terms in `unit` (or its key) on `day`. Raises NoRule."""
        salary = next((one for one in self.salaries if one.from_on <= day), None)
        if salary is None:
            raise NoRule(f"Chưa có lương cơ sở cho ngày {day:%d/%m/%Y}.")
        schedule = self._schedule(unit, day)
        if schedule is None:
            raise NoRule(f"Chưa có quy chế nhuận bút cho ngày {day:%d/%m/%Y}.")
        return Terms(salary, schedule, {rate.genre: rate for rate in schedule.rates.all()})

    def _schedule(self, unit, day):
        """The nearest unit's, of its schedules the latest; the whole site's is the farthest."""
        in_force = [one for one in self.schedules if one.from_on <= day]
        of_units = {one.unit_id for one in in_force}
        near = [getattr(unit, "pk", unit)]
        if of_units - {None, *near}:
            near += ancestors_on(unit, day)
        for key in [*near, None]:
            if key in of_units:
                return next(one for one in in_force if one.unit_id == key)
        return None


def rounded(amount, step=1, mode=RoundingMode.HALF_UP):
    """`amount` to a multiple of `step` đồng."""
    way = ROUND_DOWN if mode == RoundingMode.DOWN else ROUND_HALF_UP
    return (amount / step).quantize(Decimal(1), way) * step


def plain(number):
    """`Decimal("1.50")` -> `1,5`: a coefficient or percentage as people write it."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
