"""The house itself: rooms, sizes, templates, migrations – what no page would show."""

import ast
import re
import subprocess
from functools import cache

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = settings.BASE_DIR
ROOMS = ("portal", "units", "reports")
LONGEST = 400
# Longer files, each with its reason.
LONG_ON_PURPOSE = {}
# Which rooms a room may not know.
FORBIDDEN = {
    "units": {"reports", "portal"},
    "reports": {"portal"},
    "reports/intake": {
        "reports.admin", "reports.archive", "reports.desk", "reports.fees", "reports.proofreading",
    },
    "reports/archive": {"reports.admin", "reports.desk", "reports.fees", "reports.proofreading"},
    "reports/proofreading": {
        "reports.admin", "reports.archive", "reports.desk", "reports.fees", "reports.intake",
    },
    "reports/desk": {"reports.admin", "reports.intake"},
    "reports/fees": {
        "reports.admin", "reports.archive", "reports.desk", "reports.intake", "reports.proofreading",
    },
    "reports/models": {"reports.admin", "reports.workflow", "reports.rights"},
}  # fmt: skip
# Tools without models, which everybody may use (DESIGN, section 1).
FOR_ALL = (
    "portal.text", "portal.tokens", "portal.abbreviations", "portal.limited", "portal.highlight", "portal.paging", "portal.converters",
    "portal.templatetags.vietnamese", "portal.office", "portal.pickers",
)  # fmt: skip
MACHINE = re.compile(
    r"(?<![\w.])/(?:work|tmp|home|root)/[\w.-]+|https?://(?:10\.|192\.168\.)|--index-url"
)


@cache
def tracked():
    """The files of the project: those git knows, else all but what is ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = [name for name in listed.stdout.split("\0") if name]
    if names:
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    skipped = {".venv", "var", "staticfiles", "media", "__pycache__"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not skipped.intersection(path.relative_to(ROOT).parts)
    ]


def python_files(*folders):
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and any((ROOT / folder) in path.parents for folder in folders)
    ]


def imports(path):
    """Full names of what a module imports, relative ones resolved."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def uphill(folder, forbidden, paths):
    """[(file, import)] that run against the one way imports run."""
    return [
        (str(path.relative_to(ROOT)), name)
        for path in paths
        for name in sorted(imports(path))
        if any(name == room or name.startswith(f"{room}.") for room in forbidden)
        and not any(name == tool or name.startswith(f"{tool}.") for tool in FOR_ALL)
    ]


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_run_one_way(folder):
    assert uphill(folder, FORBIDDEN[folder], python_files(folder)) == []


def test_what_all_may_use_uses_nobody():
    files = [ROOT / f"{tool.replace('.', '/')}.py" for tool in FOR_ALL]

    assert uphill("portal", set(ROOMS), files) == []


def test_the_guard_of_imports_sees_a_wrong_one():
    # Control: the shell does know reports, so a rule against it must bite.
    assert uphill("portal", {"reports"}, python_files("portal")) != []


def test_no_file_of_code_is_longer_than_a_reader_can_hold():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in python_files(*ROOMS, "tests", "bench")
        if "migrations" not in path.relative_to(ROOT).parts
    }

    too_long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert set(too_long) == set(LONG_ON_PURPOSE)


def test_no_drawer_is_called_utils():
    assert [p.name for p in tracked() if p.stem in {"utils", "helpers", "misc", "common"}] == []


# Where HTML is printed as it stands (SECURITY, section 3: at most three places, each known).
TRUSTED = {
    "portal/templatetags/pages.py",  # JSON-LD with < > & escaped; the body, cleaned when it was saved
    "templates/admin/reports/report/read.html",  # the same body, before the approver
}


def test_html_is_trusted_only_in_known_places():
    trusting = re.compile(r"\bmark_safe\(|\|\s*safe\b|autoescape off")
    found = {
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".py", ".html"}
        and "tests" not in path.relative_to(ROOT).parts
        and trusting.search(path.read_text())
    }

    assert found == TRUSTED


def test_no_template_is_unused():
    sources = "\n".join(
        path.read_text()
        for path in tracked()
        if path.suffix in {".py", ".html", ".txt", ".xml"}
        and "tests" not in path.relative_to(ROOT).parts
    )
    names = [
        str(path.relative_to(ROOT / "templates"))
        for path in tracked()
        if (ROOT / "templates") in path.parents
    ]
    # These are found by their name: Django's own pages, the admin's, widgets of forms.
    by_name = re.compile(r"^(\d{3}(_csrf)?\.html|admin/|registration/|django/forms/)")

    unused = [name for name in names if not by_name.match(name) and f'"{name}"' not in sources]
    assert unused == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_nothing_in_the_tree_knows_one_machine():
    # Word lists, lock files and this page apart; a path in a text is a path on somebody's disk.
    texts = {
        ".py",
        ".html",
        ".md",
        ".toml",
        ".txt",
        ".in",
        ".sh",
        ".yaml",
        ".yml",
        ".conf",
        ".js",
        ".css",
        "",
    }
    found = [
        (str(path.relative_to(ROOT)), match[0])
        for path in tracked()
        if path.suffix in texts and path.name != "test_house.py" and "units/data" not in str(path)
        for match in MACHINE.finditer(path.read_text(errors="ignore"))
    ]

    assert found == []


def test_the_guard_of_paths_sees_one():
    assert MACHINE.search("open('" + "/" + "tmp/abc')") is not None
    assert MACHINE.search("https://vi-du.example" + "/tmp" + "/abc") is None
