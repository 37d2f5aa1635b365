"""Which hints an account needs no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of accounts."""

    dependencies = [
        ('register', '0009_reach_zones_own'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='hints',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
