"""When what readers see changes by itself: nobody acts, the clock does."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.models import Notice
from reports.models import Report


def next_change(now):
    """The next moment after `now` when some public page is another one without anybody writing.

    A report's hour strikes, a notice appears or is over, or a day begins: then today's event is
    yesterday's. One query.
    """
    midnight = datetime.combine(
        timezone.localdate(now) + timedelta(days=1), time.min, timezone.get_current_timezone()
    )
    scheduled = (
        Report.objects.scheduled(now)
        .order_by("published_at")
        .values_list("published_at", flat=True)
        .first()
    )
    return min(filter(None, (midnight, scheduled, Notice.next_change(now))))
