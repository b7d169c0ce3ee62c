from django.db import migrations
from django.db.models import OuterRef, Subquery


def tell_events(apps, schema_editor):
    """Note at each event when its first published report is public."""
    Event, Report = apps.get_model("reports", "Event"), apps.get_model("reports", "Report")
    first = (
        Report.objects.filter(event=OuterRef("pk"), status="published")
        .order_by("published_at")
        .values("published_at")[:1]
    )
    Event.objects.update(told_from=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_event_told_from")]
    operations = [migrations.RunPython(tell_events, migrations.RunPython.noop)]
