"""Pictures of every public page, for people to look at, and a count of accessibility findings.

    python -m tests.browser.take_shots some/folder [--base http://…] [--axe] [--only a,b]

Starts a site of its own with demo content in a scratch folder that goes away afterwards; `--base`
looks at a running one instead.
Writes <page>-<width>[-toi|-tuong-phan].png at 360 and 1280 px. With --axe every page is also held
to the WCAG 2.2 AA rules in all three grounds, and looked at 320 px wide for sideways scrolling; the
exit code is 1 if anything was found.
"""

import argparse
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 120
WIDTHS = (360, 1280)
# The words that `reading.js` keeps on the device, and how the files are called.
THEMES = {"light": "", "dark": "-toi", "contrast": "-tuong-phan"}
PAGES = {
    "trang-chu": "/",
    "tin": "/tin/",
    "tin-loc": "/tin/?don-vi={unit}&ky=2024-H1&quy-uoc=15-14",
    "tin-khong-co": "/tin/?q=khong+co+chu+nay+o+dau",
    "tin-trung-ten": "/tin/?don-vi=tan+phu&tu=32/13/2024",
    "su-kien-tat-ca": "/su-kien/",
    "don-vi-tat-ca": "/don-vi/",
    "tinh": "/don-vi/tinh-an-giang/",
    "don-vi-truoc": "/don-vi/?thoi=truoc",
    "don-vi-tim": "/don-vi/?q=thoi+son",
    "tim-kiem": "/tim-kiem/?q=%22d%C3%A2n+v%E1%BA%ADn%22+h%E1%BB%8Dp",
    "du-lieu-mo": "/du-lieu-mo/",
    "dinh-chinh": "/dinh-chinh/",
    "bai-da-go": "/dinh-chinh/bai-da-go/",
    "gop-y": "/gop-y/",
    "gop-y-sai-ma": "/gop-y/?ma=sai",
    "gioi-thieu": "/gioi-thieu/",
    "lien-he": "/lien-he/",
    "tro-nang": "/tro-nang/",
    "so-do-trang": "/so-do-trang/",
    "khong-co-trang": "/don-vi/xa-thoi-son-khong-co/",
}
# Pages whose address only the site knows: where to look, and for which links.
FOUND = {
    "bai": ("/", r'href="(/tin/\d{4}/\d\d/[^"]+/)"'),
    "bai-dinh-chinh": ("/tin/?dinh-chinh=1", r'href="(/tin/\d{4}/\d\d/[^"]+/)"'),
    "su-kien": ("/su-kien/", r'href="(/su-kien/[a-z0-9-]+-\d+/)"'),
    "su-kien-thang": ("/su-kien/", r'href="(/su-kien/thang/[^"]+/)"'),
    "chuyen-muc": ("/", r'href="(/chuyen-muc/[^"]+/)"'),
    "chu-de": ("/", r'href="(/chu-de/[^"]+/)"'),
    "nam": ("/so-do-trang/", r'href="(/tin/\d{4}/)"'),
    "don-vi": ("/tin/", r'class="place"><a href="(/don-vi/[^"]+/)"'),
    "don-vi-cu": ("/don-vi/?q=thoi+son", r'href="(/don-vi/[a-z0-9-]*thoi-son-[^"]+/)"'),
}


def main():
    options = read_options()
    options.folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        base = options.base or stack.enter_context(demo_site())
        findings = take(options, base)
    print(*findings or ["0 findings"], sep="\n")
    return 1 if findings else 0


