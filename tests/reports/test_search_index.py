"""The index row of a report: it says what the report says, however it came to say it."""

import io
import unicodedata

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.abbreviations import MEANINGS, found_in
from portal.tokens import forms, word_forms
from reports.demo.volume import make
from reports.models import Report, ReportStatus, SearchEntry
from reports.scope import refresh_all
from reports.search.finding import Ranked
from reports.search.lexemes import MOST_BYTES, row_of
from reports.search.query import Query
from reports.search.storage import rebuilt_afterwards
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    PhotoFactory,
    ReportFactory,
    TopicFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db

# Syllables with every kind of mark, and what else stands in texts.
WORDS = (
    "dân vận khéo hoà hòa uỷ ủy thuý thúy khoẻ khỏe Đảng ĐẢNG đảng ban bạn bàn nghiêng Ngoằn quý "
    "xã tỉnh MTTQ UBND HĐND mặt trận tổ quốc 2024 05 hội nghị ưỡn ẵm"
)
SYLLABLES = st.sampled_from(WORDS.split())
TEXTS = st.lists(SYLLABLES, min_size=1, max_size=12).map(" ".join)


def found(text):
    return set(Ranked(Query(text), timezone.now()).page(0, 1000)[0])


# --- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"), ("uỷ", "ủy"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("HOÀ", "hòa"),
        ("Ðảng", "Đảng"), ("ðảng", "đảng"), ("01", "1"), ("quí", "quí"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_are_one(one, other):
    assert word_forms(one) == word_forms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bạn", "ban"), ("hoa", "hòa"), ("quí", "quý"), ("đ", "d")]
)
def test_different_words_stay_different(one, other):
    assert forms(one)[1] != forms(other)[1]


