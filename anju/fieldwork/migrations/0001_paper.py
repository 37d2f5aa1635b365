"""Paper forms: entry, counts by building, second entry."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    """The first tables of the room, with composite keys (company_id, id)."""

    initial = True

    dependencies = [
        ("register", "0005_people"),
        ("survey", "0005_paper_channel"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondRound",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("seed", models.PositiveBigIntegerField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("forms", models.PositiveIntegerField()),
                ("upto", models.BigIntegerField()),
                ("drawn_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="survey.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "wave", "number"), name="second_round_one_number"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SecondForm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("entered_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="survey.response",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forms_drawn",
                        to="fieldwork.secondround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "round", "number"), name="second_form_one_number"
                    ),
                    models.UniqueConstraint(
                        fields=("company", "response"), name="second_form_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second__isnull", True),
                            models.Q(("second", models.F("first")), _negated=True),
                            _connector="OR",
                        ),
                        name="second_form_two_people",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="EntryBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="survey.importbatch",
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
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="survey.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "wave", "account", "day"), name="entry_batch_one_day"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PaperCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("issued", models.PositiveIntegerField(null=True)),
                ("returned", models.PositiveIntegerField(null=True)),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.building",
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
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="survey.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "wave", "building"), name="paper_count_one_building"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned__isnull", True),
                            ("issued__isnull", True),
                            ("returned__lte", models.F("issued")),
                            _connector="OR",
                        ),
                        name="paper_returned_within_issued",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PaperRule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("without_home", models.BooleanField(default=False)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="survey.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("company", "wave"), name="paper_rule_one_wave")
                ]
            },
        ),
        migrations.CreateModel(
            name="SecondDifference",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first_code", models.CharField(blank=True, max_length=24)),
                ("second_code", models.CharField(blank=True, max_length=24)),
                (
                    "settled",
                    models.CharField(
                        blank=True, choices=[("first", "first"), ("second", "second")], max_length=8
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="survey.item",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="fieldwork.secondform",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "form", "item"), name="second_difference_one_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled__in", ["", "first", "second"])),
                        name="second_difference_settled_known",
                    ),
                ]
            },
        ),
        company_keys(
            "fieldwork",
            "EntryBatch",
            "PaperCount",
            "PaperRule",
            "SecondRound",
            "SecondForm",
            "SecondDifference",
        ),
    ]
