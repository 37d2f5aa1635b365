"""Answers come in on paper as well."""

import anju.survey.rules.answering
from django.db import migrations, models


class Migration(migrations.Migration):
    """A third channel of a batch."""

    dependencies = [('survey', '0004_invitations')]

    operations = [
        migrations.RemoveConstraint(
            model_name='importbatch',
            name='batch_channel_known',
        ),
        migrations.AlterField(
            model_name='importbatch',
            name='channel',
            field=models.CharField(choices=[('file', 'file'), ('link', 'link'), ('paper', 'paper')], default=anju.survey.rules.answering.Channel['FILE'], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['file', 'link', 'paper'])), name='batch_channel_known'),
        ),
    ]
