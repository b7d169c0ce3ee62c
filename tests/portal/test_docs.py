"""What the documents name is there: pages, places in pages, pictures, commands, targets, settings."""

import re
from functools import cache

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from portal.text import plain_text

ROOT = settings.BASE_DIR
GUIDES = ROOT / "docs" / "vi"
PICTURES = ROOT / "docs" / "img"
MOST_BYTES = 120 * 1024
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
# Written in backquotes or in a block: `make shots`, `python manage.py sweep_media --delete`.
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)\b")
COMMAND = re.compile(r"manage\.py ([a-z_]+)([^\n`#]*)")
# Django's own, which take options of their own.
DJANGOS = {"migrate", "collectstatic", "createsuperuser", "check"}


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@cache
def words_of(page):
    return page.read_text(encoding="utf-8")


def code_of(page):
    """What stands in backquotes and in blocks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", words_of(page), re.DOTALL))


def anchors_of(page):
    """The places of a page, as the usual readers of Markdown name them."""
    text = re.sub(r"```.*?```", "", words_of(page), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings
    }


def links_of(page):
    """[(is a picture, words, file, place in it)] that lead to somewhere in the project."""
    found = []
    for mark, words, address in LINK.findall(words_of(page)):
        if "://" not in address and not address.startswith("mailto:"):
            file, _, place = address.partition("#")
            found.append((bool(mark), words, (page.parent / file) if file else page, place))
    return found


def name(page):
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_link_leads_somewhere(page):
    lost = [
        f"{file}#{place}"
        for _, _, file, place in links_of(page)
        if not file.exists() or (place and place not in anchors_of(file))
    ]

    assert lost == []


def test_the_guard_of_links_knows_a_page_with_places():
    assert "đính-chính" in anchors_of(GUIDES / "duyet.md")
    assert "không-có" not in anchors_of(GUIDES / "duyet.md")


def test_every_picture_is_told_in_words_and_small():
    wordless = [
        f"{name(page)}: {file.name}"
        for page in pages()
        for is_picture, words, file, _ in links_of(page)
        if is_picture and len(words) < 5
    ]
    heavy = [name(file) for file in PICTURES.rglob("*.*") if file.stat().st_size > MOST_BYTES]

    assert (wordless, heavy) == ([], [])


def test_no_picture_lies_about():
    shown = {
        file.resolve()
        for page in pages()
        for is_picture, _, file, _ in links_of(page)
        if is_picture
    }

    assert {file.resolve() for file in PICTURES.rglob("*.*")} == shown


def test_the_guides_have_one_way_in():
    listed = {
        file.name for _, _, file, _ in links_of(GUIDES / "README.md") if file.parent == GUIDES
    }

    assert listed | {"README.md"} == {page.name for page in GUIDES.glob("*.md")}


def test_every_decision_is_listed_once_in_order():
    folder = ROOT / "docs" / "decisions"
    listed = [file.name for _, _, file, _ in links_of(folder / "README.md")]

    assert listed == sorted(page.name for page in folder.glob("0*.md"))


def test_the_words_are_listed_once():
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \|$", words_of(ROOT / "docs" / "glossary.md"), re.MULTILINE
    )
    on_screen = [
        term.strip()
        for words, _ in rows
        if words != "on screen"
        for term in plain_text(words).split(";")
    ]

    assert [term for term in on_screen if on_screen.count(term) > 1] == []
    assert len(rows) > 80


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_target_of_make_is_one(page):
    targets = set(re.findall(r"^([a-z][a-z-]*):", words_of(ROOT / "Makefile"), re.MULTILINE))

    assert set(TARGET.findall(code_of(page))) - targets == set()


@pytest.mark.parametrize("page", pages(), ids=name)
def test_every_command_takes_what_is_written(page):
    wrong = []
    for command, rest in COMMAND.findall(code_of(page)):
        options = set(re.findall(r"--[a-z][a-z-]*", rest))
        if command not in get_commands():
            wrong.append(command)
        elif command not in DJANGOS:
            parser = load_command_class(get_commands()[command], command).create_parser(
                "manage.py", command
            )
            wrong += [
                f"{command} {option}" for option in options - set(parser._option_string_actions)
            ]

    assert wrong == []


def test_the_readme_names_every_command_of_ours():
    ours = {
        command
        for command, room in get_commands().items()
        if room in {"portal", "units", "reports"}
    }

    assert {
        command for command in ours if f"`{command}" not in words_of(ROOT / "README.md")
    } == set()
