"""People with their ties, zones, partners, spreadsheets taken in, and the key of each unit."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anju.answers.rules.units import normalise
from anju.kernel.guards import company_keys

TABLES = (
    "Region",
    "Partner",
    "Zone",
    "ZonePlace",
    "Person",
    "Tie",
    "Consent",
    "CareTag",
    "RosterBatch",
    "RosterChange",
)


def fill_keys(apps, _editor):
    """Give each unit that was there before the spelling by which it is found."""
    units = apps.get_model("register", "Unit")
    found = units.objects.values_list("id", "number", "building__name")
    filled = []
    for pk, number, building in found.iterator(chunk_size=2_000):
        first, short = normalise(building), normalise(number)
        key = short if short.startswith(f"{first}-") else f"{first}-{short}"
        filled.append(units(id=pk, key=key[:100]))
    units.objects.bulk_update(filled, ["key"], batch_size=500)


class Migration(migrations.Migration):
    """People, zones, partners, spreadsheets."""

    dependencies = [
        ("register", "0004_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contractor", "Contractor"),
                            ("builder", "Builder"),
                            ("developer", "Developer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("contact", models.CharField(blank=True, default="", max_length=80)),
                ("phone", models.CharField(blank=True, default="", max_length=20)),
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
                    models.UniqueConstraint(fields=("company", "name"), name="partner_one_name")
                ]
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
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
                    models.UniqueConstraint(fields=("company", "name"), name="region_one_name")
                ]
            },
        ),
        migrations.CreateModel(
            name="RosterBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("file_id", models.BigIntegerField()),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "in use"), ("undone", "undone")], max_length=10
                    ),
                ),
                ("added", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField()),
                ("job_id", models.BigIntegerField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("live_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="register.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "project", "number"), name="roster_one_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("company", "project", "sha256"),
                        name="roster_one_live_file",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("initials", models.CharField(blank=True, default="", max_length=80)),
                ("phone", models.CharField(blank=True, default="", max_length=20)),
                ("phone_tail", models.CharField(blank=True, default="", max_length=4)),
                ("phone_written", models.CharField(blank=True, default="", max_length=40)),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "Telephone"),
                            ("sms", "Text message"),
                            ("mail", "E-mail"),
                            ("visit", "Visit"),
                            ("paper", "Paper form"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("quiet_from", models.TimeField(blank=True, null=True)),
                ("quiet_until", models.TimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("batch_row", models.PositiveIntegerField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="register.project",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="register.rosterbatch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "name"], name="person_by_name"),
                    models.Index(fields=["company", "initials"], name="person_by_initials"),
                    models.Index(fields=["company", "phone_tail"], name="person_by_tail"),
                ]
            },
        ),
        migrations.CreateModel(
            name="CareTag",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("alone", "Lives alone"),
                            ("old", "Of great age"),
                            ("child", "Small child in the home"),
                            ("help", "Needs help with stairs or doors"),
                            ("call", "Call before coming"),
                        ],
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(max_length=120)),
                ("added_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="care",
                        to="register.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "person", "kind"), name="care_one_sign_a_person"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("contact", "Visits and calls about the service"),
                            ("survey", "Invitations to surveys"),
                            ("care", "Notes on special care"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text_version", models.CharField(max_length=20)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "Telephone"),
                            ("sms", "Text message"),
                            ("mail", "E-mail"),
                            ("visit", "Visit"),
                            ("paper", "Paper form"),
                        ],
                        max_length=10,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="register.person",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="RosterChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("row_id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=0)),
                ("before", models.JSONField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="register.rosterbatch",
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
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("owner", "Owner"), ("family", "Family"), ("tenant", "Tenant")],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="register.rosterbatch",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="register.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="register.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            ("until__isnull", True),
                            ("until__gt", models.F("since")),
                            _connector="OR",
                        ),
                        name="tie_ends_after_it_begins",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.company",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="register.project",
                    ),
                ),
                (
                    "steward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "project", "name"), name="zone_one_name"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ZonePlace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
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
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="register.unit",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="register.zone",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("company", "building"),
                        name="zone_of_a_building",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("company", "unit"),
                        name="zone_of_a_unit",
                    ),
                ]
            },
        ),
        migrations.AddField(
            model_name="unit",
            name="area",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="batch_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="handover",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="key",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="unit",
            name="use",
            field=models.CharField(
                blank=True,
                choices=[
                    ("home", "Home"),
                    ("shop", "Shop"),
                    ("office", "Office"),
                    ("parking", "Parking space"),
                    ("storage", "Storage"),
                    ("other", "Other"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["company", "key"], name="unit_by_key"),
        ),
        migrations.AddField(
            model_name="project",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="projects",
                to="register.region",
            ),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        company_keys("register", *TABLES),
    ]
