"""The words of the back office: what people edit is what Django reads."""

import gettext
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext as spoken
from django.utils.translation import ngettext

from portal.words import BadWords, compile_mo, read_po

SOURCES = sorted(Path(settings.LOCALE_PATHS[0]).rglob("*.po"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_compiled_words_are_the_edited_ones(source):
    messages = read_po(source.read_text(encoding="utf-8"))

    assert source.with_suffix(".mo").read_bytes() == compile_mo(messages)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_message_has_words_and_keeps_its_placeholders(source):
    messages = read_po(source.read_text(encoding="utf-8"))
    del messages["", "", ""]

    for (_, msgid, plural), translation in messages.items():
        assert translation.strip(), msgid
        meant = _placeholders(plural or msgid) | _placeholders(msgid)
        assert _placeholders(translation) <= meant, msgid


def _placeholders(text):
    return set(re.findall(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}", text))


def test_gettext_itself_reads_what_we_compile():
    source = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    source += 'msgid "Save"\nmsgstr "Lưu"\n\n'
    source += 'msgctxt "day"\nmsgid "Sun"\nmsgstr "Chủ "\n"nhật"\n\n'
    source += 'msgid "%d row"\nmsgid_plural "%d rows"\nmsgstr[0] "%d dòng"\n'

    words = gettext.GNUTranslations(io.BytesIO(compile_mo(read_po(source))))

    assert words.gettext("Save") == "Lưu"
    assert words.pgettext("day", "Sun") == "Chủ nhật"
    assert words.ngettext("%d row", "%d rows", 1) == "%d dòng"


def test_our_words_come_before_those_of_django():
    assert spoken("Log out") == "Đăng xuất"
    assert ngettext("%(counter)s result", "%(counter)s results", 3) == "%(counter)s kết quả"


@pytest.mark.parametrize(
    "broken",
    [
        'msgid "Save"\n',
        'msgid "Save"\nmsgstr "Lưu"\n\nmsgid "Save"\nmsgstr "Ghi"\n',
        'msgid "Save"\nmsgstr Lưu\n',
    ],
)
def test_a_broken_file_of_words_is_refused(broken):
    with pytest.raises(BadWords):
        read_po(broken)
