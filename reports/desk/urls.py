"""Addresses of the desk; the same query (`reports.desk.filters`) means the same reports on each."""

from django.urls import path

from . import table_views

app_name = "desk"
urlpatterns = [
    # --- numbers and lists
    path("", table_views.table, name="table"),
    path("danh-sach/", table_views.report_list, name="list"),
]
