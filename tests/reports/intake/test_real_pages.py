"""The reader against real pages whose truth a person wrote down – where those pages are."""

import json
import sys
from collections import Counter

import pytest
from django.conf import settings

from reports.intake.reader import read_article

SHARED = settings.BASE_DIR.parent / "shared"

pytestmark = [
    pytest.mark.usefixtures("registry"),
    pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="các trang thật không có ở đây"),
]


@pytest.fixture(scope="module")
def score():
    """The scorer that everybody uses, as a module."""
    sys.path.insert(0, str(SHARED / "checks"))
    try:
        import score_articles
    finally:
        sys.path.pop(0)
    return score_articles


def f1_by_kind(folder, score):
    counts = Counter()
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        want = score.expected(truth)
        have = score.offered(read_article(folder / truth["file"]).as_json(), want)
        kind = truth.get("kind", "all")
        for field in want:
            shown = min(1, len(have[field])) if field == "unit_key" else len(have[field])
            counts[kind, "right"] += len(want[field] & have[field])
            counts[kind, "all"] += len(want[field]) + shown
    return {kind: 2 * counts[kind, "right"] / counts[kind, "all"] for kind, _ in counts}


def test_the_five_seeds_are_read_whole(score):
    assert f1_by_kind(SHARED / "seeds", score) == {"all": 1.0}


def test_the_open_pages_are_read_well_on_each_kind_of_text(score):
    scores = f1_by_kind(SHARED / "articles", score)

    assert set(scores) == {"raw", "reworded"}
    assert min(scores.values()) >= 0.92
