"""The index of open cases holds all that their counts and filters ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index is written anew; no row changes."""

    dependencies = [
        ('voice', '0003_settings_and_costs'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_unsettled',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['company', 'next_due_at', 'id', 'state', 'assignee', 'executor', 'about', 'restricted', 'project'], name='case_unsettled'),
        ),
    ]
