"""Answers kept for a key, and the shared buckets of the limits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables of the ground."""

    dependencies = [("kernel", "0003_shared_cache")]
    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("company_id", models.BigIntegerField()),
                ("scope", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=64)),
                ("request_hash", models.CharField(max_length=64)),
                ("answer", models.CharField(default="", max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company_id", "scope", "key"), name="kept_answer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80, unique=True)),
                ("left", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
