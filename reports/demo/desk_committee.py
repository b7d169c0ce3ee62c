"""What An Giang's committee has told the desk in the demo: its header, targets, two kept filters."""

from reports.models import Committee, Person, SavedFilter, Target
from units.models import Unit

from .accounts import NORMAL_UNIT, ONE_STEP_UNIT, PROVINCE

HEADER = {
    "parent_body": "Tỉnh ủy An Giang",
    "issuing_body": "Ban Tuyên giáo và Dân vận",
    "document_code": "BC/BTGDVTU",
    "place": "An Giang",
    "signatory_title": "K/T Trưởng ban; Phó Trưởng ban",
    "signatory_name": "Lê Thị Mẫu Đơn",
    "recipients": "Thường trực Tỉnh ủy (để báo cáo)\nCác đảng ủy xã, phường\nLưu Văn phòng",
    "cutoff_day": 14,
}
# (unit, how many a month); None is every unit without a number of its own.
TARGETS = ((None, 1), (NORMAL_UNIT, 4), (ONE_STEP_UNIT, 3))
OF_A_PERSON = 3
# (name, page, address); the second moves on from month to month.
FILTERS = (
    (
        "Cả tỉnh và địa bàn cũ, năm nay",
        "table",
        f"don-vi={PROVINCE}&don-vi-cu=1&quy-uoc=15-14&ky-theo=nay&ky-loai=N",
    ),
    (
        "Đơn vị còn thiếu bài tháng vừa chốt",
        "coverage",
        f"don-vi={PROVINCE}&quy-uoc=15-14&con-thieu=1&ky-theo=truoc&ky-loai=T",
    ),
)


def add_committee(user):
    """Add it once, in the name of `user`: what somebody changed or took away since stays so."""
    unit = Unit.objects.get(pk=PROVINCE)
    committee, created = Committee.objects.get_or_create(unit=unit, defaults=HEADER)
    if not created:
        return
    for key, number in TARGETS:
        Target.objects.create(committee=committee, unit_id=key, reports_a_month=number)
    writer = Person.objects.filter(unit=NORMAL_UNIT).order_by("pk").first()
    if writer:
        Target.objects.create(committee=committee, person=writer, reports_a_month=OF_A_PERSON)
    for name, page, query in FILTERS:
        SavedFilter.objects.create(unit=unit, name=name, page=page, query=query, created_by=user)
