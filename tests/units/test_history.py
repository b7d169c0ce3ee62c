"""A unit's history: every name and every change of ground, each once and in its time."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from units import registry as unit_registry
from units.history import Change, Ending, Step, children_of, ending_of, history_of
from units.models import Unit
from units.registry import BEGINNING, END

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def unit(key):
    return Unit.objects.get(pk=key)


def test_names_follow_each_other_the_latest_first(registry):
    latest, earlier = history_of(unit("t3-30517"))

    assert (latest.first, latest.last) == (date(2023, 4, 10), date(2025, 6, 30))
    assert latest.full_name == "Phường Thới Sơn, thị xã Tịnh Biên, tỉnh An Giang"
    assert (earlier.first, earlier.last) == (None, date(2023, 4, 9))
    assert earlier.full_name == "Xã Thới Sơn, huyện Tịnh Biên, tỉnh An Giang"
    assert [change.key for change in latest.lost] == ["t2-30502"]
    assert earlier.lost == []


def test_a_unit_of_today_gains_its_ground_with_its_first_day(registry):
    (step,) = history_of(unit("t2-91"))

    assert {change.key for change in step.gained} == {"t3-89", "t3-91"}
    assert not any(change.is_later for change in step.gained)


def test_every_succession_of_every_unit_is_told_once_on_each_side(registry):
    gained, lost = [], []
    for other in Unit.objects.all():
        steps = history_of(other)
        gained += [(change.key, other.pk) for step in steps for change in step.gained]
        lost += [(other.pk, change.key) for step in steps for change in step.lost]

    recorded = sorted((old, edge.key) for old, es in registry.successors.items() for edge in es)
    assert sorted(gained) == recorded
    assert sorted(lost) == recorded


def test_the_steps_of_every_unit_fill_its_life_without_a_gap(registry):
    for other in Unit.objects.all():
        steps = history_of(other)[::-1]
        born, died = registry.life(other.pk)
        assert (steps[0].first or BEGINNING) == born
        assert (steps[-1].last + timedelta(days=1) if steps[-1].last else END) == died
        for before, after in pairwise(steps):
            assert before.last + timedelta(days=1) == after.first


def test_documents_are_grounds_and_lists_are_sources_each_named_once():
    step = Step(None, None, "Xã Mẫu", "Xã Mẫu")
    assert step.grounds == []

    for basis in ("Nghị quyết 99/NQ", "", "danh mục", "Nghị quyết 99/NQ", "Nghị quyết 100/NQ"):
        step.gained.append(Change("t2-91", TODAY, False, basis))

    assert step.grounds == ["Căn cứ: Nghị quyết 99/NQ; Nghị quyết 100/NQ", "Nguồn: danh mục"]


def test_what_came_to_a_unit_that_was_there_already_is_marked(registry):
    older = history_of(unit("t3-00004"))[0]

    assert [(change.day, change.is_later) for change in older.gained] == [(date(2025, 1, 1), True)]


def test_below_a_unit_of_today_is_what_is_there_today(registry):
    now, before = children_of(unit("t2-91"), TODAY)

    assert set(now) == set(
        Unit.objects.current(TODAY).filter(parent="t2-91").values_list("pk", flat=True)
    )
    assert before == []


def test_below_a_unit_that_is_gone_is_what_was_there_on_its_last_day(registry):
    now, before = children_of(unit("t3-89"), TODAY)
    last_day = date(2025, 6, 30)

    assert set(now) == set(
        Unit.objects.existing_on(last_day).filter(parent="t3-89").values_list("pk", flat=True)
    )
    assert "t3-894" in now
    assert set(now).isdisjoint(before)
    # A unit whose district was dissolved before the reform lies below it no more.
    assert all(registry.span_on(key, last_day).parent != "t3-89" for key in before)


def test_a_unit_that_is_gone_says_its_last_day_and_the_document(registry):
    old = unit("t3-30517")
    assert ending_of(old, date(2025, 6, 30)) is None
    assert ending_of(old, date(2025, 7, 1)) == Ending(date(2025, 6, 30), "")
    assert ending_of(unit("t2-91"), TODAY) is None

    old.successions_out.update(basis="Nghị quyết 99/NQ")
    unit_registry.forget()

    assert ending_of(old, TODAY) == Ending(date(2025, 6, 30), "Nghị quyết 99/NQ")
