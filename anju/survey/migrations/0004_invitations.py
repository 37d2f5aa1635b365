"""Invitations with their answers, who sees answers, and by which way they came in."""

import anju.survey.rules.answering
import django.db.models.deletion
from django.db import migrations, models

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0005_people"),
        ("survey", "0003_design_unknown"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("token_hash", models.CharField(max_length=64)),
                ("drawn_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("answers", models.JSONField(default=dict)),
                ("texts", models.JSONField(default=dict)),
                ("seen_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("late", models.BooleanField(default=False)),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        choices=[("none", "none"), ("call", "call"), ("visit", "visit")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("contact_where", models.CharField(blank=True, default="", max_length=120)),
                ("contact_text", models.CharField(blank=True, default="", max_length=20)),
                ("contact_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="survey.response",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.unit",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="survey.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "wave", "unit"), name="invitation_one_home"
                    ),
                    models.UniqueConstraint(
                        fields=("company", "wave", "number"), name="invitation_one_number"
                    ),
                    models.UniqueConstraint(
                        fields=("company", "token_hash"), name="invitation_one_link"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contact__in", ["", "none", "call", "visit"])),
                        name="invitation_contact_known",
                    ),
                ]
            },
        ),
        migrations.AddField(
            model_name="importbatch",
            name="channel",
            field=models.CharField(
                choices=[("file", "file"), ("link", "link")],
                default=anju.survey.rules.answering.Channel["FILE"],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="privacy",
            field=models.CharField(
                choices=[("named", "named"), ("confidential", "confidential")],
                default=anju.survey.rules.answering.Privacy["CONFIDENTIAL"],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["file", "link"])), name="batch_channel_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("privacy__in", ["named", "confidential"])),
                name="wave_privacy_known",
            ),
        ),
        company_keys("survey", "Invitation"),
    ]
