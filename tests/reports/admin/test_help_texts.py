"""Whoever fills in a form finds an example or a reason under each field."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

FORMS = [
    "reports_report_add", "reports_event_add", "reports_person_add", "reports_organisation_add",
    "reports_basesalary_add", "reports_feeschedule_add", "reports_linkhost_add",
]  # fmt: skip
# What needs no words: the text itself, and what a script turns into something to click on.
SPEAK_FOR_THEMSELVES = {"body", "place", "focal_x", "focal_y", "upload"}


@pytest.fixture
def administrator(client, registry):
    client.force_login(UserFactory(is_superuser=True))
    return client


def fields_of(page):
    """Every field of an admin page's forms, those of its rows too."""
    forms = [page.context["adminform"].form]
    forms += [rows.formset.empty_form for rows in page.context["inline_admin_formsets"]]
    return [field for form in forms for field in form.visible_fields()]


@pytest.mark.parametrize("name", FORMS)
def test_every_field_has_an_example_or_a_reason(administrator, name):
    fields = fields_of(administrator.get(reverse(f"admin:{name}")))

    # "Remove this row" is drawn apart.
    silent = {field.name for field in fields if not field.help_text} - {"DELETE"}
    assert silent - SPEAK_FOR_THEMSELVES == set()
    assert fields != []


def test_the_words_stand_on_the_page_and_belong_to_their_field(administrator):
    page = administrator.get(reverse("admin:reports_feeschedule_add")).content.decode()

    assert page.count('id="id_photos_counted_helptext"') == 1
    assert 'aria-describedby="id_photos_counted_helptext"' in page
