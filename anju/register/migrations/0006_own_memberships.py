"""A person who signs in is shown her own memberships before a company is known."""

from django.db import migrations

from anju.kernel.guards import OnPostgres

# Asked once for a query, not for every row.
ACCOUNT = "(SELECT NULLIF(current_setting('anju.account', true), '')::bigint)"
DOORS = {
    "register_membership": f"account_id = {ACCOUNT}",
    "register_membershipproject": (
        f"membership_id IN (SELECT id FROM register_membership WHERE account_id = {ACCOUNT})"
    ),
}


def open_doors(_apps, editor):
    """Admit reading alone; on SQLite there is no floor to make a door in."""
    for table, rule in DOORS.items():
        editor.execute(f"DROP POLICY IF EXISTS anju_own ON {table}")
        editor.execute(f"CREATE POLICY anju_own ON {table} FOR SELECT USING ({rule})")


class Migration(migrations.Migration):
    """Two narrow doors in the floor of PostgreSQL."""

    dependencies = [
        ('register', '0005_people'),
    ]

    operations = [OnPostgres(open_doors, migrations.RunPython.noop)]
