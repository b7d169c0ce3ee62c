"""What `manage.py check --deploy` refuses or warns of, beyond Django's own security checks.

Each answers a mistake that a real installation makes once: demo logins left open, links that lead
to the builder's own machine, a site that does not say who runs it.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError

from portal.models import SiteProfile
from reports.demo.accounts import USERNAMES

SHORTEST_SECRET = 50
PLACEHOLDERS = ("only-for-development", "only-for-tests", "doi-chuoi-nay")
LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "0.0.0.0", "::1")


@register(Tags.security, deploy=True)
def no_demo(app_configs, **kwargs):
    """Neither DEMO nor an open demo login, whose passwords anybody can read in the source."""
    problems = []
    if settings.DEMO:
        problems.append(
            Error(
                "DEMO=1: trang thật không được chạy ở chế độ dùng thử.",
                hint="Bỏ biến DEMO khỏi môi trường.",
                id="portal.E001",
            )
        )
    try:
        users = get_user_model().objects.filter(username__in=USERNAMES, is_active=True)
        names = sorted(users.values_list("username", flat=True))
    except DatabaseError:
        names = []
        problems.append(_unread_database())
    if names:
        problems.append(
            Error(
                f"Tài khoản dùng thử còn mở: {', '.join(names)}.",
                hint="Khóa hoặc xóa các tài khoản này; người thật dùng tên đăng nhập khác.",
                id="portal.E002",
            )
        )
    return problems


@register(Tags.security, deploy=True)
def address_is_set(app_configs, **kwargs):
    """Feeds, share cards and sitemap print SITE_URL; it must be where readers find the site."""
    if settings.SITE_HOST in LOCAL_HOSTS:
        return [
            Error(
                f"SITE_URL là {settings.SITE_URL or '(trống)'}: địa chỉ này chỉ mở được trên máy chủ.",
                hint="Đặt SITE_URL là địa chỉ bạn đọc gõ, ví dụ https://danvan.tinh.gov.vn.",
                id="portal.E003",
            )
        ]
    if not settings.SITE_IS_HTTPS:
        return [
            Error(
                f"SITE_URL là {settings.SITE_URL}: trang thật phải chạy qua https.",
                hint="Cài chứng chỉ ở máy đứng trước rồi đổi SITE_URL sang https://…",
                id="portal.E004",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def secret_is_secret(app_configs, **kwargs):
    """Sessions and password links are signed with SECRET_KEY."""
    secret = settings.SECRET_KEY
    if len(secret) < SHORTEST_SECRET or any(words in secret for words in PLACEHOLDERS):
        return [
            Error(
                f"SECRET_KEY quá ngắn (dưới {SHORTEST_SECRET} ký tự) hoặc là chuỗi mẫu.",
                hint="Tạo chuỗi mới: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
                id="portal.E005",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def site_says_who_runs_it(app_configs, **kwargs):
    """The law wants the managing body, contact and a responsible person in the footer."""
    try:
        profile = SiteProfile.objects.first()
    except DatabaseError:
        return []  # no_demo has said so
    missing = [
        SiteProfile._meta.get_field(field).verbose_name
        for field in ("managing_body", "address", "phone", "email", "responsible_person")
        if not profile or not getattr(profile, field)
    ]
    if missing:
        return [
            Warning(
                f"Cuối trang còn thiếu: {', '.join(missing)}.",
                hint="Điền ở trang quản trị, mục “Thông tin về cổng”.",
                id="portal.W001",
            )
        ]
    return []


def _unread_database():
    return Warning(
        "Không đọc được cơ sở dữ liệu nên chưa kiểm tra được tài khoản dùng thử.",
        hint="Kiểm tra DATABASE_URL, chạy migrate, rồi chạy lại lệnh này.",
        id="portal.W002",
    )
