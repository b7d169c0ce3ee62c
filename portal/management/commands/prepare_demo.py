"""`prepare_demo`: everything `make run` needs before it serves; quick when nothing is missing."""

import hashlib

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.models import SiteProfile
from reports.demo.accounts import login_table
from units.models import Unit

FINGERPRINT = "collected-static"

PROFILE = {
    "area": "tỉnh An Giang (trang mẫu)",
    "managing_body": "Ban biên tập trang mẫu",
    "address": "Số 1, đường Bến Sông",
    "phone": "0299 000 0000",
    "email": "ban-bien-tap@cong-dan-van.example",
    "responsible_person": "Trưởng ban biên tập trang mẫu",
    "working_hours": "thứ hai đến thứ sáu, 7:30–17:00",
    "introduction": (
        "Đây là trang mẫu để dùng thử. Tên các đơn vị hành chính là thật, lấy từ danh mục của cả nước; "
        "người, việc và số liệu trong các bài đều do người làm phần mềm đặt ra.\n\n"
        "Bạn có thể đăng nhập bằng bốn tài khoản dùng thử, viết, duyệt, đăng, đính chính và gỡ bài. "
        "Những gì bạn viết được giữ lại khi chạy lần sau."
    ),
}


class Command(BaseCommand):
    help = "Chuẩn bị trang dùng thử: cơ sở dữ liệu, đơn vị, nội dung mẫu, tệp tĩnh."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Lệnh này chỉ dành cho nơi dùng thử. Hãy đặt DEMO=1 rồi chạy lại.")
        self._step("Cơ sở dữ liệu…")
        call_command("migrate", verbosity=0, interactive=False)
        if not Unit.objects.exists():
            self._step("Đơn vị hành chính cả nước…")
            call_command("load_units", verbosity=0)
        self._step("Nội dung mẫu…")
        call_command("load_demo", stdout=self.stdout)
        # What was written before there was an index is found, too.
        call_command("refresh_search", verbosity=0)
        if not SiteProfile.objects.exists():
            SiteProfile.objects.create(**PROFILE)
        self._collect_static()
        self._say_where()

    def _step(self, words):
        self.stdout.write(words)
        self.stdout.flush()

    def _collect_static(self):
        """collectstatic, unless the very same files were collected last time."""
        if settings.DEBUG:
            return
        print_of_now = fingerprint()
        kept = settings.BASE_DIR / "var" / FINGERPRINT
        collected = (settings.STATIC_ROOT / "staticfiles.json").exists()
        if collected and kept.exists() and kept.read_text() == print_of_now:
            return
        self._step("Tệp tĩnh…")
        call_command("collectstatic", verbosity=0, interactive=False)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(print_of_now)

    def _say_where(self):
        rows = login_table()
        names = max(len(name) for name, _, _ in rows) + 2
        words = max(len(password) for _, password, _ in rows) + 2
        lines = [f"  {name:<{names}}{password:<{words}}{says}" for name, password, says in rows]
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"Trang web:      {settings.SITE_URL}/",
                    f"Trang quản trị: {settings.SITE_URL}/quan-tri/",
                    "",
                    f"  {'Tài khoản':<{names}}{'Mật khẩu':<{words}}Làm được gì",
                    *lines,
                    "",
                    "Bấm Ctrl+C để dừng.",
                    "",
                ]
            )
        )


def fingerprint():
    """A short text that changes when any static file, or which of them are taken, changes."""
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(ignored), key=lambda pair: pair[0]):
            stat = (storage.path(name), storage.size(name), storage.get_modified_time(name))
            digest.update(repr(stat).encode())
    return digest.hexdigest()
