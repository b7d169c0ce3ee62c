"""The addresses (DESIGN: Vietnamese, stable; bookmarks rely on them)."""

from django.contrib import admin
from django.urls import include, path

from portal import backoffice, errors, health, home_view, search_view, site_views, unit_views
from portal.component_page import component_page
from portal.media import media
from portal.share_images import report_share_image, site_share_image
from reports.editor import upload_picture
from units import urls as units_urls

urlpatterns = [
    path("", home_view.home, name="home"),
    path("", include("reports.urls")),
    # The unit's page asks reports as well, so the shell adds it to the addresses of units.
    path(
        "don-vi/",
        include(
            (
                [
                    *units_urls.urlpatterns,
                    path("<slug:slug>/", unit_views.unit_detail, name="detail"),
                ],
                units_urls.app_name,
            )
        ),
    ),
    path("tim-kiem/", search_view.search, name="search"),
    path("gioi-thieu/", site_views.about, name="about"),
    path("lien-he/", site_views.contact, name="contact"),
    path("tro-nang/", site_views.accessibility, name="accessibility"),
    path("tro-nang/thanh-phan/", component_page, name="components"),
    path("so-do-trang/", site_views.site_map, name="site_map"),
    path("robots.txt", site_views.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/<path:path>", media, name="media"),
    path("anh-chia-se/cong-<cardkey:key>.jpg", site_share_image, name="site_share_image"),
    path("anh-chia-se/<key:pk>-<cardkey:key>.jpg", report_share_image, name="share_image"),
    path("tong-hop/", include("reports.desk.urls")),
    path("quan-tri/anh-noi-dung/", upload_picture, name="upload_picture"),
    path("quan-tri/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = backoffice.permission_denied
handler404 = backoffice.page_not_found
handler500 = errors.server_error
