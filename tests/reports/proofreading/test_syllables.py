"""What can be a syllable, and what no Vietnamese mouth can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.proofreading.syllables import ONSETS, RIMES, is_possible

POSSIBLE = """
    người nghiêng giếng gìn gì giữa quốc quyết quân quýnh khuỷu ngoằn ngoèo huyện thuở quở huơ yếu
    yên uống ương oách xoong tuýp huýt suýt uỵch nguếch ngoác quặng quít qui đoàn hòa hoà thủy thuỷ
    kỹ kĩ ý y mỹ lý ghế nghệ khoảng xoáy ngoảnh loắt choắt luyến tuyết thuế huề khuya giặt bướu hươu
    ừ ở ơi ạ oải uế khuất khuây quậy giả giêng giết bìa quỳnh ngoéo quầy chuếnh choáng ưỡn
"""
IMPOSSIBLE = """
    ngị nghành ngề ghạo kác cẽ cưc hôic đươg ngườ nngười thựcc đoànq quồn iếu kuống trườg phưởg
    hàh nhânn thưc đôt họpp ngiệp ghạch khôg tổồ
"""


@pytest.mark.parametrize("word", POSSIBLE.split())
def test_rare_syllables_are_possible(word):
    assert is_possible(word)


@pytest.mark.parametrize("word", IMPOSSIBLE.split())
def test_slips_of_the_keyboard_are_not(word):
    assert not is_possible(word)


@given(
    st.sampled_from(sorted(RIMES)), st.sampled_from([onset for onset in ONSETS if len(onset) == 1])
)
def test_no_syllable_ends_with_the_same_letter_twice(rime, onset):
    assert not is_possible(onset + rime + rime[-1])


@given(st.sampled_from(sorted(rime for rime in RIMES if rime.endswith(("c", "ch", "p", "t")))))
def test_what_stops_short_has_a_short_tone(rime):
    assert not is_possible(f"m{rime}")
