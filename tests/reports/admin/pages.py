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
