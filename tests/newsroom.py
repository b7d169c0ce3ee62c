"""A newsroom in the middle of its work: one of everything its own pages show."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.http import QueryDict
from django.utils import timezone

from reports.editing import keep_typed, take_over
from reports.fees.locking import lock
from reports.fees.rules import Rules
from reports.fees.scoring import Score, give
from reports.fees.works import works_of
from reports.models import (
    Alert,
    BaseSalary,
    BatchState,
    FeeRate,
    FeeSchedule,
    ImportBatch,
    ImportItem,
    ItemOutcome,
    Person,
    Report,
)
from reports.photos import check_picture
from tests.factories import (
    ContributionFactory,
    MembershipFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
)
from tests.reports.test_pictures import jpeg

SLIPS = "Bà con xử dụng máy cày chung, gọi anh Ba 0912 345 678."
MONTHS = ((2024, 8), (2024, 9))


def furnish(unit, by, colleague):
    """{name: address} of the pages, for `by`, who edits and approves in `unit`.

    In one draft `by` has typed something not yet saved; on another `colleague` is writing.
    """
    draft = _draft(unit, by)
    held = ReportFactory(unit=unit, title="Bài người khác đang sửa", created_by=colleague)
    take_over(held, by=colleague, now=timezone.now())
    other = _photo_report(unit)
    payee = _fees(unit, by)
    same = PersonFactory(name=payee.name, unit=unit)
    tried, brought = _batches(unit, by)
    Alert.objects.create(recipient=by, report=draft, kind="dang", created_at=timezone.now())
    report, fees = "/quan-tri/reports/report", "/quan-tri/reports/feesheet"
    versions = draft.history.order_by("history_id")
    first, last = versions.first().history_id, versions.last().history_id
    locked, open_month = (f"{fees}/thang/{unit.pk}/{year}-{month:02d}/" for year, month in MONTHS)
    return {
        "viec-cua-toi": "/quan-tri/",
        "tin-bao": "/quan-tri/tin-bao/",
        "nhap-tu-word": "/quan-tri/nhap-bai/",
        "bai-co-dieu-nhac": f"{report}/{draft.pk}/change/",
        "bai-dang-co-nguoi-sua": f"{report}/{held.pk}/change/",
        "bai-lay-lai-chu": f"{report}/{draft.pk}/change/?lay-lai=1",
        "bai-co-anh": f"{report}/{other.pk}/change/",
        "dua-tep-vao-bai": f"{report}/{other.pk}/tu-tep/",
        "lich-su": f"{report}/{draft.pk}/history/",
        "mot-ban": f"{report}/{draft.pk}/lich-su/{first}/",
        "so-sanh": f"{report}/{draft.pk}/lich-su/so-sanh/?tu={first}&den={last}",
        "kho-anh": "/quan-tri/anh/",
        "kho-anh-cho-bai": f"/quan-tri/anh/?bai={draft.pk}",
        "them-anh": "/quan-tri/them-anh/",
        "nhap-kho": "/quan-tri/nhap-kho/",
        "dot-chay-thu": f"/quan-tri/nhap-kho/{tried.pk}/",
        "dot-da-nhap": f"/quan-tri/nhap-kho/{brought.pk}/",
        "xem-lai-dot": f"/quan-tri/nhap-kho/{brought.pk}/xem-lai/",
        "nhuan-but": f"{fees}/?nam=2024",
        "bang-ke-da-khoa": locked,
        "bang-ke-nhap": open_month,
        "cham-diem": f"{open_month}cham/?xem=tat-ca",
        "in-bang-ke": f"{locked}in/",
        "nhuan-but-cua-toi": f"{fees}/cua-toi/",
        "nguoi-trung": "/quan-tri/reports/person/gop/",
        "gop-nguoi": f"/quan-tri/reports/person/gop/xem/?giu={payee.pk}&gop={same.pk}",
    }


def _draft(unit, by):
    report = ReportFactory(unit=unit, lead=SLIPS, created_by=by, title="null Xã ta làm đường hoa")
    report.body = f"<p>Đoạn thêm vào sau.</p>{report.body}"
    report.save()
    typed = QueryDict(mutable=True)
    typed.update({"title": "Tít gõ dở", "lead": SLIPS})
    for rows in ("contributions", "photos", "figures"):
        typed.update({f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"})
    keep_typed(typed, by=by, now=timezone.now(), report=report, base_version=report.version)
    return report


def _photo_report(unit):
    report = ReportFactory(unit=unit, title="Bài có ảnh trong kho")
    photo = PhotoFactory.build(report=report, caption="Cầu mới qua kênh", alt="Cây cầu bê tông")
    check_picture(jpeg(900, 600)).store(photo)
    photo.save()
    return report


def _fees(unit, by):
    """Two months of works of the person who is `by` and of another; the first is scored and locked."""
    payee = Person.objects.filter(user=by).first() or PersonFactory(
        name="Ngọc Lan Chi", unit=unit, user=by
    )
    BaseSalary.objects.get_or_create(
        from_on=date(2024, 7, 1), defaults={"amount": 2_340_000, "basis": "Nghị định"}
    )
    schedule = FeeSchedule.objects.create(
        from_on=date(2024, 1, 1), basis="Quyết định", site_percent=Decimal(20)
    )
    FeeRate.objects.create(
        schedule=schedule, genre="tin", low=Decimal(1), high=Decimal("1.5"), usual=Decimal(1)
    )
    # Nobody scores their own.
    scorer = MembershipFactory(unit=unit, role="approver").user
    another = PersonFactory(name="Trần Bảo Quyên", unit=unit)
    for year, month in MONTHS:
        for day, person in ((5, payee), (6, another)):
            report = ReportFactory(
                unit=unit, published=True, published_at=datetime(year, month, day, 5, tzinfo=UTC),
                title=f"Tin ngày {day}/{month}", genre="tin",
            )  # fmt: skip
            ContributionFactory(report=report, person=person)
            if (year, month) == MONTHS[0]:
                (work,) = works_of(Report.objects.filter(pk=report.pk), Rules())
                give(work.parts[0], Score(Decimal("1.5"), {}, False), by=scorer)
    lock(unit, date(*MONTHS[0], 1), by=by)
    return payee


def _batches(unit, by):
    """A trial that has just begun, and a run that is over, with a page of every outcome."""
    tried, brought = (
        ImportBatch.objects.create(unit=unit, by=by, source=f"{name}.zip", state=state)
        for name, state in (("cổng huyện", BatchState.TRIAL), ("cổng xã", BatchState.FINISHED))
    )
    brought.finished_at = timezone.now()
    brought.save()
    for order, (outcome, words) in enumerate((
        (ItemOutcome.NEW, ""),
        (ItemOutcome.DOUBTFUL, "Không rõ ngày đăng ở cổng cũ."),
        (ItemOutcome.KNOWN, "Đã có bài này."),
        (ItemOutcome.SKIPPED, "Trang này không có bài."),
        (ItemOutcome.FAILED, "Không đọc được tệp này."),
    )):  # fmt: skip
        page = {"order": order, "name": f"bai/{order}.html", "title": f"Trang cũ số {order}"}
        ImportItem.objects.create(batch=tried, **page)
        suggested, report = {}, None
        if outcome in (ItemOutcome.NEW, ItemOutcome.DOUBTFUL):
            report = ReportFactory(unit=unit, title=page["title"], created_by=by)
        if outcome == ItemOutcome.DOUBTFUL:
            suggested = {"event": {"held_on": "2019-03-10", "ends_on": None, "session": ""},
                         "published_month": "2019-03", "authors": ["Tổ tin"]}  # fmt: skip
        ImportItem.objects.create(
            batch=brought, outcome=outcome, words=words, report=report, suggested=suggested, **page
        )
    return tried, brought
