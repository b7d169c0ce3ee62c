"""The shell's apps, and the two of Django's own that we configure."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig

EDITOR = "ckeditor/ckeditor"
# Switched off in settings.CKEDITOR_CONFIGS, or never switched on.
UNUSED_PLUGINS = """
    a11yhelp about adobeair ajax autoembed autogrow autolink bbcode codesnippet codesnippetgeshi
    colordialog copyformatting devtools div divarea docprops embed embedbase embedsemantic exportpdf
    flash forms iframe iframedialog image language liststyle mathjax menubutton pagebreak placeholder
    preview scayt sharedspace showblocks smiley sourcedialog specialchar stylesheetparser templates
    uicolor wsc xml
"""


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Trang"

    def ready(self):
        from django.conf import settings

        # `checks` registers what it holds.
        from portal import checks, renewal  # noqa: F401

        if settings.PAGE_CACHE:
            renewal.install()


class BackOfficeConfig(AdminConfig):
    """Django's admin with our own site class; every `admin.site` is ours."""

    default_site = "portal.backoffice.BackOfficeSite"


class StaticFilesConfig(DjangoStaticFilesConfig):
    """collectstatic without the parts of CKEditor nobody loads (docs/decisions/0001)."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        *(f"{EDITOR}/plugins/{plugin}/*" for plugin in UNUSED_PLUGINS.split()),
        # Languages beside vi, and en for what a plugin asks before it knows ours.
        *(f"{EDITOR}/*lang/{other}" for other in ("[!ev]*", "e[!n]*", "en-*", "v[!i]*")),
        f"{EDITOR}/skins/moono/*",
        f"{EDITOR}/skins/*ie*",
        f"{EDITOR}/skins/*.md",
        f"{EDITOR}/adapters/*",
        f"{EDITOR}/vendor/*",
        f"{EDITOR}/*.md",
        f"{EDITOR}/*config.js*",
        f"{EDITOR}/styles.js",
        "ckeditor/galleriffic/*",
        "ckeditor/file-icons/*",
    ]
