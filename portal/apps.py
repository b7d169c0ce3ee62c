"""The shell's apps, and the two of Django's own that we configure."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Trang"

    def ready(self):
        from portal import checks  # noqa: F401 - registers them


class BackOfficeConfig(AdminConfig):
    """Django's admin with our own site class; every `admin.site` is ours."""

    default_site = "portal.backoffice.BackOfficeSite"


class StaticFilesConfig(DjangoStaticFilesConfig):
    """collectstatic without the parts of CKEditor nobody loads (docs/decisions/0001)."""

    ignore_patterns = [*DjangoStaticFilesConfig.ignore_patterns]
