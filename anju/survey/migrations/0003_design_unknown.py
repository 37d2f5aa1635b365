"""Whether everybody was asked is unknown until somebody says it."""

from django.db import migrations, models

import anju.survey.rules.wave


class Migration(migrations.Migration):
    """A new default; what is stored stays as it was said."""

    dependencies = [("survey", "0002_company_keys")]
    operations = [
        migrations.AlterField(
            model_name="wave",
            name="design",
            field=models.CharField(
                choices=[("unknown", "unknown"), ("census", "census"), ("sample", "sample")],
                default=anju.survey.rules.wave.Design["UNKNOWN"],
                max_length=8,
            ),
        ),
    ]
