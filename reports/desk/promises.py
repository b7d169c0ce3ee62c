"""Promises: found in a report, kept by a person, ticked off with the sentence that shows it.

Kept promises belong to the unit whose report made them. Its desk acts on them; the desk of a unit in
which its ground lies today reads them.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from portal.tokens import word_forms
from reports.models import Promise, PromiseState, Report
from reports.models.promises import hash_of
from units.area import successors_on

from .access import kept_units, readable_units
from .places import ground_of
from .promises_in_text import find_promises
from .reading import lines_of
from .walking import walk

# Later texts of the unit in which proof is looked for, and the sentences that are offered.
LOOKED_THROUGH, OFFERED = 60, 8
# So many words in common make a sentence worth offering.
LEAST_SHARED = 4
# In every sentence of such reports; they show nothing.
_EVERYWHERE = """
và của các cho trong với được về tại là có những này đã đang sẽ cần một từ đến trên theo công tác thực hiện
tổ chức tiếp tục tăng cường nâng cao hoạt động năm tháng xã phường huyện tỉnh ngày nhân dân đẩy mạnh
phối hợp việc cán bộ đơn vị hội nghị
"""
_SAYS_NOTHING = {exact for _, exact in word_forms(_EVERYWHERE)}


# --- which ----------------------------------------------------------------------------------------


def readable(user):
    """The promises `user` may read: of one's own units, and of those whose ground is theirs today."""
    keys = readable_units(user)
    return Promise.objects.all() if keys is None else Promise.objects.filter(unit__in=keys)


def of_selection(promises, selection):
    """Those of `promises` that a selection means: its units, and its days against the promises' own.

    A promise without a period is in every period: it is never dropped.
    """
    if selection.units:
        promises = promises.filter(unit__in=ground_of(selection.units, selection.relation))
    if selection.period is not None and not selection.filters.wants_undated:
        promises = promises.filter(
            Q(period_start=None)
            | Q(period_start__lte=selection.period.end, period_end__gte=selection.period.start)
        )
    return promises


def counts(promises, today):
    """{PromiseState: how many}, in one query; together all of them."""
    found = promises.order_by().aggregate(
        **{
            state.name: Count("pk", filter=Q(pk__in=promises.in_state(state, today).values("pk")))
            for state in PromiseState
        }
    )
    return {state: found[state.name] for state in PromiseState}


# --- finding and keeping --------------------------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """A promise a text makes and nobody has kept. `key` names it as long as its sentence stands."""

    key: str
    text: str
    sentence: str
    period: object


def told_on(report):
    """The day a report speaks on: the event's, else the publication's."""
    return report.counting_on or timezone.localdate(report.published_at)


def found_in(reports):
    """{report key: [Offered]} of some reports, with one query for all."""
    kept = {report.pk: set() for report in reports}
    rows = Promise.objects.filter(report__in=kept).values_list("report_id", "sentence_hash")
    for report, hashed in rows:
        kept[report].add(hashed)
    found = {}
    for report in reports:
        found[report.pk] = [
            Offered(_key(report.pk, hashed), one.text, one.sentence, one.period)
            for one in find_promises(lines_of(report), told_on(report))
            if (hashed := hash_of(one.sentence)) not in kept[report.pk]
        ]
    return found


def kept_before(reports, keys):
    """{key: Promise} of those promises of `reports` that were offered under one of `keys` and are kept."""
    rows = Promise.objects.filter(report__in=reports).order_by("pk")
    kept = {_key(one.report_id, one.sentence_hash): one for one in rows}
    return {key: one for key, one in kept.items() if key in keys}


def _key(report, hashed):
    return f"{report}-{hashed[:20]}"


def to_be_kept(selection, user, mark=""):
    """A Walk through the selection's reports of one's own units that make promises nobody has kept."""
    return walk(selection, kept_units(user), found_in, mark)


