"""The buttons that move a report: POST-only doors to `reports.workflow`.

Each form carries the version its person has seen. A refusal answers with its own status code (403
no right, 409 wrong state or a newer version, 400 something missing) on the report's page as it
reads now, with the sentence beside the buttons and what was typed still there.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from reports import workflow
from reports.models import AlertKind, Report, StaleReport

from .conflict import seen_version
from .deed_forms import CorrectionForm, MomentForm, ReturnForm, WithdrawForm

STALE = "Bài vừa được lưu bản mới hơn bản bạn đang xem. Hãy đọc lại rồi làm tiếp."
NO_APPROVER = "Chưa tài khoản nào được phân quyền duyệt bài này. Hãy báo quản trị của đơn vị để bài khỏi chờ lâu."


def publish_now(report, *, by, version=None):
    """Publish at once, or at the moment an old portal did; a moment to come is for scheduling."""
    at, now = report.published_at, timezone.now()
    return workflow.publish(report, by=by, at=at if at and at <= now else now, version=version)


def publish_later(report, *, by, publish_on, version=None):
    return workflow.publish(report, by=by, at=publish_on, version=version)


@dataclass(frozen=True)
class Deed:
    """`slug` is the last word of the address; `form` asks for what the deed needs; `may` says who.

    `opens_result`: afterwards stands the report that the deed returned, not the start page.
    """

    slug: str
    button: str
    do: object
    may: object
    done: str
    form: type | None = None
    hint: str = ""
    of_revision: str = ""
    opens_result: bool = False

    def bind(self, report, data=None):
        """The deed's form, or None; several stand on one page, so each has ids of its own."""
        return self.form and self.form(data, report=report, auto_id=f"{self.slug}_%s")

    def words(self, report):
        """What the button says."""
        return (report.revises_id and self.of_revision) or self.button


DEEDS = {
    deed.slug: deed
    for deed in (
        Deed(
            "dang", "Đăng ngay", publish_now, workflow.may_publish, "Đã đăng.",
            of_revision="Thay bản đang đăng",
        ),
        Deed("gui-duyet", "Gửi duyệt", workflow.submit, workflow.may_submit, "Đã gửi duyệt."),
        Deed(
            "hen-gio", "Hẹn giờ đăng", publish_later, workflow.may_schedule,
            "Đã hẹn giờ đăng.", MomentForm,
        ),
        Deed(
            "doi-gio", "Đổi giờ đăng", workflow.reschedule, workflow.may_reschedule,
            "Đã đổi giờ đăng.", MomentForm,
        ),
        Deed(
            "tra-lai", "Trả lại người viết", workflow.return_to_author, workflow.may_return,
            "Đã trả lại người viết.", ReturnForm,
        ),
        Deed(
            "ban-sua", "Viết bản sửa", workflow.revise, workflow.may_revise,
            "Bản sửa bắt đầu từ bản đang đăng. Bạn đọc vẫn thấy bản cũ cho tới khi bản sửa được duyệt.",
            hint="Dùng khi cần đổi nội dung. Sai sót bạn đọc cần biết thì ghi đính chính.",
            opens_result=True,
        ),
        Deed(
            "dinh-chinh", "Ghi đính chính", workflow.correct, workflow.may_correct,
            "Đã ghi đính chính.", CorrectionForm,
            "Hiện ra ở đầu bài và ở trang Đính chính; không xóa được.",
        ),
        Deed(
            "go", "Gỡ bài", workflow.withdraw, workflow.may_withdraw,
            "Đã gỡ bài.", WithdrawForm,
            "Bạn đọc mở địa chỉ này sẽ thấy lý do, không thấy nội dung.",
        ),
        Deed(
            "dang-lai", "Đăng lại", workflow.restore, workflow.may_restore, "Đã đăng lại.",
            hint="Bài trở về đúng địa chỉ và ngày đăng cũ.",
        ),
        Deed(
            "theo-ban-moi", "Đã đối chiếu, giữ bản sửa", workflow.catch_up, workflow.may_catch_up,
            "Bản sửa nay tính từ bản đang đăng.",
            hint="Bài gốc đã đổi sau khi bản sửa bắt đầu. Hãy xem mục “Khác bản đang đăng”, "
            "chép phần cần giữ vào bản sửa rồi bấm nút này.",
            opens_result=True,
        ),
        Deed(
            "bo-ban-sua", "Bỏ bản sửa", workflow.drop, workflow.may_drop,
            "Đã bỏ bản sửa; bài đang đăng giữ nguyên.", opens_result=True,
        ),
    )
}  # fmt: skip


def open_deeds(user, report, *, refused=None, without=()):
    """What `user` may do to `report` now, for the page: each deed with its address and form.

    `refused` is the (slug, bound form) of one that was just tried; it is shown again as it came.
    """
    tried, form = refused or ("", None)
    return [
        {
            "deed": deed,
            "button": deed.words(report),
            "version": report.version,
            "url": reverse(f"admin:reports_report_{deed.slug}", args=[report.pk]),
            "form": form if deed.slug == tried else deed.bind(report),
            "is_open": deed.slug == tried,
        }
        for deed in DEEDS.values()
        if deed.slug not in without and (deed.may(user, report) or (deed.slug == tried and form))
    ]


class WithDeeds:
    """For the admin of reports: an address for each deed. The admin draws `refused_page`."""

    def get_urls(self):
        return [
            path(
                f"<path:object_id>/{slug}/",
                self.admin_site.admin_view(self.deed_view),
                {"slug": slug},
                name=f"reports_report_{slug}",
            )
            for slug in DEEDS
        ] + super().get_urls()

    def deed_view(self, request, object_id, slug):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404
        deed, version = DEEDS[slug], seen_version(request.POST)
        form = deed.bind(report, request.POST)
        if form and not form.is_valid():
            status, message = (400, "") if version == report.version else (409, STALE)
            return self.refused_page(request, report, slug, form, status=status, message=message)
        needs = form.cleaned_data if form else {}
        try:
            with transaction.atomic():
                result = deed.do(report, by=request.user, version=version, **needs)
        except workflow.Refused as refused:
            status, message = refused.status_code, str(refused)
        except StaleReport:
            status, message = 409, STALE
        else:
            self._say_done(request, deed, report)
            if deed.opens_result:
                url = reverse("admin:reports_report_change", args=[result.pk])
                return HttpResponseRedirect(url)
            return HttpResponseRedirect(reverse("admin:index"))
        report = self.get_object(request, object_id)  # as it reads now
        if report is None:
            raise Http404
        return self.refused_page(request, report, slug, form, status=status, message=message)

    def do_after_saving(self, request, report, slug, **needs):
        """The deed of a button that saves first; a refusal leaves what was saved, and says so."""
        deed = DEEDS[slug]
        try:
            with transaction.atomic():
                deed.do(report, by=request.user, version=report.version, **needs)
        except (workflow.Refused, StaleReport) as refused:
            self.message_user(
                request, f"Đã lưu, nhưng chưa làm tiếp được: {refused}", messages.ERROR
            )
            return False
        self._say_done(request, deed, report)
        return True

    def _say_done(self, request, deed, report):
        self.message_user(request, f"{deed.done} “{report}”", messages.SUCCESS)
        if deed.slug == "gui-duyet":
            told = Report.objects.filter(pk=report.pk, alerts__kind=AlertKind.SUBMITTED)
            if not told.exists():
                self.message_user(request, NO_APPROVER, messages.WARNING)
