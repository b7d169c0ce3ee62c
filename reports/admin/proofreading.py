"""Biên tập viên thứ hai in the back office: the panel of a report, its ticks, its one-click cures."""

from copy import copy

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from portal.text import one_line
from portal.tokens import normal
from reports.cleaning import UncleanableHtml, clean_html
from reports.models import Report, ReportStatus, StaleReport
from reports.proofreading.checking import check, check_draft
from reports.proofreading.draft import Draft, PhotoWords
from reports.proofreading.heeding import heed, heeded, reminders, unheeded
from reports.proofreading.mending import NotMended, mend
from units.models import Unit

# Buttons of the form: check, do one cure. The tick sends the prints of the reminders it stands for.
CHECK, MEND, READ = "_kiem-bai", "_chua", "da-xem"
MOST_TYPED = 500_000
MOST_PHOTOS = 200
# Approved once; what is public is corrected or revised, not proofread.
NOT_ANY_MORE = (ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN)


def panel_of(report, findings):
    """What the panel shows: each finding with the HeededFinding that says who has read it."""
    known = heeded(report)
    rows = [{"finding": each, "heeded": known.get(each.fingerprint)} for each in findings]
    left = [row["finding"] for row in rows if not row["heeded"] and not row["finding"].is_block]
    return {
        "rows": rows,
        "blocks": sum(each.is_block for each in findings),
        "reminders": len(reminders(findings)),
        "unread": len(left),
        "prints": " ".join(each.fingerprint for each in left),
    }


