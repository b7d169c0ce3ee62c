"""Who sits at the back office, and what a browser sends from its forms."""

import pytest
from django.test import Client

from reports.models import MemberRole
from tests.factories import MembershipFactory, UserFactory, next_commune


@pytest.fixture
def unit(registry):
    return next_commune()


@pytest.fixture
def seat():
    """seat(role, unit) -> a browser in which somebody with that role is signed in (`.user`)."""

    def take(role, unit):
        if role == "superuser":
            user = UserFactory(is_superuser=True)
        else:
            user = UserFactory()
            if role != "nobody":
                MembershipFactory(user=user, unit=unit, role=MemberRole(role))
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return take


@pytest.fixture
def editor(seat, unit):
    return seat("editor", unit)


def report_form(report=None, **fields):
    """What the form of a report sends: as it stands, with `fields` typed over it.

    Rows come as `rows={"photos": [{…}]}`; a row's `initial` tells a stored one.
    """
    rows = fields.pop("rows", {})
    data = {"title": "Xã ta trồng xong đường hoa", "lead": "", "body": "<p>Bà con góp công.</p>",
            "genre": "tin", "ky_rule": "lich"}  # fmt: skip
    if report:
        data |= {
            "title": report.title,
            "unit": report.unit_id,
            "lead": report.lead,
            "body": report.body,
            "version": report.version,
        }
    for prefix in ("contributions", "photos", "figures"):
        lines = rows.get(prefix, [])
        data |= {
            f"{prefix}-TOTAL_FORMS": len(lines),
            f"{prefix}-INITIAL_FORMS": sum(1 for line in lines if line.get("id")),
            f"{prefix}-MIN_NUM_FORMS": 0,
            f"{prefix}-MAX_NUM_FORMS": 1000,
        }
        for number, line in enumerate(lines):
            if line.get("id"):
                line = {"report": report.pk, **line}
            data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data | fields


@pytest.fixture
def form():
    return report_form