@transaction.atomic
def keep(report, chosen, *, by):
    """Keep [(Offered, text, first day, last day, label)] of a report; how many were new.

    The caller has asked for the right.
    """
    Report.objects.select_for_update().get(pk=report.pk)
    kept = set(Promise.objects.filter(report=report).values_list("sentence_hash", flat=True))
    new = 0
    for offered, text, start, end, label in chosen:
        if hash_of(offered.sentence) in kept:
            continue
        promise = Promise(
            unit_id=report.unit_id,
            report=report,
            text=text,
            sentence=offered.sentence,
            period_start=start,
            period_end=end,
            period_label=label,
            kept_by=by,
        )
        promise._history_user = by
        promise.save()
        kept.add(promise.sentence_hash)
        new += 1
    return new


# --- ticking off ----------------------------------------------------------------------------------


# Each raises Stale when somebody has changed the promise since `seen`, the version its person read.


def tick_off(promise, *, report, sentence, on, by, seen=None):
    """Done, as `sentence` of `report` shows; what was dropped before is done now."""
    promise.done_on, promise.done_by = on, by
    promise.done_report, promise.done_sentence = report, sentence
    promise.dropped_on, promise.dropped_reason = None, ""
    _save(promise, "Đã làm", by=by, seen=seen)


def drop(promise, reason, *, on, by, seen=None):
    """Given up, with a reason. Raises ValueError without one."""
    if not reason:
        raise ValueError("Hãy ghi lý do bỏ nhiệm vụ.")
    _open_again(promise)
    promise.dropped_on, promise.dropped_reason = on, reason
    _save(promise, "Bỏ", by=by, seen=seen)


def reopen(promise, *, by, seen=None):
    """Neither done nor dropped: still to be done."""
    _open_again(promise)
    _save(promise, "Mở lại", by=by, seen=seen)


def word_anew(promise, *, by, seen=None):
    """Keep its words and its period as they were just set."""
    _save(promise, "Sửa lời, kỳ", by=by, seen=seen)


def _open_again(promise):
    promise.done_on = promise.done_by = promise.done_report = promise.dropped_on = None
    promise.done_sentence = promise.dropped_reason = ""


@transaction.atomic
def _save(promise, deed, *, by, seen):
    promise.take_turn(seen)
    promise._history_user = by
    promise._change_reason = deed
    promise.save()


@dataclass(frozen=True)
class Proof:
    """A sentence of a later report that shares words with a promise."""

    report: object
    sentence: str

    @property
    def key(self):
        return _key(self.report.pk, hash_of(self.sentence))


def proofs_for(promise, now=None):
    """[Proof], the likeliest first: sentences of later public reports of the same unit, or of those
    that hold its ground today when it has ended.
    """
    wanted = _words(promise.text)
    if len(wanted) < 2:
        return []
    now = now or timezone.now()
    said_on = told_on(promise.report)
    later = (
        Report.objects.published(now)
        .filter(unit__in=[promise.unit_id, *successors_on(promise.unit_id)])
        .filter(
            Q(counting_on__gt=said_on)
            | Q(counting_on=None, published_at__date__gt=said_on + timedelta(days=1))
        )
        .exclude(pk=promise.report_id)
        .select_related("unit")
        .order_by("counting_on", "pk")[:LOOKED_THROUGH]
    )
    found = []
    for report in later:
        lines = lines_of(report)
        ahead = {one.sentence for one in find_promises(lines, told_on(report))}
        for line in lines:
            for sentence in line.sentences:
                # Promised again is not done.
                if sentence in ahead:
                    continue
                shared = len(wanted & _words(sentence))
                if shared >= min(LEAST_SHARED, max(2, len(wanted) // 2)):
                    found.append((shared, Proof(report, sentence)))
    found.sort(key=lambda pair: -pair[0])
    return [proof for _, proof in found[:OFFERED]]


def _words(text):
    return {exact for _, exact in word_forms(text)} - _SAYS_NOTHING
