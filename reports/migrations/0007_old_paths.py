from urllib.parse import unquote, urlsplit

from django.db import migrations


def note_old_paths(apps, schema_editor):
    """What `Report.derive` writes from now on, for the reports that are there."""
    Report = apps.get_model("reports", "Report")
    for report in Report.objects.exclude(original_url="").only("original_url").iterator():
        parts = urlsplit(report.original_url)
        path, query = unquote(parts.path).rstrip("/"), unquote(parts.query)
        report.original_path = (f"{path}?{query}" if query else path)[:500]
        report.save(update_fields=["original_path"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_voices")]
    operations = [migrations.RunPython(note_old_paths, migrations.RunPython.noop)]
