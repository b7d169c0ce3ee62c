"""The addresses (DESIGN: Vietnamese, stable; bookmarks rely on them)."""

from django.contrib import admin
from django.urls import include, path

from portal import views
from portal.media import media

urlpatterns = [
    path("don-vi/", include("units.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("media/<path:path>", media, name="media"),
    path("quan-tri/", admin.site.urls),
]
