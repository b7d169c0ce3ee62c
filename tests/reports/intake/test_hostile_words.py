"""SECURITY, "Word": what a stranger has packed stays out, asks nobody and opens nothing.

Each promise has its control: the same rig with an honest file, or with the guard taken away.
"""

import socket

import pytest

from portal.limited import TookTooMuch, run_limited
from reports.intake import word, word_guard
from reports.intake.errors import UnreadableFile
from reports.intake.reader import read_article
from tests.deadlines import SHIPPED

from .test_word_files import repacked
from .word_makers import BODY, END, add_picture, add_raw, add_xml, document, saved

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CANARY = "chim xanh"
PLAIN = f"<p>{BODY}</p>\n<p>{END}</p>"


def body_of(new):
    article = read_article(data=saved(new) if hasattr(new, "save") else new)
    assert CANARY not in str(article.as_json()), "what was hidden has come in"
    return article.body_html


def changed(content, **parts):
    """The same file with bytes replaced in `document` or `rels`."""
    names = {"word/document.xml": "document", "word/_rels/document.xml.rels": "rels"}

    def change(name, part):
        for old, new in parts.get(names.get(name, ""), ()):
            assert old in part
            part = part.replace(old, new)
        return part

    return repacked(content, change=change)


def complex_field(instruction, shown):
    signs = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inside}'
        for kind, inside in (
            ("begin", f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"),
            ("separate", f"<w:r><w:t>{shown}</w:t></w:r>"),
            ("end", ""),
        )
    )
    return f"<w:p>{signs}</w:p>"


@pytest.mark.parametrize(
    "instruction",
    [
        "INCLUDEPICTURE &quot;file:///etc/passwd&quot;",
        "INCLUDETEXT /etc/passwd",
        "DDE cmd /c calc",
        "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",
        "AUTHOR",
        "FILENAME \\p",
        "MACROBUTTON AutoOpen",
    ],
)
def test_a_field_shows_nothing(instruction):
    new = document()
    add_raw(new, complex_field(instruction, CANARY))
    add_raw(
        new,
        f'<w:p><w:fldSimple w:instr="{instruction}"><w:r><w:t>{CANARY}</w:t></w:r></w:fldSimple></w:p>',
    )
    new.add_paragraph(END)

    assert body_of(new) == PLAIN


def test_a_field_that_counts_shows_its_number():
    new = document()
    add_raw(
        new,
        complex_field("SEQ Bang", "Bảng số 7 ghi ngày công của từng ấp trong bốn tháng làm cầu."),
    )
    new.add_paragraph(END)

    assert "Bảng số 7" in body_of(new)


HIDDEN = {
    "hidden": f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{CANARY}</w:t></w:r></w:p>",
    "hidden on the web": f"<w:p><w:r><w:rPr><w:webHidden/></w:rPr><w:t>{CANARY}</w:t></w:r></w:p>",
    "deleted": f"<w:p><w:del w:id='1'><w:r><w:delText>{CANARY}</w:delText></w:r></w:del></w:p>",
    "moved away": f"<w:p><w:moveFrom w:id='1'><w:r><w:t>{CANARY}</w:t></w:r></w:moveFrom></w:p>",
    "embedded": f"<w:p><w:r><w:object><w:t>{CANARY}</w:t></w:object></w:r></w:p>",
}


@pytest.mark.parametrize("xml", HIDDEN.values(), ids=HIDDEN)
def test_what_word_does_not_show_stays_out(xml):
    new = document()
    add_raw(new, xml)
    new.add_paragraph(END)

    assert body_of(new) == PLAIN


def test_what_word_shows_comes_in_by_the_same_way():
    new = document()
    shown = "Ngày công của từng ấp ghi trong sổ treo ở đầu cầu, ai qua cũng đọc được."
    add_raw(new, f"<w:p><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>{shown}</w:t></w:r></w:p>")
    new.add_paragraph(END)

    assert body_of(new) == f"<p>{BODY}</p>\n<p>{shown}</p>\n<p>{END}</p>"


def test_hidden_words_inside_a_text_box_stay_out():
    new = document()
    box = HIDDEN["hidden"]
    add_xml(
        new,
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape></w:pict>",
    )
    new.add_paragraph(END)

    assert body_of(new) == PLAIN


