"""Keys of programs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    """One table, with its keys across companies."""

    dependencies = [
        ('register', '0010_hints'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProgramKey',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('token_hash', models.CharField(max_length=64)),
                ('projects', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'token_hash'), name='program_key_one')],
            },
        ),
        company_keys('register', 'ProgramKey'),
    ]
