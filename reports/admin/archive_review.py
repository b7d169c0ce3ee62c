"""The bulk review: the drafts of one batch side by side, many settled with one click."""

import re
from datetime import date

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from portal.paging import page_number, turn_to
from portal.pickers import SeveralChoices
from reports.archive.accepting import (
    Declined,
    accept,
    hindrances,
    is_unsettled,
    saved_since,
    send,
    sort_in,
)
from reports.models import MemberRole, Report, ReportHeading, Section, Topic
from reports.rights import EDITABLE, visible_reports
from units.models import Unit

from .archive import batch_or_404

ROWS = 30
TOLD = 8
ACCEPT, SORT, SEND = "nhan", "dat", "gui"
DONE = {ACCEPT: "Đã nhận gợi ý", SORT: "Đã đặt", SEND: "Đã gửi duyệt"}


class SortForm(forms.Form):
    """What is set for many at once; an empty field changes nothing."""

    section = forms.ModelChoiceField(
        Section.objects.none(), required=False, label="Chuyên mục", empty_label="Không đổi"
    )
    topics = SeveralChoices(
        Topic.objects.none(),
        required=False,
        label="Thêm chủ đề",
        widget=forms.CheckboxSelectMultiple,
    )
    heading = forms.ChoiceField(
        choices=[("", "Không đổi"), *ReportHeading.choices], required=False, label="Mục báo cáo"
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), required=False, label="Đơn vị", empty_label="Không đổi"
    )
    month = forms.CharField(
        required=False,
        max_length=10,
        label="Đăng ở cổng cũ khoảng tháng",
        help_text="Ví dụ: 7/2024. Trang sẽ ghi “khoảng tháng 7/2024”.",
    )

    def __init__(self, *data, user, batch, **options):
        super().__init__(*data, **options)
        self.fields["section"].queryset = Section.objects.order_by("order", "name")
        self.fields["topics"].queryset = Topic.objects.order_by("name")
        own = user.memberships.filter(role=MemberRole.EDITOR).values("unit")
        suggested = {
            key
            for item in batch.items.filter(suggested__has_key="units").only("suggested")[:200]
            for key in item.suggested["units"]
        }
        # A system administrator may move it to whatever the texts themselves name.
        keys = suggested | {batch.unit_id} if user.is_superuser else own
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=keys).select_related("parent")

    def clean_month(self):
        words = self.cleaned_data["month"].strip()
        if not words:
            return None
        found = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{4})", words, re.ASCII)
        if not found or not 1 <= int(found[1]) <= 12 or not 1990 <= int(found[2]) <= 2100:
            raise forms.ValidationError("Ghi tháng và năm, ví dụ 7/2024.")
        month = date(int(found[2]), int(found[1]), 1)
        if month > timezone.localdate():
            raise forms.ValidationError("Tháng này chưa tới.")
        return month

    def clean(self):
        super().clean()
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError("Hãy chọn ít nhất một điều để đặt.")
        return self.cleaned_data

    def wanted(self):
        """(fields, topics) for `sort_in`."""
        data = self.cleaned_data
        names = ("section", "heading", "unit", "month")
        fields = {name: data[name] for name in names if data[name]}
        return fields, list(data["topics"])


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk, admin_site):
    """The drafts that can still be worked on; a post does one thing to those that are ticked."""
    batch = batch_or_404(request, pk)
    form = SortForm(user=request.user, batch=batch)
    if request.method == "POST":
        if request.POST.get("viec") == SORT:
            form = SortForm(request.POST, user=request.user, batch=batch)
        if not form.is_bound or form.is_valid():
            _do(request, batch, form)
            number = page_number(request.POST.get("trang")) or 1
            address = reverse("admin:archive_review", args=[batch.pk])
            return HttpResponseRedirect(f"{address}?trang={number}" if number > 1 else address)
    asked = request.POST if request.method == "POST" else request.GET
    page = turn_to(_items(request, batch), page_number(asked.get("trang")) or 1, ROWS)
    context = {
        **admin_site.each_context(request),
        "title": "Xem lại bài vừa nhập",
        "batch": batch,
        "page": page,
        "rows": _rows(page, request.user),
        "form": form,
        "chosen": set(request.POST.getlist("bai")),
    }
    status = 400 if form.errors else 200
    return render(request, "admin/archive_review.html", context, status=status)


def _items(request, batch):
    """Items whose drafts this person may still change: what is sent on leaves the list."""
    reports = visible_reports(request.user).filter(status__in=EDITABLE)
    touched = saved_since(OuterRef("report"))
    return (
        batch.items.filter(report__in=reports.values("pk"), brought_at__isnull=False)
        .annotate(is_touched=Exists(touched))
        .select_related("report__unit", "report__section", "report__event")
        .order_by("order")
    )


def _do(request, batch, form):
    """One deed for each ticked draft, each by its own rights; says how many, and why not the others."""
    viec = request.POST.get("viec")
    if viec not in DONE:
        return
    keys = [int(key) for key in request.POST.getlist("bai")[:ROWS] if _is_number(key)]
    items = _items(request, batch).filter(pk__in=keys)
    done, declined = 0, []
    for item in items:
        seen = request.POST.get(f"ban-{item.pk}", "")
        version = int(seen) if _is_number(seen) else 0
        try:
            if viec == ACCEPT:
                accept(item, by=request.user, version=version)
            elif viec == SEND:
                send(item, by=request.user, version=version)
            else:
                fields, topics = form.wanted()
                sort_in(item, by=request.user, version=version, fields=fields, topics=topics)
        except Declined as why:
            declined.append(f"“{Truncator(item.report.title).words(14)}”: {why}")
        else:
            done += 1
    if done:
        messages.success(request, f"{DONE[viec]} {done} bài.")
    if not keys:
        messages.warning(request, "Chưa chọn bài nào. Hãy đánh dấu ở đầu mỗi bài.")
    for words in declined[:TOLD]:
        messages.warning(request, f"Để nguyên {words}")
    if len(declined) > TOLD:
        messages.warning(request, f"Và {len(declined) - TOLD} bài khác để nguyên.")


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) <= 9


def _rows(page, user):
    """What a card shows; names of units and near reports of all rows in one query each."""
    suggested = [item.suggested for item in page]
    units = Unit.objects.select_related("parent").in_bulk(
        {key for one in suggested for key in one.get("units", ())}
    )
    near = {
        report.pk: report
        for report in visible_reports(user).filter(
            pk__in={key for one in suggested for key in one.get("duplicates", ())}
        )
    }
    signed = {}
    for contribution in _contributions(page):
        signed.setdefault(contribution.report_id, []).append(contribution)
    return [
        {
            "item": item,
            "report": item.report,
            "names": signed.get(item.report_id, ()),
            "units": [units[key] for key in item.suggested.get("units", ()) if key in units],
            "near": [near[key] for key in item.suggested.get("duplicates", ()) if key in near],
            "day": _day(item.suggested.get("event", {}).get("held_on")),
            "month": _day(f"{item.suggested['published_month']}-01")
            if "published_month" in item.suggested else None,
            "suggested_names": [
                *item.suggested.get("authors", ()), *item.suggested.get("photographers", ()),
            ],
            "is_unsettled": is_unsettled(item),
            "hindrances": hindrances(item, item.report),
        }
        for item in page
    ]  # fmt: skip


def _contributions(page):
    rows = Report._meta.get_field("contributions").related_model.objects
    return rows.filter(report__in=[item.report_id for item in page]).select_related("person")


def _day(text):
    return date.fromisoformat(text) if text else None
