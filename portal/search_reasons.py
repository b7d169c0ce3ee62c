"""Why a result was found, where neither its title nor its text says so."""

from collections import defaultdict

from django.utils.html import format_html

from reports.models import Contribution, ContributionRole, Photo, Report

MOST_REASONS = 2


def reasons_for(reports, lacking, highlighter):
    """{report's key: [“Chuyên mục: <mark>Dân vận</mark> khéo”, …]} for the `lacking` terms of each.

    `lacking` is {report's key: numbers of the terms to account for}; what cannot be told from what
    a reader may see stays untold. Three statements, however many reports.
    """
    if not lacking:
        return {}
    around = _around(list(lacking))
    return {
        key: _reasons(_fields(reports[key]) + around[key], terms, highlighter)
        for key, terms in lacking.items()
    }


def _reasons(fields, lacking, highlighter):
    reasons, lacking = [], set(lacking)
    for label, value in fields:
        fitted = highlighter.fitted_to(value, whole=True)
        if lacking & fitted.terms_in(value):
            lacking -= fitted.terms_in(value)
            reasons.append(format_html("{}: {}", label, fitted.mark(value)))
    return reasons[:MOST_REASONS]


def _fields(report):
    """[(label, text)] of what the index holds of the report itself beside title and text."""
    fields = [
        ("Chuyên mục", report.section.name if report.section_id else ""),
        ("Đơn vị", report.unit_full_label),
        ("Kỳ", report.period_words),
        ("Nơi gửi bài", report.byline_organisation),
        ("Nguồn", report.source_name),
    ]
    if report.organisation_id:
        fields += [
            ("Tổ chức", report.organisation.name),
            ("Tổ chức", report.organisation.short_name),
        ]
    if event := report.event:
        fields += [
            ("Sự kiện", event.name),
            ("Loại sự kiện", event.get_kind_display()),
            ("Nơi họp", event.venue),
            ("Chủ trì", event.chair),
        ]
    if day := report.named_on:
        fields.append(("Ngày", f"ngày {day.day} tháng {day.month} năm {day.year}"))
    return [(label, value) for label, value in fields if value]


def _around(keys):
    """{report's key: [(label, text)]} of topics, signatures and captions."""
    around = defaultdict(list)
    topics = Report.topics.through.objects.filter(report__in=keys).order_by("topic__order", "topic")
    for key, name in topics.values_list("report", "topic__name"):
        around[key].append(("Chủ đề", name))
    signed = Contribution.objects.filter(report__in=keys).order_by("order", "pk")
    of_signers = ("report", "role", "person__name", "signed_as")
    for key, role, name, printed in signed.values_list(*of_signers):
        label = ContributionRole(role).label.capitalize()
        around[key] += [(label, text) for text in (printed, name) if text]
    photos = Photo.objects.filter(report__in=keys).order_by("order", "pk")
    for key, caption, name in photos.values_list("report", "caption", "credit__name"):
        around[key] += [
            (label, text) for label, text in (("Ảnh", caption), ("Người chụp ảnh", name)) if text
        ]
    return around
