"""The lock and the kept words of a form, asked directly; through the pages: `admin/test_typed.py`."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from reports import editing
from reports.models import EditLock, Report, TypedText
from tests.factories import ReportFactory, UserFactory

# Keys are checked as a transaction ends, so it has to end.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "deed",
    [
        editing.take_over,
        editing.still_writing,
        lambda report, **how: editing.keep_typed(QueryDict("title=Gõ dở"), report=report, **how),
    ],
    ids=["take over", "still writing", "keep typed"],
)
def test_a_report_deleted_under_an_open_form_is_not_found(deed):
    report, writer = ReportFactory(), UserFactory()
    deed(report, by=writer, now=timezone.now())  # while it is there, it is no accident
    Report.objects.get(pk=report.pk).delete()

    with pytest.raises(editing.ReportGone):
        deed(report, by=writer, now=timezone.now())

    assert not EditLock.objects.exists()
    assert not TypedText.objects.exists()
