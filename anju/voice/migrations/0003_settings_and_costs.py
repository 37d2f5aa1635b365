"""What a case cost and who pays; how owners reach the manager alone, texts for replies, one fault."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns more; none changes."""

    dependencies = [
        ('voice', '0002_company_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='cost',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='payer',
            field=models.CharField(blank=True, choices=[('owner', 'owner'), ('property', 'property'), ('retention', 'retention'), ('contractor', 'contractor')], default='', max_length=14),
        ),
        migrations.AddField(
            model_name='voicerule',
            name='mailbox_mail',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='voicerule',
            name='mailbox_page',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='voicerule',
            name='texts',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='voicerule',
            name='together',
            field=models.PositiveSmallIntegerField(default=5),
        ),
        migrations.AddField(
            model_name='voicerule',
            name='within',
            field=models.PositiveSmallIntegerField(default=30),
        ),
    ]
