"""Hostile words in titles, captions, file names, remarks: on the newsroom's pages they stay words."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from reports.editing import keep_typed
from reports.models import Alert, ImportBatch, ImportItem
from tests.browser.patience import EDITOR_IS_READY
from tests.browser.signing_in import sign_in
from tests.factories import ContributionFactory, PersonFactory, PhotoFactory, ReportFactory
from tests.reports.admin.pages import change

from .test_two_people import people, unit  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

PAYLOADS = (
    '"><img src=x onerror="window.fired=1">',
    "</script><script>window.fired=1</script>",
    "'-(window.fired=1)-'",
    '"}]\'><svg onload="window.fired=1">',
    "javascript:window.fired=1",
    "<details open ontoggle=window.fired=1>",
)
ALL = " ".join(PAYLOADS)


@pytest.fixture
def addresses(unit, people):  # noqa: F811
    from django.contrib.auth import get_user_model

    lan = get_user_model().objects.get(username="lan")
    report = ReportFactory(
        unit=unit, title=f"Tít {ALL}"[:290], lead=ALL, byline_organisation=ALL[:150]
    )
    for payload in PAYLOADS:
        person = PersonFactory(name=f"Người {payload}", unit=unit)
        ContributionFactory(report=report, person=person, signed_as=payload)
        PhotoFactory(
            report=report, caption=payload, alt=payload, credit_text=payload, credit=person
        )
    report.lead = f"Khác {ALL}"
    report.save()
    revision = ReportFactory(
        unit=unit, revises=ReportFactory(unit=unit, published=True), title=ALL[:290]
    )
    Alert.objects.create(
        recipient=lan, report=report, kind="tra-lai", remark=ALL[:500], created_at=timezone.now()
    )
    batch = ImportBatch.objects.create(unit=unit, by=lan, source=ALL)
    for order, payload in enumerate(PAYLOADS):
        ImportItem.objects.create(
            batch=batch, order=order, name=f"{payload}.html", title=payload, words=payload,
            original_url=payload, outcome="doubtful", report=report, brought_at=timezone.now(),
            suggested={"authors": [payload]},
        )  # fmt: skip
    typed = QueryDict(mutable=True)
    typed.update({"title": f"Gõ {ALL}", "lead": ALL, "body": f"<p>{ALL}</p>"})
    keep_typed(typed, by=lan, now=timezone.now(), report=revision, base_version=1)
    keys = list(report.history.values_list("history_id", flat=True))
    return {
        "form": change(report),
        "revision": change(revision),
        "brought back": f"{change(revision)}?lay-lai=1",
        "read": f"{change(report)}?xem=1",
        "history": reverse("admin:reports_report_history", args=[report.pk]),
        "version": reverse("admin:reports_report_version", args=[report.pk, keys[-1]]),
        "compare": reverse("admin:reports_report_compare", args=[report.pk])
        + f"?tu={keys[-1]}&den={keys[0]}",
        "alerts": reverse("admin:alerts"),
        "library": reverse("admin:photo_library"),
        "batch": reverse("admin:archive_batch", args=[batch.pk]),
        "review": reverse("admin:archive_review", args=[batch.pk]),
        "start": reverse("admin:index"),
    }


def test_no_page_of_the_newsroom_runs_what_somebody_wrote(page, live_server, addresses):
    sign_in(page, live_server, "lan")
    page.on("dialog", lambda dialog: dialog.dismiss())
    fired = []
    for name, address in addresses.items():
        page.goto(f"{live_server.url}{address}", wait_until="networkidle")
        assert page.locator("h1").count(), name
        if page.evaluate("window.fired"):
            fired.append(name)

    assert fired == []


def test_photos_taken_out_of_the_library_bring_letters_only(page, live_server, addresses):
    """The list comes by script and becomes rows of the form; the findings are drawn in by script, too."""
    sign_in(page, live_server, "lan")
    page.goto(f"{live_server.url}{addresses['revision']}")
    page.wait_for_function(EDITOR_IS_READY)
    page.get_by_role("link", name="Chọn từ kho ảnh").click()
    page.locator("dialog [data-photo]").first.wait_for()
    for box in page.locator("dialog [data-photo]").all():
        box.check()
    page.locator("dialog [data-choose]").click()
    # The second editor reads along after a pause, and writes over what stood there.
    page.evaluate("document.querySelector('[data-proof-list]').innerHTML = '<p id=cu></p>'")
    page.fill("#id_title", ALL[:290])
    expect(page.locator("#cu")).to_have_count(0)

    values = [box.input_value() for box in page.locator("[name^=photos-][name$=-caption]").all()]

    assert set(PAYLOADS) <= set(values)
    assert not page.evaluate("window.fired")
    # Control: the same words as markup run on this page, whose editor needs inline scripts.
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", PAYLOADS[0])
    page.wait_for_function("() => window.fired === 1")
