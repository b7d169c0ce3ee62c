"""Addresses of the back office's report forms, and what their answers carry."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

ADD = "/quan-tri/reports/report/add/"


def change(report):
    return reverse("admin:reports_report_change", args=[report.pk])


def file(name, content):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def errors_of(response):
    return response.context["adminform"].form.errors


def seen(report):
    """What the hidden field of every deed's form sends: the version on the page."""
    return {"version": report.version}


def sent_by(response, button):
    """What the button of the page with both texts sends: the fields of its form."""
    fields = response.context["merged" if button == "gộp" else "mine"]
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return data | {"_continue": "1"}


def rows_of(report, *kinds):
    """The stored rows of a report as its form sends them."""
    rows = {}
    if "contributions" in kinds:
        rows["contributions"] = [
            {"id": one.pk, "person": one.person_id, "role": one.role,
             "signed_as": one.signed_as, "place": one.order + 1}
            for one in report.contributions.all()
        ]  # fmt: skip
    if "photos" in kinds:
        rows["photos"] = [
            {"id": one.pk, "caption": one.caption, "alt": one.alt, "credit": one.credit_id or "",
             "credit_text": one.credit_text, "focal_x": one.focal_x, "focal_y": one.focal_y,
             "place": one.order + 1}
            for one in report.photos.all()
        ]  # fmt: skip
    if "figures" in kinds:
        rows["figures"] = [
            {"id": one.pk, "indicator": one.indicator, "value": "46",
             "unit_of_measure": one.unit_of_measure, "sentence": one.sentence}
            for one in report.figures.all()
        ]  # fmt: skip
    return rows
