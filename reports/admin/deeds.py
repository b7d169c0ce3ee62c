"""The buttons that move a report: POST-only doors to `reports.workflow`.

A refusal answers with its own status code (403 no right, 409 wrong state, 400 something missing)
on the report's page, with the sentence beside the buttons and what was typed still there.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from portal.text import plain_text
from reports import workflow
from reports.models import Correction

from .report_form import MomentField


class MomentForm(forms.Form):
    publish_on = MomentField(label="Đăng lúc")

    def clean_publish_on(self):
        at = self.cleaned_data["publish_on"]
        if at <= timezone.now():
            raise forms.ValidationError("Giờ hẹn đã qua. Hãy chọn giờ sắp tới, hoặc đăng ngay.")
        return at


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class CorrectionForm(forms.ModelForm):
    class Meta:
        model = Correction
        fields = ["text", "asked_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


def publish_now(report, *, by):
    """Publish at once, or at the moment an old portal did; a moment to come is for scheduling."""
    at = report.published_at
    return workflow.publish(report, by=by, at=at if at and at <= timezone.now() else timezone.now())


def publish_later(report, *, by, publish_on):
    return workflow.publish(report, by=by, at=publish_on)


def correct(report, *, by, text, asked_on):
    """Say in public what was wrong. Raises workflow.Refused."""
    if not report.is_published():
        raise workflow.Refused("Chỉ bài đã đăng mới có đính chính.", 409)
    if not workflow.may_withdraw(by, report):
        raise workflow.Refused("Người duyệt của đơn vị mới ghi đính chính được.", 403)
    return Correction.objects.create(
        report=report, text=plain_text(text), asked_on=asked_on,
        decided_at=timezone.now(), decided_by=by,
    )  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """`slug` is the last word of the address; `form` asks for what the deed needs; `may` says who."""

    slug: str
    button: str
    do: object
    may: object
    done: str
    form: type | None = None
    hint: str = ""

    def bind(self, data=None):
        """The deed's form, or None; several stand on one page, so each has ids of its own."""
        return self.form and self.form(data, auto_id=f"{self.slug}_%s")


def may_correct(user, report):
    return report.is_published() and workflow.may_withdraw(user, report)


DEEDS = {
    deed.slug: deed
    for deed in (
        Deed("dang", "Đăng ngay", publish_now, workflow.may_publish, "Đã đăng."),
        Deed("gui-duyet", "Gửi duyệt", workflow.submit, workflow.may_submit, "Đã gửi duyệt."),
        Deed(
            "hen-gio", "Hẹn giờ đăng", publish_later, workflow.may_publish,
            "Đã hẹn giờ đăng.", MomentForm,
        ),
        Deed(
            "doi-gio", "Đổi giờ đăng", workflow.reschedule, workflow.may_reschedule,
            "Đã đổi giờ đăng.", MomentForm,
        ),
        Deed(
            "tra-lai", "Trả lại người viết", workflow.return_to_author, workflow.may_return,
            "Đã trả lại người viết.", ReasonForm,
            "Nói rõ cần sửa gì. Ví dụ: thiếu tên người chụp ảnh số 2.",
        ),
        Deed(
            "dinh-chinh", "Ghi đính chính", correct, may_correct,
            "Đã ghi đính chính.", CorrectionForm, "Hiện ra ở đầu bài và không xóa được.",
        ),
        Deed(
            "go", "Gỡ bài", workflow.withdraw, workflow.may_withdraw,
            "Đã gỡ bài.", ReasonForm, "Bạn đọc mở địa chỉ này sẽ thấy lý do, không thấy nội dung.",
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
            "url": reverse(f"admin:reports_report_{deed.slug}", args=[report.pk]),
            "form": form if deed.slug == tried else deed.bind(),
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
        deed = DEEDS[slug]
        form = deed.bind(request.POST)
        if form and not form.is_valid():
            return self.refused_page(request, report, slug, form, status=400)
        try:
            with transaction.atomic():
                deed.do(report, by=request.user, **(form.cleaned_data if form else {}))
        except workflow.Refused as refused:
            return self.refused_page(
                request, report, slug, form, status=refused.status_code, message=str(refused)
            )
        self.message_user(request, f"{deed.done} “{report}”", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:index"))

    def do_after_saving(self, request, report, slug, **needs):
        """The deed of a button that saves first; a refusal leaves what was saved, and says so."""
        deed = DEEDS[slug]
        try:
            deed.do(report, by=request.user, **needs)
        except workflow.Refused as refused:
            self.message_user(
                request, f"Đã lưu, nhưng chưa làm tiếp được: {refused}", messages.ERROR
            )
            return False
        self.message_user(request, f"{deed.done} “{report}”", messages.SUCCESS)
        return True