@given(TEXTS)
def test_composed_and_decomposed_text_have_the_same_words(text):
    assert word_forms(unicodedata.normalize("NFD", text)) == word_forms(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_words_and_none_holds_a_sign_of_the_index(text):
    for folded, exact in word_forms(text):
        assert folded
        assert exact
        assert not set(" '\"\\:&|!()=#@+_*^") & set(folded + exact)


def test_every_line_of_the_abbreviations_is_one_meaning():
    lines = MEANINGS.strip().splitlines()
    spellings = [
        tuple(folded for folded, _ in word_forms(part))
        for line in lines
        for part in line.split("=")
    ]

    assert all(len(line.split("=")) >= 2 for line in lines)
    assert all(spelling for spelling in spellings)
    for line in lines:
        for part in line.split("="):
            folded = [word for word, _ in word_forms(part)]
            ((start, end, _),) = found_in(folded)
            assert (start, end) == (0, len(folded))


# --- properties ---------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(text=TEXTS, query=TEXTS, data=st.data())
def test_case_composition_and_place_of_the_tone_never_change_the_answer(text, query, data):
    Report.objects.all().delete()
    ReportFactory(published=True, title=text)
    ReportFactory(published=True, title="Chuyện khác", body=f"<p>{query}</p>")
    ways = [
        str.upper, str.lower, str.title,
        lambda q: unicodedata.normalize("NFD", q),
        lambda q: unicodedata.normalize("NFKD", q).upper(),
        lambda q: q.replace("oà", "òa").replace("uỷ", "ủy").replace("oẻ", "ỏe").replace("uý", "úy"),
        lambda q: q.replace("đ", "ð").replace("Đ", "Ð"),
        lambda q: f"  {q} ,. ",
    ]  # fmt: skip

    changed = data.draw(st.sampled_from(ways))(query)

    page = Ranked(Query(query), timezone.now()).page(0, 10)
    assert Ranked(Query(changed), timezone.now()).page(0, 10) == page


@settings(max_examples=12)
@given(title=TEXTS, lead=TEXTS, body=st.lists(TEXTS, max_size=3))
def test_every_word_of_a_report_finds_it(title, lead, body):
    Report.objects.all().delete()
    report = ReportFactory(
        published=True, title=title, lead=lead, body="".join(f"<p>{each}</p>" for each in body)
    )

    for text in (title, lead, *body):
        for word in text.split():
            assert found(word) == {report.pk}
        assert found(f'"{text}"') == {report.pk}


# --- texts of every size --------------------------------------------------------------------------------


def test_a_text_of_many_pages_is_found_to_its_last_word_and_by_phrase():
    words = " ".join(f"từ{number} lặp lại" for number in range(8_000))
    report = ReportFactory(published=True, body=f"<p>{words}</p><p>Cuối bài có hoa sen</p>")

    assert found("từ7999 sen") == {report.pk}
    assert found('"có hoa sen"') == {report.pk}
    assert found('"sen hoa có"') == set()


def test_a_text_beyond_every_limit_keeps_all_its_words_and_gives_up_phrases_first():
    words = [f"chữ{number:06d}" for number in range(50_000)]

    lexemes = row_of("Tít", [" ".join(words)])[0].split()

    assert sum(len(each.encode()) for each in lexemes) <= MOST_BYTES
    assert {f"chu{number:06d}" for number in range(50_000)} <= set(lexemes)
    assert f"{'chu000000'}_{'chu000001'}" not in lexemes


def test_a_report_beyond_every_limit_can_be_stored_and_found():
    words = " ".join(f"chữ{number:06d}" for number in range(35_000))
    report = ReportFactory(published=True, body=f"<p>{words}</p>")

    assert found("chữ034999") == {report.pk}


# --- kept up to date ------------------------------------------------------------------------------------


def test_a_corrected_report_is_found_by_its_new_words_only():
    report = ReportFactory(published=True, title="Trồng sen")

    report.title = "Trồng súng"
    report.save()

    assert (found("sen"), found("súng")) == (set(), {report.pk})


def test_a_change_of_state_moves_the_report_in_and_out():
    report = ReportFactory(title="Trồng sen")
    assert found("sen") == set()

    report.status, report.published_at = ReportStatus.PUBLISHED, timezone.now()
    report.save()
    assert found("sen") == {report.pk}

    report.status, report.withdrawn_at, report.withdrawn_reason = (
        ReportStatus.WITHDRAWN, timezone.now(), "Trùng bài",
    )  # fmt: skip
    report.save()
    assert found("sen") == set()


def test_a_year_mistyped_far_ahead_is_kept_and_not_shown():
    moment = timezone.make_aware(timezone.datetime(2998, 7, 1))

    report = ReportFactory(published=True, published_at=moment, title="Bài hẹn nhầm năm")

    assert SearchEntry.objects.filter(pk=report.pk).exists()
    assert not Report.objects.published(timezone.now()).matching("hẹn nhầm").exists()


def test_who_signed_is_found_and_no_more_once_taken_away():
    report = ReportFactory(published=True)
    line = ContributionFactory(report=report, person=PersonFactory(name="Lò Mẩy"), signed_as="L.M")
    assert found("lò mẩy") == found('"L.M"') == {report.pk}

    line.delete()

    assert found("lò mẩy") == set()


def test_a_corrected_name_of_a_person_finds_the_reports():
    report = ReportFactory(published=True)
    person = PersonFactory(name="Lò Mảy")
    ContributionFactory(report=report, person=person)
    PhotoFactory(report=report, credit=person)

    person.name = "Lò Mẩy"
    person.save()

    assert (found("mẩy"), found('"lò may"')) == ({report.pk}, {report.pk})


def test_captions_and_photographers_are_found():
    report = ReportFactory(published=True)
    photo = PhotoFactory(
        report=report, caption="Bến phà sáng sớm", credit=PersonFactory(name="Y Blôk")
    )
    assert found("bến phà") == found("y blok") == {report.pk}

    photo.delete()

    assert found("bến phà") == set()


def test_an_event_that_gets_a_day_gives_its_year_to_its_reports():
    event = EventFactory(name="Hội trăng rằm")
    report = ReportFactory(published=True, event=event)
    assert found("trăng rằm") == {report.pk}
    assert found("trăng rằm 2019") == set()

    event.event_on = "2019-09-13"
    event.full_clean(exclude=["slug"])
    event.save()

    assert found("trăng rằm 2019") == {report.pk}


def test_reports_of_a_renamed_unit_follow_the_registry():
    unit = next_commune()
    report = ReportFactory(published=True, unit=unit)

    unit.name = "Xã Bến Mới Toanh"
    unit.save()
    refresh_all()

    assert found("bến mới toanh") == {report.pk}


def test_topics_are_found_after_the_command():
    report = ReportFactory(published=True)
    topic = TopicFactory(name="Giữ gìn bờ bãi")
    report.topics.add(topic)

    said = io.StringIO()
    call_command("refresh_search", all=True, stdout=said)

    assert found("bờ bãi") == {report.pk}
    assert said.getvalue() == "1 bài được ghi vào mục lục tìm kiếm.\n"


def test_the_command_fills_what_is_missing_and_leaves_the_rest():
    kept, lost = ReportFactory(published=True), ReportFactory(published=True, title="Trồng sen")
    SearchEntry.objects.filter(report=lost).delete()
    assert found("sen") == set()

    said = io.StringIO()
    call_command("refresh_search", stdout=said)

    assert said.getvalue().startswith("1 bài")
    assert found("sen") == {lost.pk}
    assert SearchEntry.objects.filter(report=kept).exists()


def test_a_deleted_report_leaves_nothing_behind():
    report = ReportFactory(published=True, title="Trồng sen")

    report.delete()

    assert SearchEntry.objects.count() == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM reports_search WHERE reports_search MATCH 'sen'")
            assert cursor.fetchall() == []


def test_made_reports_have_the_rows_that_saving_would_write(registry):
    make(60, seed=3)
    made = {e.pk: (e.newest, e.stream) for e in SearchEntry.objects.defer("words")}
    answers = {q: found(q) for q in ("dan van", '"dân vận"', "2024", "hội nghị")}

    call_command("refresh_search", all=True, verbosity=0)

    assert {e.pk: (e.newest, e.stream) for e in SearchEntry.objects.defer("words")} == made
    assert {q: found(q) for q in answers} == answers
    assert len(made) == 60


def test_an_index_made_anew_answers_like_one_kept_up():
    reports = [ReportFactory(published=True, title=f"Trồng sen {n}") for n in range(3)]

    with rebuilt_afterwards():
        late = ReportFactory(published=True, title="Trồng sen muộn")

    assert found("sen") == {report.pk for report in (*reports, late)}
    late.title = "Trồng súng"
    late.save()
    assert found("sen") == {report.pk for report in reports}


def test_drafts_are_found_by_the_office():
    draft = ReportFactory(title="Trồng sen")

    assert list(Report.objects.matching("sen")) == [draft]
    assert list(Report.objects.published().matching("sen")) == []
