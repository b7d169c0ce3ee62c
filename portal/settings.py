"""Every setting in one place; the environment says what differs (`.env.example` lists it).

Forgetting is safe and loud: without SECRET_KEY nothing starts, without DEBUG nothing is shown.
"""

from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# --- who we are and who may ask ---------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "only-for-development") if DEBUG else env.str("SECRET_KEY")

# Absolute addresses (feeds, share cards, sitemap) come from here, never from the Host header.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
SITE_IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [SITE_HOST])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Words in the header and footer until somebody fills in the back office's site page.
SITE_NAME = env.str("SITE_NAME", "Cổng thông tin Dân vận")

# Whom the page for a database that is away names, where no page has been drawn before.
SITE_CONTACT = env.str("SITE_CONTACT", "")

# Demo logins and content; `check --deploy` refuses both.
DEMO = env.bool("DEMO", False)

# --- the house --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "units.apps.UnitsConfig",
    "reports.apps.ReportsConfig",
    "portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "portal.apps.StaticFilesConfig",
    "django.forms",
    "django_filters",
    "ckeditor",
    "simple_history",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "portal.middleware.RequestGuard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.SecurityHeaders",
    "portal.middleware.SaysWhy",
    "portal.middleware.StaffSession",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": ["portal.templatetags.vietnamese"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data -------------------------------------------------------------------------------------

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'dan-van.sqlite3'}")
}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for the writer, and a writer takes its lock at once instead of failing late.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    # A database that is away is noticed at once; readers get kept pages or an honest 503.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
# How long PostgreSQL may look for one number of the desk, for a page and for a file (reports/desk/patience.py):
# shorter than the half minute after which gunicorn gives up, so that somebody can say why. 0: no limit.
DESK_SECONDS = env.float("DESK_SECONDS", 20)
DESK_FILE_SECONDS = env.float("DESK_FILE_SECONDS", 25)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.str("CACHE_URL", "")


def _cache(name):
    if CACHE_URL:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CACHE_URL,
            "KEY_PREFIX": name,
        }
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}


CACHES = {
    # Forgotten with each change that readers can see.
    "default": _cache("danvan"),
    # Counts over everything: kept by time alone, the longer the more they cost (reports/tallies.py).
    "counts": _cache("danvan-counts"),
}
# Ready pages ahead of Django (docs/decisions/0010); while building, every page is drawn anew.
PAGE_CACHE = env.bool("PAGE_CACHE", not DEBUG)
# What the processes of one machine share about them; with CACHE_URL the cache says it instead.
GENERATION_FILE = env.path("GENERATION_FILE", BASE_DIR / "var" / "generation")

# --- files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "media")
# A reverse proxy that can serve a protected folder (nginx: `internal`) takes the bytes over.
MEDIA_ACCEL_PREFIX = env.str("MEDIA_ACCEL_PREFIX", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# --- language and clock -----------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["portal.formats"]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- people -----------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]

# Five wrong passwords for one name from one address: a pause of 15 minutes (SECURITY: login).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/lockout.html"
# The back office has its own page for unlocking.
AXES_ENABLE_ADMIN = False
PROXY_COUNT = env.int("PROXY_COUNT", 0)
# The nearest proxy does not stand in the header it writes: behind one, there is one address in it.
AXES_IPWARE_PROXY_COUNT = PROXY_COUNT - 1 if PROXY_COUNT else None
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR"] if PROXY_COUNT else ["REMOTE_ADDR"]
AXES_VERBOSE = False

# Idle for half an hour ends a session; typing keeps it alive.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- headers ----------------------------------------------------------------------------------

if SITE_IS_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    # The process' own health check asks over plain http from inside.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- mail for the newsroom -----------------------------------------------------------------------

# Without a host no mail is sent; what it would say stands in the back office anyway.
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"khong-tra-loi@{SITE_HOST}")
# Whoever clicked waits for the mail server no longer than this.
EMAIL_TIMEOUT = 5

# --- the editor (docs/decisions/0001) -----------------------------------------------------------

# The class behind every rich text field: another editor takes over by this one line.
RICH_TEXT_WIDGET = "reports.editor.EditorWidget"
CKEDITOR_CONFIGS = {
    "default": {
        "language": "vi",
        "defaultLanguage": "vi",
        "versionCheck": False,
        "entities": False,
        "basicEntities": True,
        "fullPage": False,
        # No file of ours or theirs that decides more than these lines do.
        "customConfig": "",
        "stylesSet": False,
        "removePlugins": "a11yhelp,about,bidi,colorbutton,colordialog,copyformatting,dialogadvtab,div,"
        "elementspath,exportpdf,font,forms,horizontalrule,iframe,image,justify,language,liststyle,"
        "newpage,pagebreak,preview,print,save,scayt,showblocks,smiley,sourcearea,specialchar,"
        "stylescombo,templates",
        "extraPlugins": "image2,uploadimage",
        # The upload plugin takes pasted pictures; the clipboard would write them into the text.
        "clipboard_handleImages": False,
        # What `clean_html` drops is not offered: the dialogs lose these fields.
        "disallowedContent": "img{float,width,height}; table[align,border,cellpadding,cellspacing,summary]"
        "{width,height,border*}; td{*}; th{*}; tr{*}; p{*}; h2{*}; h3{*}; a[target]; span; div",
        "image2_disableResizer": True,
        "disableNativeSpellChecker": False,
        "pasteFromWordRemoveFontStyles": True,
        "linkShowAdvancedTab": False,
        "linkShowTargetTab": False,
        "removeDialogTabs": "image:advanced;link:advanced;link:target;table:advanced",
        "toolbar": [
            ["Format", "Bold", "Italic", "RemoveFormat"],
            ["NumberedList", "BulletedList", "Blockquote"],
            ["Link", "Unlink", "Image", "Table"],
            ["Undo", "Redo", "Find", "Maximize"],
        ],
        "format_tags": "p;h2;h3",
        "width": "auto",
        "height": 420,
    }
}
SILENCED_SYSTEM_CHECKS = [
    # django-ckeditor warns that CKEditor 4 is at its end; decision 0001 says why and how we keep it.
    "ckeditor.W001",
]

# --- words for the log -------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"axes": {"level": "WARNING"}},
}
