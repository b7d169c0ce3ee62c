"""Which of its days a report is told by, on every paper of the desk."""

from django.utils import timezone

from portal.templatetags.vietnamese import about_month


def day_words(report):
    """`diễn ra ngày 02/07/2026`, else `đăng ngày …`, else about when: which day it is, always said."""
    event = report.event
    if event and event.event_on:
        if event.ends_on and event.ends_on != event.event_on:
            return f"diễn ra từ ngày {event.event_on:%d/%m/%Y} đến ngày {event.ends_on:%d/%m/%Y}"
        return f"diễn ra ngày {event.event_on:%d/%m/%Y}"
    if report.published_is_estimate:
        return f"đăng {about_month(report.published_at)}"
    return f"đăng ngày {timezone.localdate(report.published_at):%d/%m/%Y}"
