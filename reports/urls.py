"""Addresses of what the units report, included at the root: their first word is the page."""

from django.urls import path, register_converter

from portal.converters import CardKeyConverter, KeyConverter, MonthConverter, YearConverter
from reports import (
    archive_views,
    event_views,
    feedback_views,
    feeds,
    ledger_views,
    list_views,
    open_data,
    rating_views,
    reading_views,
    sitemaps,
    views,
)

register_converter(KeyConverter, "key")
register_converter(CardKeyConverter, "cardkey")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "reports"
urlpatterns = [
    path("tin/", list_views.report_list, name="list"),
    path("tin/feed.json", feeds.report_json_feed, name="json_feed"),
    path("tin/du-lieu.csv", open_data.reports_csv, name="csv"),
    path("tin/du-lieu.json", open_data.reports_json, name="json"),
    path("tin/<year:year>/", archive_views.archive_year, name="archive_year"),
    path("tin/<year:year>/<month:month>/", archive_views.archive_month, name="archive_month"),
    path("tin/<year:year>/<month:month>/<slug:slug>-<key:pk>/", views.report_detail, name="detail"),
    path("b/<key:pk>/", views.short_address, name="short"),
    path("chuyen-muc/<slug:slug>/", list_views.section_detail, name="section"),
    path("chu-de/<slug:slug>/", list_views.topic_detail, name="topic"),
    path("tac-gia/<slug:slug>-<key:pk>/", list_views.person_detail, name="person"),
    path("du-lieu-mo/", open_data.about_open_data, name="open_data"),
    path("su-kien/", event_views.event_list, name="events"),
    path("su-kien/lich.ics", event_views.event_calendar, name="calendar"),
    path("su-kien/thang/<year:year>-<month:month>/", event_views.event_month, name="event_month"),
    path("su-kien/<slug:slug>-<key:pk>.ics", event_views.event_entry, name="event_entry"),
    path("su-kien/<slug:slug>-<key:pk>/", event_views.event_detail, name="event"),
    path("dinh-chinh/", ledger_views.corrections, name="corrections"),
    path("dinh-chinh/rss/", ledger_views.corrections_feed, name="corrections_feed"),
    path("dinh-chinh/bai-da-go/", ledger_views.withdrawals, name="withdrawals"),
    path("gop-y/", feedback_views.feedback_form, name="feedback"),
    path("gop-y/<str:code>/", feedback_views.feedback_status, name="feedback_status"),
    path("co-ich/<key:pk>/", rating_views.rate, name="rate"),
    path("luot-xem/<key:pk>/", reading_views.report_read, name="read"),
    path("rss/", feeds.report_feed, name="feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:part>.xml", sitemaps.sitemap_part, name="sitemap_part"),
]
