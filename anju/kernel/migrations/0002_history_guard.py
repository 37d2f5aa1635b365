"""The database refuses to change or remove history."""

from django.db import migrations

from anju.kernel.guards import history_guard


class Migration(migrations.Migration):
    """Triggers on the history table."""

    dependencies = [("kernel", "0001_initial")]
    operations = [history_guard()]
