from django.db import migrations, models


class Migration(migrations.Migration):
    """A page's place as file and row, so that the row can be found again."""

    dependencies = [("reports", "0017_base_salaries")]

    operations = [
        migrations.RemoveField(model_name="importitem", name="key"),
        migrations.AddField(
            model_name="importitem",
            name="name",
            field=models.TextField(default="", verbose_name="tệp"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importitem",
            name="row",
            field=models.PositiveIntegerField(default=0, verbose_name="dòng"),
        ),
    ]
