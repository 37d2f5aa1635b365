"""Looks at people, links by which owners see them, erasures."""

import django.db.models.deletion
from django.conf import settings
from anju.kernel.guards import company_keys
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('register', '0006_own_memberships'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=10)),
                ('counts', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='register.person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'person'), name='erased_once')],
            },
        ),
        migrations.CreateModel(
            name='FileLink',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'token_hash'), name='file_link_one_person')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('phone', 'phone'), ('care', 'care'), ('export', 'export')], max_length=10)),
                ('grade', models.CharField(choices=[('P2', 'P2'), ('P3', 'P3')], max_length=2)),
                ('reason', models.CharField(choices=[('call', 'call'), ('visit', 'visit'), ('repair', 'repair'), ('emergency', 'emergency'), ('check', 'check'), ('asked', 'asked'), ('other', 'other')], max_length=10)),
                ('words', models.CharField(blank=True, default='', max_length=200)),
                ('salt', models.CharField(max_length=32)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='register.person')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.project')),
            ],
            options={
                'indexes': [models.Index(fields=['company', 'person', 'at'], name='look_at_person'), models.Index(fields=['company', 'account', 'at'], name='look_by_account')],
            },
        ),
        company_keys("privacy"),
    ]
