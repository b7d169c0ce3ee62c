from datetime import date

from django.db import migrations

KNOWN = [
    (date(2019, 7, 1), 1_490_000, "Nghị định 38/2019/NĐ-CP"),
    (date(2023, 7, 1), 1_800_000, "Nghị định 24/2023/NĐ-CP"),
    (date(2024, 7, 1), 2_340_000, "Nghị định 73/2024/NĐ-CP"),
]


def add_known(apps, schema_editor):
    """What has been decreed so far; later amounts are added in the back office."""
    BaseSalary = apps.get_model("reports", "BaseSalary")
    for from_on, amount, basis in KNOWN:
        BaseSalary.objects.get_or_create(
            from_on=from_on, defaults={"amount": amount, "basis": basis}
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0016_fees")]
    operations = [migrations.RunPython(add_known, migrations.RunPython.noop)]
