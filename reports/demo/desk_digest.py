"""The desk's books in the demo: a digest of five reports, a register of twenty-five models."""

from datetime import date, timedelta

from django.db import transaction

from portal.text import vietnamese_slug
from reports.models import Digest, DigestItem, Initiative, InitiativeStep, Report

from . import content
from .accounts import PROVINCE

TITLE = "Điểm tin: dân bàn, dân làm"
# title of the report, heading above it, own words (None: the report's lead)
ITEMS = (
    (
        "Thoại Sơn thông xe ba cây cầu ấp: dân chọn chỗ, dân coi thợ, dân giữ sổ",
        "Cầu, đường, bến đò",
        "Ba cây cầu ấp xong trước mùa nước. Chỗ xây do dân bỏ phiếu, sổ chi treo ở quán nước.",
    ),
    ("Bến đò kênh E có tay vịn: chín mươi bảy tuổi, bà Bảy lại tự đi chợ", "", None),
    (
        "Sau giờ đóng sạp, bí thư phường ngồi ghế nhựa nghe tiểu thương",
        "Nghe dân",
        "Mỗi tháng một buổi ngay giữa chợ, câu nào chưa trả lời được thì hẹn ngày.",
    ),
    ("Tây Phú bàn cầu kênh E: ba phương án vẽ bằng phấn giữa sân", "", None),
    (
        "Chuyến xe ông Tám: chở người bệnh xã Phú Hòa mười bốn năm không lấy tiền",
        "Người tốt",
        "Mười bốn năm, một chiếc xe cũ, chưa chuyến nào lấy tiền.",
    ),
)


@transaction.atomic
def add_books(today, by):
    """Add them once: where there is a digest or a register already, nothing is added to it."""
    if not Digest.objects.exists():
        _digest(today, by)
    if not Initiative.objects.exists():
        for row in content.register():
            _initiative(row, by)


def _digest(today, by):
    digest = Digest.objects.create(
        unit_id=PROVINCE,
        title=TITLE,
        intro="Năm chuyện nhỏ trong kỳ, chọn để giao ban khối dân vận đọc cùng nhau.",
        period_start=today - timedelta(days=365),
        period_end=today,
        query=f"don-vi={PROVINCE}&chu-de=dan-van-kheo",
        created_by=by,
        updated_by=by,
    )
    for place, (title, group, text) in enumerate(ITEMS, 1):
        if report := _report(title):
            DigestItem.objects.create(
                digest=digest, report=report, order=place, group=group, text=text
            )


def _report(title):
    """As it was loaded: known by its slug, whatever became of the title."""
    return Report.objects.filter(slug=vietnamese_slug(title)).order_by("pk").first()


def _initiative(row, by):
    level, day, number = row.get("recognised", ("", None, ""))
    step = InitiativeStep.RECOGNISED if day else InitiativeStep.REGISTERED
    if row.get("outstanding"):
        step = InitiativeStep.OUTSTANDING
    if row.get("dropped"):
        step = InitiativeStep.DROPPED
    initiative = Initiative(
        name=row["name"],
        field=row["field"],
        holder_kind=row.get("kind", "tap-the"),
        holder_name=row["holder"],
        unit_id=row["unit"],
        registered_year=row["year"],
        step=step,
        recognised_level=level,
        recognised_on=day and date.fromisoformat(day),
        decision_number=number,
        dropped_reason=row.get("dropped", ""),
        description=row.get("description", ""),
        created_by=by,
    )
    initiative._history_user = by
    initiative.save()
    if report := _report(row["about"]) if "about" in row else None:
        initiative.reports.add(report)
