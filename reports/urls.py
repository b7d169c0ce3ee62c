"""Addresses of what the units report, included at the root: their first word is the page."""

from django.urls import path, register_converter

from portal.converters import CardKeyConverter, KeyConverter, MonthConverter, YearConverter
from reports import event_views, feedback_views, feeds, rating_views, reading_views, sitemaps, views

register_converter(KeyConverter, "key")
register_converter(CardKeyConverter, "cardkey")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "reports"
urlpatterns = [
    path("tin/", views.report_list, name="list"),
    path("tin/<year:year>/<month:month>/<slug:slug>-<key:pk>/", views.report_detail, name="detail"),
    path("b/<key:pk>/", views.short_address, name="short"),
    path("chuyen-muc/<slug:slug>/", views.section_detail, name="section"),
    path("tac-gia/<slug:slug>-<key:pk>/", views.person_detail, name="person"),
    path("su-kien/", event_views.event_list, name="events"),
    path("su-kien/lich.ics", event_views.event_calendar, name="calendar"),
    path("su-kien/<slug:slug>-<key:pk>/", event_views.event_detail, name="event"),
    path("luot-xem/<key:pk>/", reading_views.report_read, name="read"),
    path("gop-y/", feedback_views.feedback_form, name="feedback"),
    path("gop-y/<str:code>/", feedback_views.feedback_status, name="feedback_status"),
    path("co-ich/<key:pk>/", rating_views.rate, name="rate"),
    path("rss/", feeds.report_feed, name="feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:part>.xml", sitemaps.sitemap_part, name="sitemap_part"),
]
