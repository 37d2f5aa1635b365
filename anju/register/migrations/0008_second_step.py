"""The second step at sign-in: until when it may wait, and how long a company lets it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; nobody has been asked yet."""

    dependencies = [
        ('register', '0007_hidden_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='second_step_by',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='company',
            name='second_step_days',
            field=models.PositiveSmallIntegerField(default=14),
        ),
    ]
