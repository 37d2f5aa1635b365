"""The table of the cache that all web processes share: limits on signing in count in it."""

from typing import Any

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table where it is not there."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """A cache in the database, so that a limit is one limit however many processes serve."""

    dependencies = [("kernel", "0002_history_guard")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
