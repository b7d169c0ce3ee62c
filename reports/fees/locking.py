"""Khóa bảng, ghi đã chi: the two deeds a month's sheet knows. There is no way back from either."""

import hashlib

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.text import one_line

from ..models import FeeLine, FeeSheet, FeeSheetState
from .access import may_prepare
from .rules import Rules
from .sheets import LINE_FIELDS, month_sheet
from .works import next_month


class SheetRefused(Exception):
    """A deed that may not happen; `status_code` as in `reports.workflow`."""

    def __init__(self, message, status_code=409):
        super().__init__(message)
        self.status_code = status_code


def fingerprint(month):
    """What somebody has seen of a draft: another one means that its lines have changed."""
    seen = [tuple(str(getattr(line, name)) for name in LINE_FIELDS) for line in month.lines]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


@transaction.atomic
def lock(unit, month_on, *, by, seen=None, now=None):
    """Freeze a month; the FeeSheet. Raises SheetRefused.

    `seen`: `fingerprint` of what the person has on the screen. None is for commands and tests.
    """
    now = now or timezone.now()
    if not may_prepare(by, unit.pk):
        raise SheetRefused("Người duyệt của đơn vị mới khóa được bảng kê.", 403)
    if timezone.localdate(now) < next_month(month_on):
        raise SheetRefused("Tháng này chưa hết, còn bài sắp đăng. Sang tháng sau hãy khóa.")
    month = month_sheet(unit, month_on, now=now, rules=Rules())
    if month.sheet:
        raise SheetRefused("Bảng kê tháng này đã khóa rồi.")
    if not month.lines:
        raise SheetRefused("Chưa có dòng nào để khóa. Hãy chấm nhuận bút trước.")
    if seen is not None and seen != fingerprint(month):
        raise SheetRefused("Bảng vừa đổi so với bản bạn đang xem. Hãy xem lại rồi khóa.")
    try:
        with transaction.atomic():
            sheet = FeeSheet.objects.create(
                unit=unit,
                month_on=month_on,
                unit_label=unit.full_name_on(month_on),
                locked_at=now,
                locked_by=by,
            )
    except IntegrityError:
        raise SheetRefused("Bảng kê tháng này đã khóa rồi.") from None
    rows, position = [], 0
    for payee, group in enumerate(month.groups, 1):
        for line in group.lines:
            position += 1
            rows.append(
                FeeLine(
                    sheet=sheet,
                    position=position,
                    payee=payee,
                    report_id=line.report_id,
                    person_id=line.person_id,
                    **{name: getattr(line, name) for name in LINE_FIELDS},
                )
            )
    FeeLine.objects.bulk_create(rows, batch_size=200)
    note(month, by, f"khóa bảng kê, {len(rows)} dòng")
    return sheet


@transaction.atomic
def note_paid(sheet, *, by, paid_on, voucher):
    """Say that the money was handed out. Raises SheetRefused."""
    sheet = FeeSheet.objects.select_for_update(of=("self",)).select_related("unit").get(pk=sheet.pk)
    if not may_prepare(by, sheet.unit_id):
        raise SheetRefused("Người duyệt của đơn vị mới ghi được là đã chi.", 403)
    if sheet.state != FeeSheetState.LOCKED:
        raise SheetRefused("Bảng kê này đã ghi là đã chi.")
    voucher = one_line(voucher)[:60]
    if not voucher:
        raise SheetRefused("Hãy ghi số chứng từ.", 400)
    if not timezone.localdate(sheet.locked_at) <= paid_on <= timezone.localdate():
        raise SheetRefused("Ngày chi từ ngày khóa bảng đến hôm nay.", 400)
    sheet.state = FeeSheetState.PAID
    sheet.paid_on, sheet.voucher = paid_on, voucher
    sheet.paid_noted_by, sheet.paid_noted_at = by, timezone.now()
    sheet.save()
    note(month_sheet(sheet.unit, sheet.month_on), by, f"ghi đã chi, chứng từ {voucher}")
    return sheet


def note(month, by, words):
    """One line in the log of this sheet: a deed, or that somebody took it out as a file."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(FeeSheet),
        object_id=month.reference,
        object_repr=f"Nhuận bút {month.month_words}, {month.unit_label}"[:200],
        action_flag=CHANGE,
        change_message=words,
    )


def log_of(month):
    """The log of this sheet, newest first."""
    return (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(FeeSheet), object_id=month.reference
        )
        .select_related("user")
        .order_by("-action_time", "-pk")
    )
