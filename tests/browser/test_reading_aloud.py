"""What the voice is given, and how it reads: with the real script, and a voice that only notes."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.factories import ReportFactory

READINGS = Path(__file__).parents[1] / "data" / "readings.txt"

# A device's voices, as far as the page can tell: it notes what it is given and ends when told to.
VOICE = """
(() => {
  const heard = window.heard = [];
  let current = null;
  window.voiceEnds = () => { const said = current; current = null; if (said && said.onend) said.onend(); };
  class Utterance { constructor(text) { this.text = text; } }
  const synthesis = {
    getVoices: () => VOICES,
    speak: said => { current = said; heard.push([said.text, said.rate, said.lang]); },
    cancel: () => { const cut = current; current = null; if (cut && cut.onend) setTimeout(cut.onend); },
    addEventListener: () => {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis, configurable: true });
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance, configurable: true });
})();
"""


def pairs():
    lines = READINGS.read_text("utf-8").splitlines()
    return [line.split(" → ") for line in lines if line and not line.startswith("# ")]


def test_a_text_is_read_as_people_say_it(page):
    page.goto("about:blank")
    page.add_script_tag(path=settings.BASE_DIR / "static" / "js" / "reading_aloud.js")
    table = pairs()

    said = page.evaluate("texts => texts.map(readable)", [text for text, _ in table])

    wrong = {
        text: (got, wanted)
        for (text, wanted), got in zip(table, said, strict=True)
        if got != wanted
    }
    assert wrong == {}
    assert len(table) >= 100


def test_nothing_breaks_the_reading(page):
    page.goto("about:blank")
    page.add_script_tag(path=settings.BASE_DIR / "static" / "js" / "reading_aloud.js")
    hard = [
        "",
        " ",
        "/",
        "1/",
        "--",
        "9" * 400,
        "1/1/1/1/1",
        "." * 500,
        "1-2-3-4-5",
        "IIII",
        "%%",
        "0/0",
        "QH",
        "\u00a0",
    ]

    said = page.evaluate("texts => texts.map(readable)", hard)
    # A rule that looked again and again at the same letters would not come to an end with this one.
    long = page.evaluate(
        "readable('Chiều 2/7, 2.811,7 triệu đồng cho 5/9 xã. '.repeat(2000)).trim().split('. ').length"
    )

    assert [type(words) for words in said] == [str] * len(hard)
    assert said[:2] == ["", ""]
    assert long == 2000


@pytest.fixture
def report(transactional_db):
    return ReportFactory(
        published=True,
        title="Tít của bài",
        lead="Sapo lúc 8h30.",
        body="<p>Đoạn một có 5/9 xã.</p><ul><li>Việc thứ 1</li></ul>"
        "<table><tbody><tr><td>Ấp Một</td><td>12 hộ</td></tr></tbody></table>"
        f"<p>{'Một câu vừa phải để đọc. ' * 20}</p>",
    )


def tab_with(page, live_server, report, voices):
    page.add_init_script(VOICE.replace("VOICES", voices))
    page.goto(live_server.url + report.get_absolute_url())
    return page


VIETNAMESE = '[{ lang: "en-US" }, { lang: "vi_VN", localService: true }]'


def test_there_is_no_button_where_no_voice_speaks_vietnamese(page, live_server, report):
    tab_with(page, live_server, report, '[{ lang: "en-US" }]')

    expect(page.locator("[data-tool=listen]")).to_be_hidden()
    expect(page.locator("[data-tool=print]")).to_be_visible()


def test_the_report_is_read_piece_by_piece_from_its_title_to_its_end(page, live_server, report):
    tab_with(page, live_server, report, VIETNAMESE)
    page.get_by_role("button", name="Nghe").click()

    marked = []
    for _ in range(30):
        if page.locator(".player").is_hidden():
            break
        marked.append(
            page.evaluate("document.querySelector('.is-spoken').textContent.slice(0, 14)")
        )
        page.evaluate("voiceEnds()")

    heard = [words for words, _, _ in page.evaluate("heard")]
    assert heard[:5] == [
        "Tít của bài",
        "Sapo lúc tám giờ ba mươi phút.",
        "Đoạn một có năm trên chín xã.",
        "Việc thứ nhất",
        "Ấp Một, mười hai hộ.",
    ]
    assert marked[:3] == ["Tít của bài", "Sapo lúc 8h30.", "Đoạn một có 5/"]
    assert max(map(len, heard)) <= 200
    assert " ".join(heard[5:]) == ("Một câu vừa phải để đọc. " * 20).strip()
    expect(page.locator(".is-spoken")).to_have_count(0)
    expect(page.locator("#bao-viec")).to_have_text("Đã đọc hết bài")


def test_pause_goes_on_with_the_same_sentence_and_stop_gives_the_place_back(
    page, live_server, report
):
    tab_with(page, live_server, report, VIETNAMESE)
    page.get_by_role("button", name="Nghe").click()
    page.evaluate("voiceEnds()")

    page.get_by_role("button", name="Tạm dừng").click()
    page.evaluate(
        "new Promise(done => setTimeout(done))"
    )  # after the voice said that it was cut off
    paused = page.evaluate("heard.length")
    page.get_by_role("button", name="Đọc tiếp").click()
    again = page.evaluate("heard.slice(-2).map(said => said[0])")
    page.get_by_role("button", name="Thôi nghe").click()

    assert paused == 2
    assert again == ["Sapo lúc tám giờ ba mươi phút."] * 2
    expect(page.locator(".player")).to_be_hidden()
    expect(page.get_by_role("button", name="Nghe")).to_be_focused()


def test_the_speed_is_remembered_on_the_device(page, live_server, report):
    tab_with(page, live_server, report, VIETNAMESE)
    page.get_by_role("button", name="Nghe").click()
    page.get_by_role("button", name="Chậm").click()
    page.wait_for_function("() => heard.length > 1")
    assert page.evaluate("heard.map(said => said[1])") == [1, 0.8]

    page.reload()
    page.get_by_role("button", name="Nghe").click()

    expect(page.get_by_role("button", name="Chậm")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("heard.map(said => said[1])") == [0.8]
    assert page.context.cookies() == []
