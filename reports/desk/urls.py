"""Addresses of the desk; the same query (`reports.desk.filters`) means the same reports on each."""

from django.urls import path

from . import (
    annex_views,
    committee_views,
    conference_views,
    contribution_views,
    coverage_views,
    digest_views,
    figure_views,
    promise_views,
    register_views,
    report_views,
    saved_views,
    table_views,
    waiting_views,
)

app_name = "desk"
urlpatterns = [
    # --- numbers and lists
    path("", table_views.table, name="table"),
    path("danh-sach/", table_views.report_list, name="list"),
    path("cung-ky/", table_views.comparison, name="comparison"),
    path("dien-bien/", table_views.timeline, name="timeline"),
    # --- conferences, and files for other programs
    path("hoi-nghi/", conference_views.conferences, name="conferences"),
    path("xuat/hoi-nghi.xlsx", conference_views.conferences_excel, name="conferences-excel"),
    path("xuat/hoi-nghi.docx", conference_views.conferences_word, name="conferences-word"),
    path("xuat/phu-luc.xlsx", annex_views.excel, name="excel"),
    path("xuat/du-lieu.csv", annex_views.as_csv, name="csv"),
    path("xuat/du-lieu.json", annex_views.as_json, name="json"),
    path("xuat/anh.zip", annex_views.photos, name="photos"),
    # --- the report in party form
    path("xuat/ban-in/", report_views.print_page, name="print"),
    path("xuat/le-giay.css", report_views.paper, name="paper"),
    path("xuat/bao-cao.docx", report_views.word, name="word"),
    path("xuat/bao-cao.pdf", report_views.pdf, name="pdf"),
    # --- digests
    path("diem-tin/", digest_views.digest_list, name="digests"),
    path("diem-tin/moi/", digest_views.digest_new, name="digest-new"),
    path("diem-tin/<key:pk>/", digest_views.digest_edit, name="digest"),
    path("diem-tin/<key:pk>/chon/", digest_views.digest_more, name="digest-more"),
    path("diem-tin/<key:pk>/cac-ban/", digest_views.digest_versions, name="digest-versions"),
    path("diem-tin/<key:pk>/xoa/", digest_views.digest_delete, name="digest-delete"),
    path("diem-tin/<key:pk>/in/", digest_views.digest_print, name="digest-print"),
    path("diem-tin/<key:pk>/zalo/", digest_views.digest_zalo, name="digest-zalo"),
    path("diem-tin/<key:pk>/diem-tin.docx", digest_views.digest_word, name="digest-word"),
    # --- who reports, and what a desk keeps
    path("do-phu/", coverage_views.coverage, name="coverage"),
    path("dong-gop/", contribution_views.contributions, name="contributions"),
    path("dang-cho/", waiting_views.waiting, name="waiting"),
    path("bo-loc/", saved_views.saved_filters, name="saved"),
    path("bo-loc/luu/", saved_views.save, name="saved-new"),
    path("bo-loc/<key:pk>/", saved_views.open_saved, name="saved-one"),
    path("bo-loc/<key:pk>/doi-ten/", saved_views.rename, name="saved-rename"),
    path("bo-loc/<key:pk>/xoa/", saved_views.delete, name="saved-delete"),
    path("mau-bao-cao/", committee_views.committee, name="committee"),
    path("mau-bao-cao/chi-tieu/", committee_views.add_target, name="target-new"),
    path("mau-bao-cao/chi-tieu/<key:pk>/", committee_views.change_target, name="target"),
    # --- figures, and what was promised
    path("chi-tieu/", figure_views.figures, name="figures"),
    path("chi-tieu/mot/", figure_views.figure_detail, name="figure"),
    path("chi-tieu/xac-nhan/", figure_views.figures_to_confirm, name="figures-to-confirm"),
    path("chi-tieu/trung/", figure_views.figure_twins, name="figure-twins"),
    path("chi-tieu/doi-ten/", figure_views.figure_rename, name="figure-rename"),
    path("nhiem-vu/", promise_views.promises, name="promises"),
    path("nhiem-vu/tim/", promise_views.promises_to_keep, name="promises-to-keep"),
    path("nhiem-vu/<key:pk>/", promise_views.promise_detail, name="promise"),
    # --- the register
    path("dan-van-kheo/", register_views.register, name="register"),
    path("dan-van-kheo/them/", register_views.initiative_new, name="initiative-new"),
    path("dan-van-kheo/nhap/", register_views.register_import, name="register-import"),
    path("dan-van-kheo/<key:pk>/", register_views.initiative_detail, name="initiative"),
    path("dan-van-kheo/<key:pk>/sua/", register_views.initiative_edit, name="initiative-edit"),
    path(
        "dan-van-kheo/<key:pk>/bai/", register_views.initiative_reports, name="initiative-reports"
    ),
    path("dan-van-kheo/so.xlsx", register_views.register_excel, name="register-excel"),
]
