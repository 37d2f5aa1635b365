"""How homes are asked: draws, lobby links, approaches, outcomes at the door, wishes met."""

import django.db.models.deletion
from django.db import migrations, models

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):

    dependencies = [
        ('fieldwork', '0001_paper'),
        ('register', '0005_people'),
        ('survey', '0004_invitations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Approach',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('stage', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='register.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.unit')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survey.wave')),
            ],
            options={
                'indexes': [models.Index(fields=['company', 'unit', 'at'], name='approach_of_home')],
                'constraints': [models.UniqueConstraint(fields=('company', 'wave', 'unit', 'stage'), name='approach_one_stage'), models.CheckConstraint(condition=models.Q(('stage__lte', 2)), name='approach_at_most_two_reminders')],
            },
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('method', models.CharField(choices=[('simple', 'simple'), ('buildings', 'buildings')], max_length=12)),
                ('size', models.PositiveIntegerField()),
                ('seed', models.BigIntegerField()),
                ('homes', models.PositiveIntegerField()),
                ('actor_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survey.wave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'wave', 'number'), name='draw_one_number')],
            },
        ),
        migrations.CreateModel(
            name='Lobby',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('building', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.building')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survey.wave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'token_hash'), name='lobby_one_link'), models.UniqueConstraint(condition=models.Q(('building__isnull', False), ('revoked_at__isnull', True)), fields=('company', 'wave', 'building'), name='lobby_one_building'), models.UniqueConstraint(condition=models.Q(('building__isnull', True), ('revoked_at__isnull', True)), fields=('company', 'wave'), name='lobby_one_project')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('refused', 'refused'), ('unreachable', 'unreachable')], max_length=12)),
                ('at', models.DateTimeField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.unit')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survey.wave')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'wave', 'unit'), name='outcome_one_home'), models.CheckConstraint(condition=models.Q(('kind__in', ['refused', 'unreachable'])), name='outcome_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='RestRule',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('days', models.PositiveSmallIntegerField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company',), name='rest_one_rule')],
            },
        ),
        migrations.CreateModel(
            name='WishMet',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('wished_at', models.DateTimeField()),
                ('words', models.CharField(max_length=300)),
                ('actor_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survey.invitation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'invitation', 'wished_at'), name='wish_met_once')],
            },
        ),
        company_keys(
            "fieldwork", "Approach", "Draw", "Lobby", "Outcome", "RestRule", "WishMet"
        ),
    ]
