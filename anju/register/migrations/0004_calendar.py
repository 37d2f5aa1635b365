"""Working calendars with every version kept, and their keys within a company."""

import django.db.models.deletion
from django.db import migrations, models

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    """Calendars, versions, days."""

    dependencies = [
        ("register", "0003_roles_and_reach"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkCalendar",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("usual", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    models.UniqueConstraint(fields=("company", "name"), name="calendar_one_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("usual", True)),
                        fields=("company",),
                        name="calendar_one_usual",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("zone", models.CharField(max_length=60)),
                ("hours", models.JSONField()),
                ("follows", models.BooleanField(default=True)),
                ("known_until", models.PositiveSmallIntegerField(null=True)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="register.workcalendar",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "calendar", "number"), name="calendar_one_version"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "origin",
                    models.CharField(
                        choices=[("announced", "Announced"), ("own", "Own")], max_length=10
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("off", "off"), ("work", "work"), ("hours", "hours")],
                        max_length=10,
                    ),
                ),
                ("zh", models.CharField(blank=True, default="", max_length=40)),
                ("en", models.CharField(blank=True, default="", max_length=80)),
                ("hours", models.CharField(blank=True, default="", max_length=120)),
                ("since", models.PositiveIntegerField()),
                ("until", models.PositiveIntegerField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="register.workcalendar",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "calendar", "day", "origin", "since"),
                        name="calendar_day_one_meaning",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("company", "calendar", "day", "origin"),
                        name="calendar_day_one_in_force",
                    ),
                ]
            },
        ),
        company_keys("register", "WorkCalendar", "CalendarVersion", "CalendarDay"),
    ]
