"""Twenty approvers lock one month, and note one payment, at the same moment."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils import timezone

from reports.fees.locking import fingerprint
from reports.fees.sheets import month_sheet
from reports.models import FeeLine, FeeSheet, MemberRole
from tests.factories import PersonFactory
from tests.reports.test_two_editors import PEOPLE, at_once, browsers, several_writers  # noqa: F401


@several_writers
def test_a_month_is_locked_and_paid_once(at_once, unit, schedule, work, score):  # noqa: F811
    for day in (5, 6):
        score(work(2024, 8, day, PersonFactory()), "1.5")
    clients = browsers(unit, MemberRole.APPROVER)
    args = [unit.pk, "2024-08"]
    seen = fingerprint(month_sheet(unit, date(2024, 8, 1)))
    paid = {"paid_on": f"{timezone.localdate():%d/%m/%Y}", "voucher": "PC 1"}
    told = []
    for word, data in (("lock", {"seen": seen}), ("paid", paid)):
        address = reverse(f"admin:reports_fees_{word}", args=args)
        told.append(
            Counter(
                at_once(
                    [
                        lambda one=one, address=address, data=data: (
                            one.post(address, data).status_code
                        )
                        for one in clients
                    ]
                )
            )
        )

    assert told == [{302: 1, 409: PEOPLE - 1}] * 2
    assert (FeeSheet.objects.count(), FeeLine.objects.count()) == (1, 2)
