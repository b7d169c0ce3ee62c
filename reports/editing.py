"""Who has the form of a report open, and what they typed but have not saved.

Both are courtesies: whether a save is accepted is decided by the report's version alone.
"""

import json
from datetime import timedelta
from functools import wraps

from django.db import IntegrityError, transaction
from django.http import Http404, QueryDict

from .models import EditLock, Report, TypedText

# A form of our own sends less; what is longer is no form of ours.
MAX_BYTES = 1_000_000
KEPT_FOR = timedelta(days=30)
# Never kept: the token of the form's session, and which button was pressed.
_NOT_TYPED = ("csrfmiddlewaretoken", "_", "initial-")


class TooMuchTyped(ValueError):
    """More than MAX_BYTES; the message is Vietnamese."""

    def __init__(self):
        super().__init__("Nội dung quá dài nên máy không tự giữ được. Hãy bấm Lưu nháp.")


class ReportGone(Http404):
    """The report was deleted while its form was open; wherever this surfaces, it is not found."""


def _unless_gone(deed):
    """`deed(report, …)` in one transaction; raises ReportGone when somebody deleted the report meanwhile.

    Foreign keys are checked as the transaction ends, so only its end can tell.
    """

    @wraps(deed)
    def guarded(report, **how):
        try:
            with transaction.atomic():
                return deed(report, **how)
        except IntegrityError:
            _raise_if_gone(report)
            raise

    return guarded


def _raise_if_gone(report):
    if not Report.objects.filter(pk=report.pk).exists():
        raise ReportGone from None


def holder_of(report, now):
    """The EditLock of whoever is writing on `report` now, or None."""
    lock = EditLock.objects.filter(report=report).select_related("user").first()
    return lock if lock and lock.holds(now) else None


@_unless_gone
def still_writing(report, *, by, now):
    """`by` has the form open: theirs is the lock unless somebody else holds it. The holder's lock."""
    lock = _locked(report, by, now)
    if lock.user_id != by.pk and not lock.holds(now):
        lock.user, lock.taken_at = by, now
    if lock.user_id == by.pk:
        if not lock.holds(now):
            lock.taken_at = now  # they left, and are back
        lock.seen_at = now
        lock.save()
    return lock


@_unless_gone
def take_over(report, *, by, now):
    """The lock is for `by` from now on; whoever had it is told by their page, and keeps their words."""
    lock = _locked(report, by, now)
    if lock.user_id != by.pk:
        lock.user, lock.taken_at = by, now
    lock.seen_at = now
    lock.save()
    return lock


def leave(report, *, by):
    """`by` is done with the form."""
    EditLock.objects.filter(report=report, user=by).delete()


def _locked(report, by, now):
    new = {"user": by, "taken_at": now, "seen_at": now}
    locks = EditLock.objects.select_for_update(of=("self",)).select_related("user")
    while True:
        EditLock.objects.get_or_create(report=report, defaults=new)
        if lock := locks.filter(report=report).first():
            return lock
        # Whoever had it left just now; it is free to take.


def typed_fields(data):
    """What somebody typed of the POST data of a form, as a QueryDict that can be changed."""
    typed = QueryDict(mutable=True)
    for name, values in data.lists():
        if not name.startswith(_NOT_TYPED):
            typed.setlist(_storable(name), [_storable(value) for value in values])
    return typed


def _storable(text):
    """A lone surrogate or a NUL is no letter, and PostgreSQL stores neither."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def keep_typed(data, *, by, now, report=None, form_key="", base_version=None):
    """Keep what was typed into a form, in place of what was kept of it before. The TypedText.

    Raises TooMuchTyped, and ReportGone when the report was deleted meanwhile. What nobody has asked for in 30 days goes on this occasion.
    """
    payload = json.dumps(list(typed_fields(data).lists()), ensure_ascii=False)
    if len(payload.encode()) > MAX_BYTES:
        raise TooMuchTyped
    TypedText.objects.filter(user=by, saved_at__lt=now - KEPT_FOR).delete()
    place = {"user": by, "report": report, "form_key": form_key if report is None else ""}
    values = {"payload": payload, "base_version": base_version, "saved_at": now}
    for last_try in (False, True):
        try:
            with transaction.atomic():
                return TypedText.objects.update_or_create(**place, defaults=values)[0]
        except IntegrityError:  # two tabs at once: one of them was first
            if report is not None:
                _raise_if_gone(report)
            if last_try:
                raise


def typed_of(user, *, report=None, form_key=""):
    """What `user` typed into this form and has not saved, or None."""
    mine = TypedText.objects.filter(user=user, report=report)
    return mine.filter(form_key=form_key).first() if report is None else mine.first()


def typed_in_new_forms(user):
    """What `user` typed into forms of new reports, newest first."""
    return TypedText.objects.filter(user=user, report=None).order_by("-saved_at")


def payload_of(typed):
    """The kept fields as the form would have sent them."""
    data = QueryDict(mutable=True)
    for name, values in json.loads(typed.payload):
        data.setlist(name, values)
    return data


def drop_typed(user, *, report=None, form_key=""):
    """Forget what was kept of this form."""
    TypedText.objects.filter(user=user, report=report, form_key="" if report else form_key).delete()
