"""How often one visitor may send something, agreed on by every process, without storing who he is.

An address is never kept: the table's key is a hash of it with the site's secret and the day, so
yesterday's rows cannot be joined with today's, and rows go as soon as their window is over.
"""

import ipaddress
from datetime import datetime, time, timedelta

from axes.helpers import get_client_ip_address
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Quota

MINUTE, HOUR, DAY = "minute", "hour", "day"


def visitor(request):
    """What a quota knows a visitor by; the same proxies are believed as at the login.

    An IPv6 customer owns a whole /64, so all of it is one visitor.
    """
    text = get_client_ip_address(request) or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return text


def refused_until(what, who, limits, now):
    """Count one more of `what` for `who`; None, or the moment from which on it may be tried again.

    `limits` is [(window, most)], looked at in order; what one refuses does not count in the next.
    """
    for window, most in limits:
        starts_at, ends_at = _window(window, now)
        key = _key(what, who, starts_at, window)
        # A flood is turned away by one look, without a write that would hold up others.
        if Quota.objects.filter(pk=key, count__gte=most).exists():
            return ends_at
        count = _count(key, ends_at)
        if count > most:
            return ends_at
        if count == 1:
            Quota.objects.filter(ends_at__lte=now).delete()
    return None


def _key(what, who, starts_at, window):
    salt = f"reports.quota {timezone.localdate(starts_at).isoformat()}"
    value = f"{what}|{window}|{starts_at.isoformat()}|{who}"
    return salted_hmac(salt, value, algorithm="sha256").hexdigest()


def _count(key, ends_at):
    """The number of this knock in its window: exact, however many processes count at once."""
    with transaction.atomic():
        Quota.objects.bulk_create([Quota(key=key, ends_at=ends_at)], ignore_conflicts=True)
        Quota.objects.filter(pk=key).update(count=F("count") + 1)
        return Quota.objects.values_list("count", flat=True).get(pk=key)


def _window(window, now):
    local = timezone.localtime(now)
    if window == MINUTE:
        start = local.replace(second=0, microsecond=0)
        return start, start + timedelta(minutes=1)
    if window == HOUR:
        start = local.replace(minute=0, second=0, microsecond=0)
        return start, start + timedelta(hours=1)
    start = datetime.combine(local.date(), time.min, local.tzinfo)
    return start, start + timedelta(days=1)