@contextlib.contextmanager
def demo_site():
    """The address of a site with demo content, alone in the world, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="shots-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        base = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DEBUG": "0", "DEMO": "1", "SECRET_KEY": "only-for-pictures", "SITE_URL": base,
            "ALLOWED_HOSTS": "127.0.0.1", "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": f"{folder}/media", "STATIC_ROOT": f"{folder}/static",
            "GENERATION_FILE": f"{folder}/generation", "CACHE_URL": "", "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        print("Preparing a site with demo content…", flush=True)
        python = [sys.executable, "manage.py"]
        subprocess.run(
            [*python, "prepare_demo"], cwd=ROOT, env=environment, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}",
             "--workers", "2", "--no-control-socket", "--log-level", "error"],
            cwd=ROOT, env=environment,
        )  # fmt: skip
        try:
            wait_for(base, server)
            yield base
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(base, server):
    for _ in range(SECONDS_TO_START * 4):
        if server.poll() is not None:
            sys.exit("The site did not start.")
        with contextlib.suppress(OSError), urlopen(f"{base}/healthz", timeout=5):
            return
        time.sleep(0.25)
    sys.exit(f"The site did not answer within {SECONDS_TO_START} seconds.")


def take(options, base):
    """Look at every page in every width and ground; what was found, in words."""
    pages = dict(all_pages(base, options.extra))
    # A page that nothing links to any more is not silently left out.
    findings = [f"{name}: no link to it at {FOUND[name][0]}" for name in set(FOUND) - set(pages)]
    if options.only:
        pages = {name: pages[name] for name in options.only.split(",") if name in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for theme, suffix in THEMES.items():
            if theme not in options.themes.split(","):
                continue
            for width in WIDTHS:
                tab = open_tab(browser, width, theme)
                for name, path in pages.items():
                    tab.goto(base + path, wait_until="networkidle")
                    load_lazy_pictures(tab)
                    tab.screenshot(
                        path=options.folder / f"{name}-{width}{suffix}.png", full_page=True
                    )
                    if options.axe:
                        findings += axe_findings(tab, f"{name} {width} {theme}")
                tab.context.close()
        if options.axe:
            findings += sideways_findings(browser, base, pages)
        browser.close()
    return findings


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", default="")
    parser.add_argument("--axe", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--themes", default="light,dark", help="and contrast")
    parser.add_argument("--extra", action="append", default=[], metavar="NAME=PATH")
    return parser.parse_args()


def all_pages(base, extra):
    """(name, path) of every kind of public page, with real addresses where only the site has them."""
    for name, (place, pattern) in FOUND.items():
        if match := re.search(pattern, read(base + place)):
            yield name, match[1]
    report = re.search(FOUND["bai"][1], read(base + "/"))
    person = report and re.search(r'href="(/tac-gia/[^"]+/)"', read(base + report[1]))
    if person:
        yield "tac-gia", person[1]
    unit = re.search(r"don-vi=(t[23]-\d+)", read(base + report[1])) if report else None
    for name, path in PAGES.items():
        yield name, path.format(unit=unit[1] if unit else "")
    for pair in extra:
        name, _, path = pair.partition("=")
        yield name, path


def read(url):
    try:
        with urlopen(url, timeout=30) as answer:
            return answer.read().decode()
    except HTTPError as error:
        return error.read().decode()


def open_tab(browser, width, theme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.add_init_script(f"localStorage.setItem('nen', '{theme}')")
    return context.new_page()


def load_lazy_pictures(tab):
    tab.evaluate(
        """async () => {
            document.querySelectorAll("img[loading=lazy]").forEach(i => { i.loading = "eager"; });
            await Promise.all([...document.images].map(i => i.decode().catch(() => {})));
        }"""
    )


def axe_findings(tab, where):
    from axe_playwright_python.sync_playwright import Axe

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = Axe().run(tab, options={"runOnly": {"type": "tag", "values": rules}})
    return [
        f"{where}: {found['id']} – {node['target']} {node.get('failureSummary', '')}"
        for found in result.response["violations"]
        for node in found["nodes"][:3]
    ]


def sideways_findings(browser, base, pages):
    """Nothing scrolls sideways at 320 px, the largest letters included (and so at 200 % zoom)."""
    found = []
    for size in ("normal", "large"):
        tab = open_tab(browser, 320, "light")
        tab.context.add_init_script(f"localStorage.setItem('co-chu', '{size}')")
        for name, path in pages.items():
            tab.goto(base + path)
            wide = tab.evaluate("document.documentElement.scrollWidth")
            if wide > 320:
                found.append(f"{name}: {wide} px wide in a window of 320 px, letters {size}")
        tab.context.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
