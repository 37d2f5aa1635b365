# Begun by Django 5.2.19 on 2026-11-22 08:43

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0006_own_memberships"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Robot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wecom", "wecom"),
                            ("dingtalk", "dingtalk"),
                            ("feishu", "feishu"),
                        ],
                        max_length=10,
                    ),
                ),
                ("host", models.CharField(max_length=120)),
                ("sealed", models.TextField()),
                ("kinds", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
                ("added_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("company", "name"), name="robot_one_name")
                ]
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.CharField(max_length=32)),
                ("recipient", models.CharField(max_length=40)),
                ("template", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("soon", "soon"),
                            ("late", "late"),
                            ("again", "again"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=10)),
                ("language", models.CharField(max_length=10)),
                ("values", models.JSONField(default=dict)),
                ("sealed", models.TextField(blank=True)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("stage", models.CharField(max_length=60)),
                ("urgent", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("dead", "dead"),
                            ("let_go", "let_go"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inapp", "inapp"),
                            ("mail", "mail"),
                            ("sms", "sms"),
                            ("robot", "robot"),
                            ("outbox", "outbox"),
                            ("digest", "digest"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_key", models.CharField(blank=True, max_length=32)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("told", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("provider_key", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("handed_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="register.person",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="register.project",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="register.unit",
                    ),
                ),
                (
                    "robot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="notify.robot",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "state", "due_at", "id"], name="message_due"),
                    models.Index(
                        fields=["company", "subject_kind", "subject_id", "id"],
                        name="message_of_subject",
                    ),
                    models.Index(fields=["company", "account", "id"], name="message_of_account"),
                    models.Index(fields=["company", "unit", "purpose"], name="message_of_unit"),
                    models.Index(fields=["company", "state", "way", "id"], name="message_by_way"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "recipient", "subject_kind", "subject_id", "stage"),
                        name="message_one_a_stage",
                    ),
                    models.UniqueConstraint(fields=("company", "uid"), name="message_one_uid"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "sent", "dead", "let_go"])),
                        name="message_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="message_sent_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["dead", "let_go"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="message_ended_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("why", models.CharField(max_length=20)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("company",),
                        name="hold_one_open",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kinds", models.JSONField(default=list)),
                ("by_mail", models.BooleanField(default=False)),
                ("digest", models.BooleanField(default=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "account"), name="preference_one_a_person"
                    )
                ]
            },
        ),
        company_keys("notify", "Robot", "Message", "Hold", "Preference"),
    ]
