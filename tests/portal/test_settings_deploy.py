"""The files that carry the site to a server say what they must, and the proxy does what it should."""

import re
import shutil
import subprocess
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_connection, socket
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.core.management import call_command

from portal.models import SiteProfile

DEPLOY = settings.BASE_DIR / "deploy"
needs_nginx = pytest.mark.skipif(
    not shutil.which("nginx"), reason="no nginx here (apt-get install nginx-light)"
)


def compose():
    yaml = pytest.importorskip("yaml", reason="no YAML reader here")
    return yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())


def test_compose_gives_the_site_only_settings_it_knows():
    example = (settings.BASE_DIR / ".env.example").read_text()
    known = {*re.findall(r"^([A-Z_]+)=", example, re.MULTILINE), "WEB_CONCURRENCY"}

    services = compose()["services"]

    assert set(services) == {"db", "cache", "prepare", "web", "proxy"}
    assert set(services["web"]["environment"]) <= known
    assert "DEMO" not in services["web"]["environment"]


def test_compose_keeps_no_secret():
    environment = compose()["services"]["web"]["environment"]

    for name in ("SECRET_KEY", "DATABASE_URL", "SITE_URL"):
        assert ":?" in environment[name], name


def test_the_image_installs_by_hash_and_does_not_run_as_root():
    lines = (settings.BASE_DIR / "Dockerfile").read_text().splitlines()

    assert "RUN pip install --require-hashes -r requirements.txt" in lines
    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001:101"]
    assert any("--no-control-socket" in line for line in lines)


def free_port():
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def local_nginx(folder, *, port, upstream, media):
    """deploy/nginx.conf with the addresses and folders of this test."""
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in {
        "worker_processes auto;": f"worker_processes 1; pid {folder}/nginx.pid; daemon off; user root;",
        "web:8000": upstream,
        "listen 80;": f"listen 127.0.0.1:{port};",
        "/srv/dan-van/media/": f"{media}/",
        "/srv/dan-van/static/": f"{folder}/",
        "mime.types": "/etc/nginx/mime.types",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text)
    return folder / "nginx.conf"


class Upstream(BaseHTTPRequestHandler):
    """Stands for the site: says yes to one photo, no to all others, and repeats what it was told."""

    def do_GET(self):
        if self.path == "/media/cong-khai.jpg":
            return self.answer(
                200,
                {
                    "X-Accel-Redirect": "/protected-media/cong-khai.jpg",
                    "Content-Type": "image/jpeg",
                    "Cache-Control": "public, max-age=60",
                },
            )
        if self.path == "/chet-giua-chung":
            self.close_connection = True
            return None
        if self.path == "/nguoi-xem":
            told = [self.headers[name] for name in ("Host", "X-Forwarded-For", "X-Forwarded-Proto")]
            return self.answer(200, {}, " ".join(told).encode())
        return self.answer(404, {})

    def answer(self, status, headers, body=b""):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def proxy(tmp_path):
    """nginx with our configuration before that upstream; its address."""
    media = tmp_path / "media"
    media.mkdir()
    for name in ("cong-khai.jpg", "con-nhap.jpg"):
        (media / name).write_bytes(b"\xff\xd8\xff" + name.encode())
    (tmp_path / "site.0123456789ab.css").write_text("body {}")
    (tmp_path / "site.css").write_text("body {}")
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = free_port()
    conf = local_nginx(
        tmp_path, port=port, upstream=f"127.0.0.1:{upstream.server_port}", media=media
    )
    nginx = subprocess.Popen(["nginx", "-c", str(conf)], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        nginx.terminate()
        nginx.wait(timeout=60)
        upstream.shutdown()
        upstream.server_close()


def wait_for(port):
    for _ in range(1200):
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)


def ask(url, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(url, headers=headers), timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@needs_nginx
def test_the_proxy_sends_a_photo_only_when_the_site_says_so(proxy):
    status, headers, body = ask(f"{proxy}/media/cong-khai.jpg")

    assert (status, body) == (200, b"\xff\xd8\xffcong-khai.jpg")
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Cache-Control"] == "public, max-age=60"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ask(f"{proxy}/media/con-nhap.jpg")[0] == 404


@needs_nginx
@pytest.mark.parametrize(
    "path",
    [
        "/protected-media/cong-khai.jpg",
        "/protected-media/con-nhap.jpg",
        "/static/../media/con-nhap.jpg",
    ],
)
def test_the_folder_of_photos_has_no_door_of_its_own(proxy, path):
    assert ask(proxy + path)[0] == 404


@needs_nginx
def test_a_visitor_cannot_lend_himself_an_address(proxy):
    host = proxy.removeprefix("http://").partition(":")[0]

    told = ask(f"{proxy}/nguoi-xem", X_Forwarded_For="9.9.9.9")[2].decode()

    assert told == f"{host} 127.0.0.1 http"


@needs_nginx
def test_only_names_with_a_hash_are_kept_for_ever(proxy):
    def caching(name):
        return ask(f"{proxy}/static/{name}")[1]["Cache-Control"]

    assert caching("site.0123456789ab.css") == "public, max-age=31536000, immutable"
    assert caching("site.css") == "public, max-age=3600"


@needs_nginx
@pytest.mark.django_db
def test_a_site_that_does_not_answer_has_a_page_with_a_telephone(proxy, tmp_path):
    SiteProfile.objects.create(phone="0299 000 0000")
    call_command("write_outage_page", tmp_path, verbosity=0)

    status, headers, body = ask(f"{proxy}/chet-giua-chung")

    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
    assert headers["Content-Type"].startswith("text/html")
    page = body.decode()
    assert "Cổng thông tin tạm nghỉ" in page
    assert 'href="tel:02990000000"' in page
