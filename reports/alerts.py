"""Tin báo: whoever has to act, or whose text was moved, is told; in the back office always, by mail
where the installation has a mail server and the account an address.

An alert holds no words of the report. Title and remark are shown, and mailed, only to who may read
the report at that moment.
"""

import logging
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from units.area import ever_above

from .models import Alert, AlertKind, MemberRole, Membership
from .rights import is_one_step, visible_reports

log = logging.getLogger(__name__)

HEADLINES = {
    AlertKind.SUBMITTED: "Bài chờ bạn duyệt",
    AlertKind.RETURNED: "Bài của bạn bị trả lại",
    AlertKind.PUBLISHED: "Bài của bạn đã đăng",
    AlertKind.SCHEDULED: "Bài của bạn được hẹn giờ đăng",
    AlertKind.RENEWED: "Bản sửa của bạn đã thay bản đang đăng",
    AlertKind.CORRECTED: "Bài của bạn có đính chính",
    AlertKind.WITHDRAWN: "Bài của bạn đã bị gỡ",
    AlertKind.RESTORED: "Bài của bạn được đăng lại",
}


def tell(kind, report, *, by, to, remark=""):
    """Leave an alert for each account in `to` (primary keys) but the one that acted."""
    staff = get_user_model().objects.filter(pk__in=set(to) - {by.pk}, is_active=True, is_staff=True)
    people = list(staff.order_by("pk"))
    now = timezone.now()
    Alert.objects.bulk_create(
        Alert(
            recipient=person, report=report, kind=kind, by=by, remark=remark[:500], created_at=now
        )
        for person in people
    )
    if settings.EMAIL_HOST and any(person.email for person in people):
        transaction.on_commit(partial(_mail, people, kind, report, remark), robust=True)


def approvers_of(report, may_publish):
    """Keys of the accounts with a grant here or above that may approve this report now."""
    roles = [MemberRole.APPROVER]
    if is_one_step(report):
        roles.append(MemberRole.EDITOR)
    here = {report.unit_id, *ever_above(report.unit_id)}
    granted = Membership.objects.filter(unit__in=here, role__in=roles).values("user")
    people = get_user_model().objects.filter(pk__in=granted, is_active=True)
    return [person.pk for person in people if may_publish(person, report)]


def no_longer_waiting(report):
    """It was approved or returned: nobody need be called to it any more."""
    waiting = report.alerts.unseen().filter(kind=AlertKind.SUBMITTED)
    waiting.update(seen_at=timezone.now())


def alerts_for(user):
    """The alerts of `user` about reports they may read now; of others, nothing is left to see."""
    readable = visible_reports(user).values("pk")
    return Alert.objects.filter(recipient=user, report__in=readable)


def mark_seen(alerts):
    """How many of `alerts` had not been seen."""
    return alerts.unseen().update(seen_at=timezone.now())


def _mail(people, kind, report, remark):
    """One message a person; a mail server that is away is a line in the log, and nothing else."""
    address = settings.SITE_URL + reverse("admin:reports_report_change", args=[report.pk])
    readers = [
        person
        for person in people
        if person.email and visible_reports(person).filter(pk=report.pk).exists()
    ]
    lines = [f"{HEADLINES[kind]}: {report.title}", remark, f"Mở bài: {address}"]
    body = "\n\n".join(filter(None, lines)) + "\n"
    subject = f"{HEADLINES[kind]}: {report.title}"[:180]
    messages = [EmailMessage(subject, body, to=[person.email]) for person in readers]
    try:
        if messages:
            get_connection().send_messages(messages)
    except (OSError, SMTPException, ValueError):
        # ValueError: an address no mail server would take.
        log.warning("Không gửi được thư báo về bài %s.", report.pk, exc_info=True)
