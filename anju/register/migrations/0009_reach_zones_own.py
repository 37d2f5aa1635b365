"""Two closer reaches: the zones of a steward, and what somebody answers for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Reach of a membership."""

    dependencies = [
        ('register', '0008_second_step'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='reach',
            field=models.CharField(choices=[('company', 'company'), ('projects', 'projects'), ('zones', 'zones'), ('own', 'own')], default='company', max_length=10),
        ),
    ]
