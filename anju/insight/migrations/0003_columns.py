"""Which snapshot of columns belongs to the small tables of a closed wave, and when it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; the clock writes the snapshots of waves that closed before."""

    dependencies = [("insight", "0002_company_keys")]
    operations = [
        migrations.AddField("wavetally", "columns", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("wavetally", "columns_at", models.DateTimeField(null=True)),
    ]