class WithProofreading:
    """For the admin of reports, before WithDeeds: nothing unread is sent, and the panel says why."""

    def get_urls(self):
        live = self.admin_site.admin_view(self.live_view)
        return [
            path("add/kiem-bai/", live, name="reports_report_proofread_new"),
            path("<path:object_id>/kiem-bai/", live, name="reports_report_proofread"),
            *super().get_urls(),
        ]

    # --- the panel -------------------------------------------------------------------------------

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        # A form that came back with errors has those to say first.
        is_stored = obj is not None and obj.pk and request.method in ("GET", "HEAD")
        if is_stored and obj.status not in NOT_ANY_MORE:
            context["proof"] = panel_of(obj, check(obj, user=request.user))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def read_page(self, request, report, **kwargs):
        """For the approver: the same findings, and who has read which."""
        response = super().read_page(request, report, **kwargs)
        if report.status not in NOT_ANY_MORE:
            response.context_data["proof"] = panel_of(report, check(report, user=request.user))
        return response

    # --- the buttons -----------------------------------------------------------------------------

    def response_add(self, request, obj, post_url_continue=None):
        return self._proofread(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._proofread(request, obj) or super().response_change(request, obj)

    def _proofread(self, request, report):
        """Everything typed is saved by now."""
        if MEND in request.POST:
            self._mend(request, report, request.POST[MEND])
        elif CHECK not in request.POST:
            return None
        url = reverse("admin:reports_report_change", args=[report.pk])
        return HttpResponseRedirect(f"{url}#kiem-bai")

    def _mend(self, request, report, fingerprint):
        stored = Report.objects.get(pk=report.pk, version=report.version)
        found = {each.fingerprint: each for each in check(stored, user=request.user)}
        try:
            if fingerprint not in found:
                raise NotMended
            mend(stored, found[fingerprint], by=request.user)
        except (NotMended, StaleReport) as refused:
            self.message_user(request, f"Đã lưu. {refused}", messages.WARNING)
            return
        self.message_user(request, f"Đã lưu và sửa: {found[fingerprint].words}", messages.SUCCESS)

    # --- sending ---------------------------------------------------------------------------------

    def do_after_saving(self, request, report, slug, **needs):
        if slug == "gui-duyet" and (left := self._still_unread(request, report)):
            self.message_user(request, f"Đã lưu, nhưng chưa gửi: {left}", messages.ERROR)
            return False
        return super().do_after_saving(request, report, slug, **needs)

    def deed_view(self, request, object_id, slug):
        """The door beside the form asks for the same tick."""
        if slug == "gui-duyet" and request.method == "POST":
            report = self.get_object(request, unquote(object_id))
            may = report is not None and self.has_change_permission(request, report)
            if may and (left := self._still_unread(request, report)):
                return self.refused_page(request, report, slug, None, status=400, message=left)
        return super().deed_view(request, object_id, slug)

    def _still_unread(self, request, report):
        """Keep what was ticked; a sentence about what was not, empty when nothing is left."""
        findings = check(report, user=request.user)
        if any(finding.is_block for finding in findings):
            return ""  # the deed itself refuses, and says so
        prints = " ".join(request.POST.getlist(READ)).split()
        heed(report, findings, prints, by=request.user)
        left = unheeded(report, findings)
        if not left:
            return ""
        return (
            f"còn {len(left)} điều nhắc chưa xem. Đọc ở khung “Biên tập viên thứ hai”, "
            "sửa nếu cần, rồi đánh dấu “Tôi đã xem”."
        )

    # --- while typing ----------------------------------------------------------------------------

    def live_view(self, request, object_id=None):
        """The findings in what is typed now, as a piece of the page. Nothing is stored."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if object_id is None:
            report = Report() if self.has_add_permission(request) else None
        else:
            report = self.get_object(request, unquote(object_id))
        if report is None or not self.has_change_permission(request, report if report.pk else None):
            raise Http404
        if sum(len(text) for texts in dict(request.POST).values() for text in texts) > MOST_TYPED:
            return HttpResponse(status=413)
        try:
            draft = self._typed(request, report)
        except UncleanableHtml as refused:
            return HttpResponse(str(refused), status=400, content_type="text/plain; charset=utf-8")
        context = {"proof": panel_of(report, check_draft(draft)), "may_mend": True}
        return render(request, "admin/reports/report/proofreading_list.html", context)

    def _typed(self, request, report):
        """A Draft of the form's fields; what makes no sense is as it is stored."""
        typed, data = copy(report), request.POST
        for name in ("title", "lead", "period_label", "source_url", "genre"):
            if name in data:
                setattr(typed, name, one_line(data[name]))
        typed.body = clean_html(data.get("body", ""))
        for name in ("period_start", "period_end"):
            if name in data:
                setattr(typed, name, _day(data[name], getattr(report, name)))
        if "event" in data:
            typed.event = self._chosen(request, "event", data["event"])
        if report.pk is None:
            unit = self._chosen(request, "unit", data.get("unit", ""))
            if unit is not None:
                typed.unit = unit
        photos = _typed_photos(report, data)
        return Draft.of(typed, now=timezone.now(), user=request.user, photos=photos)

    def _chosen(self, request, name, key):
        """What the picker of this field would accept."""
        field = Report._meta.get_field(name)
        choices = self.choices_for(request, field)
        if choices is None:
            choices = (Unit if name == "unit" else field.related_model).objects.all()
        key_field = forms.ModelChoiceField(choices, required=False)
        try:
            return key_field.clean(key)
        except forms.ValidationError:
            return None


def _day(text, stored):
    try:
        return forms.DateField(required=False).clean(text)
    except forms.ValidationError:
        return stored


def _typed_photos(report, data):
    tokens = {}
    if report.pk:
        tokens = {str(pk): token for pk, token in report.photos.values_list("pk", "token")}
    count = data.get("photos-TOTAL_FORMS", "")
    count = min(int(count), MOST_PHOTOS) if count.isascii() and count.isdigit() else 0
    photos = []
    for number in range(count):
        row = f"photos-{number}-"
        token = tokens.get(data.get(f"{row}id", ""))
        if token is None or data.get(f"{row}DELETE"):
            continue
        caption, alt = (normal(one_line(data.get(row + name, ""))) for name in ("caption", "alt"))
        has_credit = bool(data.get(f"{row}credit") or data.get(f"{row}credit_text", "").strip())
        photos.append(PhotoWords(number, token, caption, alt, has_credit))
    return photos
