from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Copy each report's counting day into its rows, as `reports.scope` writes it from now on."""
    Report, ReportScope = (apps.get_model("reports", name) for name in ("Report", "ReportScope"))
    day = Report.objects.filter(pk=OuterRef("report")).values("counting_on")
    ReportScope.objects.update(counting_on=Subquery(day))


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_old_paths")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
