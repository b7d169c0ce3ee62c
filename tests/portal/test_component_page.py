"""The page of components: only while building; and the contrast of every pair of colours."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from portal.component_page import PAIRS, contrast, contrasts, grounds, icons
from tests.factories import PhotoFactory, ReportFactory

pytestmark = pytest.mark.django_db


def test_readers_never_see_it(client):
    assert settings.DEBUG is False
    assert client.get(reverse("components")).status_code == 404


@pytest.mark.parametrize("count", [0, 3])
def test_builders_see_every_part_drawn_by_the_real_templates(client, settings, count):
    settings.DEBUG = True
    for report in ReportFactory.create_batch(count, published=True):
        PhotoFactory(report=report)

    page = client.get(reverse("components")).content.decode()

    assert "chưa đủ" not in page
    for part in ("chips", "pager", "alert", "note", "box", "tile--sunday", "tile--unknown", "wrong",
                 "search-form", "picker", "figures", "facts", "choice"):  # fmt: skip
        assert re.search(rf'class="[^"]*\b{part}\b', page), part
    assert page.count('<li class="story') == count
    assert not re.search(r"<style|\sstyle=", page)


@pytest.mark.parametrize(
    "pair", contrasts(), ids=lambda pair: f"{pair['letters']} on {pair['ground']}"
)
def test_letters_can_be_read_on_every_ground(pair):
    assert [name for name, _, is_enough in pair["figures"] if not is_enough] == []


def test_the_figures_are_those_of_wcag():
    assert contrast("#ffffff", "#000000") == 21
    assert contrast("#777777", "#ffffff") == 4.4
    assert contrast("#767676", "#ffffff") == 4.5


def test_every_pair_names_tokens_that_are_there():
    for colours in grounds().values():
        assert {name for pair in PAIRS for name in pair[:2]} <= set(colours)
    assert len(icons()) >= 6
