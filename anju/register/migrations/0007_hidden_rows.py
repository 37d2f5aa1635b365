"""A building knows the spreadsheet that made it; a spreadsheet is stored before it is in use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column more; what stands there keeps its meaning."""

    dependencies = [
        ('register', '0006_own_memberships'),
    ]

    operations = [
        migrations.AddField(
            model_name='building',
            name='batch_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='rosterbatch',
            name='state',
            field=models.CharField(choices=[('staged', 'being stored'), ('live', 'in use'), ('undone', 'undone')], max_length=10),
        ),
    ]
