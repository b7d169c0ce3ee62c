"""What the database keeps true of every report (the sentences reach the forms), and finds at once."""

from django.db import models
from django.db.models import F, Q

from .choices import ReportStatus

INDEXES = [
    # Home, /tin/, feed, sitemap, the pager below a report: published, newest first.
    models.Index(fields=["status", "-published_at", "-id"], name="report_newest"),
    # Lists and counts by period: found and put in order without reading a row. The rest is
    # what the desk's tables and its coverage count by, so that a year of all units is one walk of the
    # index.
    models.Index(
        fields=[
            "status",
            "counting_on",
            "published_at",
            "id",
            "unit",
            "event",
            "heading",
            "genre",
            "section",
            "organisation",
            "published_is_estimate",
        ],
        name="report_counting",
    ),
    # Which events the public reports tell of: the desk's conferences, and how many tell of one.
    models.Index(fields=["event", "status", "published_at", "counting_on"], name="report_of_event"),
    # The back office's lists of one unit.
    models.Index(fields=["unit", "status", "-updated_at"], name="report_of_unit"),
    # import_articles: has this page come in before?
    models.Index(fields=["original_url"], name="report_original"),
    # An address nobody knows: is it one of an old portal?
    models.Index(fields=["original_path"], name="report_original_path"),
]

CONSTRAINTS = [
    models.CheckConstraint(
        name="report_period_whole_and_forward",
        condition=Q(period_start=None, period_end=None)
        | Q(
            period_start__isnull=False,
            period_end__isnull=False,
            period_start__lte=F("period_end"),
        ),
        violation_error_message="Kỳ báo cáo cần cả hai ngày, và ngày kết thúc không được trước ngày bắt đầu.",
    ),
    models.CheckConstraint(
        name="report_dated_once_public",
        condition=~Q(status__in=[ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN])
        | Q(published_at__isnull=False),
        violation_error_message="Bài đã đăng phải giữ ngày đăng.",
    ),
    models.CheckConstraint(
        name="report_withdrawn_with_reason",
        condition=~Q(status=ReportStatus.WITHDRAWN)
        | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
        violation_error_message="Gỡ bài phải ghi lý do.",
    ),
    models.CheckConstraint(
        name="report_status_known",
        condition=Q(status__in=ReportStatus.values),
        violation_error_message="Không có trạng thái ấy.",
    ),
    models.CheckConstraint(
        name="report_titled",
        condition=~Q(title=""),
        violation_error_message="Bài phải có tít.",
    ),
    models.UniqueConstraint(
        fields=["unit", "source_hash"],
        condition=~Q(source_hash=""),
        name="report_source_once_a_unit",
        violation_error_message="Tệp này đã được nhập vào đơn vị này.",
    ),
    models.UniqueConstraint(
        fields=["original_url"],
        condition=~Q(original_url=""),
        name="report_original_once",
        violation_error_message="Đã có bài lấy từ địa chỉ này.",
    ),
    # A new version of a published text goes the same way as any text, but is never a page itself.
    models.CheckConstraint(
        name="report_revision_is_no_page",
        condition=Q(revises=None) | ~Q(status__in=[ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN]),
        violation_error_message="Bản sửa không tự đăng thành trang được.",
    ),
    models.UniqueConstraint(
        fields=["revises"],
        name="report_one_revision_at_a_time",
        violation_error_message="Bài này đang có một bản sửa.",
    ),
    # A browser that sends the same new report twice makes one.
    models.UniqueConstraint(
        fields=["created_by", "once_key"],
        condition=~Q(once_key=""),
        name="report_made_once",
        violation_error_message="Bài này đã được lưu rồi.",
    ),
]
