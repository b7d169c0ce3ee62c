"""Lighthouse, as a phone on a slow line, on the site as it is served (compressed, with demo content).

    python -m bench.lighthouse [--base http://127.0.0.1:8000]

Needs Node; `npx` fetches Lighthouse itself. The exit code is 1 where a page falls below its gate.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

from tests.browser.take_shots import demo_site

GATES = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 100}
# The last release that runs on Node 18 and 20.
LIGHTHOUSE = "lighthouse@12"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", default="", help="a running site; default: one of its own")
    options = parser.parse_args()
    if not shutil.which("npx"):
        sys.exit("Node is missing: apt-get install nodejs npm")
    if options.base:
        return measure(options.base)
    with demo_site() as base:
        return measure(base)


def measure(base):
    home = urlopen(base + "/", timeout=60).read().decode()
    report = re.search(r'href="(/tin/\d{4}/\d\d/[^"]+/)"', home)[1]
    pages = {
        "home": "/",
        "list": "/tin/",
        "report": report,
        "unit": "/don-vi/tinh-an-giang/",
        "search": "/tim-kiem/?q=dan+van+kheo",
    }
    fell = False
    print(f"{'':<10}" + "".join(f"{name:>16}" for name in GATES))
    for name, path in pages.items():
        scores, weak = run(base + path)
        print(f"{name:<10}" + "".join(f"{scores[gate]:>16}" for gate in GATES))
        if any(scores[gate] < least for gate, least in GATES.items()):
            fell = True
            print("          ", *weak, sep="  ")
    return 1 if fell else 0


def run(address):
    """({category: 0…100}, the audits that failed)."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        subprocess.run(
            ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json",
             f"--output-path={told}", f"--chrome-flags={FLAGS}"],
            check=True,
            env=None,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        result = json.loads(told.read_text())
    scores = {name: round(100 * each["score"]) for name, each in result["categories"].items()}
    weak = [
        name
        for name, audit in result["audits"].items()
        if audit.get("score") is not None and audit["score"] < 0.9
    ]
    return scores, weak


if __name__ == "__main__":
    sys.exit(main())
