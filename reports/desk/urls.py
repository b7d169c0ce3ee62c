"""Addresses of the desk; the same query (`reports.desk.filters`) means the same reports on each."""

from django.urls import path

from . import digest_views, table_views

app_name = "desk"
urlpatterns = [
    # --- numbers and lists
    path("", table_views.table, name="table"),
    path("danh-sach/", table_views.report_list, name="list"),
    # --- digests
    path("diem-tin/", digest_views.digest_list, name="digests"),
    path("diem-tin/moi/", digest_views.digest_new, name="digest-new"),
    path("diem-tin/<key:pk>/", digest_views.digest_edit, name="digest"),
    path("diem-tin/<key:pk>/chon/", digest_views.digest_more, name="digest-more"),
    path("diem-tin/<key:pk>/xoa/", digest_views.digest_delete, name="digest-delete"),
    path("diem-tin/<key:pk>/in/", digest_views.digest_print, name="digest-print"),
    path("diem-tin/<key:pk>/zalo/", digest_views.digest_zalo, name="digest-zalo"),
    path("diem-tin/<key:pk>/diem-tin.docx", digest_views.digest_word, name="digest-word"),
]
