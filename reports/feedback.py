"""What happens to a reader's message: it is received, moved on, answered, and one day forgotten."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .models import Feedback, FeedbackStatus, FeedbackStep
from .models.voices import OPEN_STATES


def receive(*, now, **fields):
    """Store a message and its first step. `fields` as in the model; returns the Feedback."""
    with transaction.atomic():
        feedback = Feedback.objects.create(received_at=now, **fields)
        feedback.steps.create(status=FeedbackStatus.RECEIVED, at=now)
    return feedback


@transaction.atomic
def record_answer(feedback, *, by, now):
    """Save status and answer as they stand on `feedback`, and note the step if the state is new."""
    last = feedback.steps.order_by("-at", "-pk").first()
    feedback.closed_at = None if feedback.is_open else (feedback.closed_at or now)
    feedback.save()
    if last is None or last.status != feedback.status:
        FeedbackStep.objects.create(feedback=feedback, status=feedback.status, at=now, by=by)


def forget_sender(feedback, *, now):
    """Remove what the sender told about himself; the message and its answer stay."""
    feedback.name = feedback.contact = ""
    feedback.forgotten_at = now
    feedback.save()


def forget_senders(*, closed_for, now):
    """Remove the senders' data of everything closed for at least `closed_for` days; how many."""
    old = Feedback.objects.filter(
        closed_at__lte=now - timedelta(days=closed_for), forgotten_at=None
    ).exclude(status__in=OPEN_STATES)
    return old.update(name="", contact="", forgotten_at=now, updated_at=timezone.now())
