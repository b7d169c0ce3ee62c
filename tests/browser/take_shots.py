"""Pictures of every public page, for people to look at, and a count of accessibility findings.

    python -m tests.browser.take_shots some/folder [--base http://127.0.0.1:8000] [--axe]

The site must be running (`make run`).
Writes <page>-<width>[-toi|-tuong-phan].png at 360 and 1280 px. With --axe every page is also held
to the WCAG 2.2 AA rules in all three grounds, and looked at 320 px wide for sideways scrolling; the
exit code is 1 if anything was found.
"""

import argparse
import re
import shutil
import sys
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

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
    "don-vi-tim": "/don-vi/?q=thoi+son",
    "tim-kiem": "/tim-kiem/?q=%22d%C3%A2n+v%E1%BA%ADn%22+h%E1%BB%8Dp",
    "gioi-thieu": "/gioi-thieu/",
    "lien-he": "/lien-he/",
    "tro-nang": "/tro-nang/",
    "so-do-trang": "/so-do-trang/",
    "khong-co-trang": "/khong-co-trang-nay/",
}
# Pages whose address only the site knows: where to look, and for which links.
FOUND = {
    "bai": ("/", r'href="(/tin/\d{4}/\d\d/[^"]+/)"'),
    "su-kien": ("/su-kien/", r'href="(/su-kien/[a-z0-9-]+-\d+/)"'),
    "chuyen-muc": ("/", r'href="(/chuyen-muc/[^"]+/)"'),
    "don-vi": ("/tin/", r'class="place"><a href="(/don-vi/[^"]+/)"'),
    "don-vi-cu": ("/don-vi/?q=thoi+son", r'href="(/don-vi/[a-z0-9-]*thoi-son-[^"]+/)"'),
    "tinh": ("/don-vi/", r'href="(/don-vi/tinh-an-giang/)"'),
}


def main():
    options = read_options()
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        read(f"{options.base}/healthz")
    except OSError:
        sys.exit(f"Nothing answers at {options.base}: start it with `make run`, then try again.")
    pages = dict(all_pages(options.base, options.extra))
    if options.only:
        pages = {name: pages[name] for name in options.only.split(",")}
    findings = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for theme, suffix in THEMES.items():
            if options.themes and theme not in options.themes.split(","):
                continue
            for width in WIDTHS:
                tab = open_tab(browser, width, theme)
                for name, path in pages.items():
                    tab.goto(options.base + path, wait_until="networkidle")
                    load_lazy_pictures(tab)
                    tab.screenshot(
                        path=options.folder / f"{name}-{width}{suffix}.png", full_page=True
                    )
                    if options.axe:
                        findings += axe_findings(tab, f"{name} {width} {theme}")
                tab.context.close()
        if options.axe:
            findings += sideways_findings(browser, options.base, pages)
        browser.close()
    print(*findings or ["0 findings"], sep="\n")
    return 1 if findings else 0


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--axe", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--themes", default="")
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
    with urlopen(url, timeout=30) as answer:
        return answer.read().decode()


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