PARTS = {
    "comments": ("word/comments.xml", "comments"),
    "another document": ("word/afchunk.htm", "aFChunk"),
    "header": ("word/header9.xml", "header"),
    "properties": ("docProps/custom.xml", "custom-properties"),
}


@pytest.mark.parametrize(("part", "kind"), PARTS.values(), ids=PARTS)
def test_other_parts_of_the_package_are_not_opened(part, kind):
    new = document(END)
    add_raw(new, '<w:altChunk r:id="rId77"></w:altChunk>')
    new.core_properties.author = CANARY
    relation = (
        f'<Relationship Id="rId77" Target="{part.removeprefix("word/")}" Type="http://schemas.openxmlformats'
        f'.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    content = changed(saved(new), rels=[(b"</Relationships>", relation.encode())])
    text = f"<html><body><p>{CANARY}</p></body></html>"

    assert body_of(repacked(content, add=[(part, text)])) == PLAIN


# --- asks nobody, opens nothing -------------------------------------------------------------------


@pytest.fixture
def in_this_process(monkeypatch):
    """Read Word here instead of in a child, so that what it asks for can be seen."""
    monkeypatch.setattr(
        "reports.intake.sources.run_limited", lambda deed, data: word.read_word(data)
    )


def linked(target):
    """A file whose picture lies elsewhere."""
    new = document()
    add_picture(new, "red")
    new.add_paragraph(END)
    old = b'Target="media/image1.jpg"'
    outside = f'Target="{target}" TargetMode="External"'.encode()
    content = changed(saved(new), rels=[(old, outside)])
    return changed(content, document=[(b"r:embed=", b"r:link=")])


@pytest.fixture
def asked(monkeypatch):
    """Every file and socket that is asked for from now on."""
    asked, really_open = [], open

    def listen(name, *args, **options):
        asked.append(name)
        return really_open(name, *args, **options)

    def start():
        monkeypatch.setattr(socket, "socket", lambda *_, **__: asked.append("socket"))
        monkeypatch.setattr("builtins.open", listen)
        return asked

    return start


@pytest.mark.parametrize(
    "target",
    [
        "https://noi-khac.example/anh.jpg",
        "file:///etc/passwd",
        "\\\\may-la\\chung\\anh.jpg",
        "/etc/passwd",
    ],
)
def test_a_linked_picture_is_neither_fetched_nor_opened(in_this_process, asked, target):
    content = linked(target)
    heard = asked()
    article = read_article(data=content)

    assert heard == []
    assert article.pictures == []
    assert article.body_html == PLAIN


def test_the_ear_for_opened_files_is_not_deaf(in_this_process, asked, monkeypatch):
    content = saved(document(END))
    monkeypatch.setattr(word, "settle_drawings", lambda *_: open(__file__).close())
    heard = asked()
    read_article(data=content)

    assert heard == [__file__]


# --- in time --------------------------------------------------------------------------------------


def test_what_never_ends_is_killed_and_said_so(monkeypatch):
    with pytest.raises(TookTooMuch, match="quá nhiều thời gian"):
        run_limited("tests.reports.intake.endless:spin", b"", seconds=1)


def test_the_limit_of_a_word_file_is_twenty_seconds():
    assert (SHIPPED["memory_mb"], SHIPPED["seconds"]) == (600, 20)


# --- without the guard the rig would let it in ----------------------------------------------------


def test_the_guard_against_bombs_is_what_refuses_them(monkeypatch):
    bomb = repacked(
        saved(document(END)), add=[("word/media/a.bin", b"\0" * 11_000_000)], compression=8
    )

    with pytest.raises(UnreadableFile, match="nén bất thường"):
        word_guard.open_package(bomb)
    monkeypatch.setattr(word_guard, "MAX_RATIO", 10_000)
    assert word_guard.open_package(bomb).namelist()


def test_the_guard_against_too_many_entries_counts_from_two_thousand(monkeypatch):
    def with_entries(count):
        content = saved(document(END))
        have = len(word_guard.open_package(content).namelist())
        return repacked(content, add=[(f"word/media/{n}.bin", b"") for n in range(count - have)])

    assert len(word_guard.open_package(with_entries(2_000)).namelist()) == 2_000
    with pytest.raises(UnreadableFile, match="nén bất thường"):
        word_guard.open_package(with_entries(2_001))
