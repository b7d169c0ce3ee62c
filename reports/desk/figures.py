"""Numbers of public texts: proposed with their sentence, decided about by a person, named, put together.

A proposal is reckoned from the text each time it is shown. A `Figure` is stored when somebody has
decided: confirmed or set aside. Nothing here changes what readers see.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256

from django.db import transaction

from portal.text import fold, one_line
from reports.figures_in_text import find_figures
from reports.models import Figure, Report

from .arithmetic import checks_of
from .reading import lines_of
from .totals import key_of

CONFIRM, SET_ASIDE = "dung", "bo"
# Of one report on one form; the rest comes up once these are decided.
SHOWN_AT_ONCE = 20


@dataclass(frozen=True)
class Proposal:
    """A number of a report nobody has decided about. `key` names it as long as its sentence stands."""

    key: str
    value: Decimal
    unit_of_measure: str
    found_as: str
    sentence: str
    checks: tuple = ()


@dataclass
class Found:
    """What one report holds: `proposals`, and the Figures `decided` about at the desk.

    `lost`: confirmed once, but their sentence no longer stands in the text. `settled`: what each decided
    number was proposed as, {key: (Proposal, Figure)}.
    """

    proposals: list = field(default_factory=list)
    decided: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    settled: dict = field(default_factory=dict)

    @property
    def shown(self):
        return self.proposals[:SHOWN_AT_ONCE]

    def __bool__(self):
        return bool(self.proposals or self.lost)


def found_in(reports):
    """{pk: Found} of some reports, with one query for all."""
    stored = {report.pk: [] for report in reports}
    for figure in Figure.objects.filter(report__in=stored).order_by("order", "pk"):
        stored[figure.report_id].append(figure)
    return {report.pk: _found(report, stored[report.pk]) for report in reports}


def _found(report, stored):
    # What the desk decided is known by how it is printed, since a person may have corrected it; what
    # the newsroom confirmed by its value.
    decided = [figure for figure in stored if figure.at_desk]
    known = defaultdict(list)
    for one in decided:
        known[fold(one.sentence), one.found_as].append(one)
    printed = Counter(
        (fold(one.sentence), one.value)
        for one in stored
        if not one.at_desk and one.confirmed_by_id is not None
    )
    result = Found(decided=decided)
    times, checks, sentences = Counter(), {}, set()
    for line in lines_of(report):
        sentences.update(fold(sentence) for sentence in line.sentences)
        for figure in find_figures([line.text]):
            place = fold(figure.sentence)
            measure = _measure(figure)
            found_as = one_line(f"{figure.printed} {figure.unit}")[:120]
            times[place, found_as] += 1
            key = _key(report.pk, place, found_as, times[place, found_as])
            proposal = Proposal(key, figure.value, measure, found_as, figure.sentence)
            if known[place, found_as]:
                result.settled[key] = (proposal, known[place, found_as].pop(0))
                continue
            if _take(printed, (place, figure.value)):
                continue
            if figure.sentence not in checks:
                checks[figure.sentence] = checks_of(figure.sentence)
            agree = tuple(c for c in checks[figure.sentence] if figure.printed in c.printed)
            result.proposals.append(replace(proposal, checks=agree))
    result.lost = [
        one for one in decided if not one.set_aside and fold(one.sentence) not in sentences
    ]
    return result


def _measure(figure):
    """`5/9 xã` becomes 5 “trên 9 xã”: the whole that a share is of must not be lost."""
    measure = f"trên {figure.out_of:f} {figure.unit}" if figure.out_of else figure.unit
    return measure[:60]


def _take(counter, key):
    if counter[key] <= 0:
        return False
    counter[key] -= 1
    return True


def _key(report, place, found_as, time):
    hashed = sha256(f"{place}|{found_as}|{time}".encode()).hexdigest()[:20]
    return f"{report}-{hashed}"


# --- deciding -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """What a person said about the proposal `key`: CONFIRM with these words, or SET_ASIDE."""

    key: str
    deed: str
    indicator: str = ""
    value: Decimal = Decimal(0)
    unit_of_measure: str = ""

    def says_as(self, figure):
        """Whether a Figure is what this decision would have stored."""
        if self.deed != CONFIRM or figure.set_aside:
            return figure.set_aside and self.deed == SET_ASIDE
        stored = (figure.indicator, figure.value, figure.unit_of_measure)
        return stored == (one_line(self.indicator), self.value, one_line(self.unit_of_measure))


@transaction.atomic
def decide(report_key, decisions, *, by):
    """Store what was decided about a report's proposals; (confirmed, set aside, keys no longer there).

    The text is read again under a lock, so that two people never store one number twice. The caller
    has asked for the right.
    """
    report = Report.objects.select_for_update().get(pk=report_key)
    proposals = {one.key: one for one in found_in([report])[report.pk].proposals}
    confirmed, aside, gone = 0, 0, []
    for decision in decisions:
        proposal = proposals.pop(decision.key, None)
        if proposal is None:
            gone.append(decision.key)
            continue
        is_confirmed = decision.deed == CONFIRM
        figure = Figure(
            report=report,
            indicator=one_line(decision.indicator) if is_confirmed else "",
            value=decision.value if is_confirmed else proposal.value,
            unit_of_measure=one_line(
                decision.unit_of_measure if is_confirmed else proposal.unit_of_measure
            ),
            sentence=proposal.sentence,
            found_as=proposal.found_as,
            confirmed_by=by if is_confirmed else None,
            set_aside=not is_confirmed,
            at_desk=True,
        )
        figure._history_user = by
        figure.save()
        confirmed += is_confirmed
        aside += not is_confirmed
    return confirmed, aside, gone


def take_back(figures, *, by):
    """Undo decisions of the desk: the numbers are proposed again, where their sentences still stand."""
    number = 0
    for figure in figures.filter(at_desk=True):
        figure._history_user = by
        figure.delete()
        number += 1
    return number


def indicators(unit_keys=None, *, most=500):
    """Names of indicators that published reports use, the most used first: what a person may choose from."""
    names = Counter()
    figures = Figure.objects.confirmed().filter(report__in=Report.objects.published())
    if unit_keys is not None:
        figures = figures.filter(report__unit__in=unit_keys)
    for given, counted_as in figures.values_list("indicator", "counted_as"):
        names[counted_as or given] += 1
    return [name for name, _ in names.most_common(most) if name]


def of_indicator(figures, indicator):
    """Keys of those of `figures` that count under `indicator`, whatever they are measured in."""
    wanted = key_of(indicator, "")[0]
    rows = figures.confirmed().values_list("pk", "indicator", "counted_as")
    return [pk for pk, given, counted_as in rows if key_of(counted_as or given, "")[0] == wanted]


@transaction.atomic
def rename(figures, new, *, by):
    """Count these Figures under the indicator `new`; how many that changed.

    The name under which a number is printed beside its text stays as it is.
    """
    new = one_line(new)
    changed = 0
    for figure in figures.select_for_update():
        counted_as = "" if figure.indicator == new else new
        if figure.counted_as != counted_as:
            figure.counted_as = counted_as
            figure._history_user = by
            figure.save()
            changed += 1
    return changed
