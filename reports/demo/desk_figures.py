"""Numbers the demo's desk has confirmed, and tasks it has kept; one is done, one given up."""

from django.utils import timezone

from portal.text import vietnamese_slug
from reports.desk.figures import CONFIRM, SET_ASIDE, Decision, decide
from reports.desk.figures import found_in as numbers_in
from reports.desk.promises import drop, keep, proofs_for, tick_off, told_on
from reports.desk.promises import found_in as promises_in
from reports.models import Promise, Report

from .accounts import PROVINCE

HALF_YEAR = "An Giang nửa năm 2026: trả lời nhanh hơn, nhưng mười sáu lá đơn còn nằm lại"
# As printed: the indicator it is counted under; None is set aside. All others wait for a person.
CONFIRMED = {
    "412 cuộc đối thoại": "cuộc đối thoại với dân",
    "38.640 lượt người": "lượt người dự đối thoại",
    "18.205,5 triệu đồng": "người dân góp",
    "61.300 ngày công": "ngày công của người dân",
    "9.750 suất quà": "suất quà cho hộ khó",
    "90 vụ": None,
}
KEPT = 4
DONE, DROPPED = "kỹ năng đối thoại", "sáu cách làm"
WHY_DROPPED = "Các xã đã tự mời nhau từ tháng tám, không cần tỉnh chọn."


def add_figures_and_promises(user):
    """Add them once, in the name of `user`: where a promise is kept already, nothing is added."""
    if Promise.objects.exists():
        return
    report = Report.objects.published(timezone.now()).filter(
        unit=PROVINCE, slug=vietnamese_slug(HALF_YEAR)
    ).first()  # fmt: skip
    if report is None:
        return
    decisions = []
    for one in numbers_in([report])[report.pk].proposals:
        if one.found_as in CONFIRMED:
            indicator = CONFIRMED[one.found_as]
            deed = CONFIRM if indicator else SET_ASIDE
            decisions.append(
                Decision(one.key, deed, indicator or "", one.value, one.unit_of_measure)
            )
    decide(report.pk, decisions, by=user)
    offered = promises_in([report])[report.pk][:KEPT]
    keep(
        report,
        [
            (
                one,
                one.text,
                one.period and one.period.start,
                one.period and one.period.end,
                one.period.label if one.period else "",
            )
            for one in offered
        ],
        by=user,
    )
    for promise in Promise.objects.filter(report=report).select_related("report"):
        if DONE in promise.text and (proofs := proofs_for(promise)):
            proof = proofs[0]
            tick_off(
                promise, report=proof.report, sentence=proof.sentence,
                on=told_on(proof.report), by=user,
            )  # fmt: skip
        elif DROPPED in promise.text:
            drop(promise, WHY_DROPPED, on=timezone.localdate(), by=user)
