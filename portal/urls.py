"""The addresses (DESIGN: Vietnamese, stable; bookmarks rely on them)."""

from django.contrib import admin
from django.urls import path

from portal import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("quan-tri/", admin.site.urls),
]
