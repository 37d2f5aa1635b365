"""A voice note is a kind of attachment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="attachment", name="attachment_kind_known"),
        migrations.AlterField(
            model_name="attachment",
            name="kind",
            field=models.CharField(
                choices=[("photo", "photo"), ("document", "document"), ("sound", "sound")],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=["photo", "document", "sound"]),
                name="attachment_kind_known",
            ),
        ),
    ]
