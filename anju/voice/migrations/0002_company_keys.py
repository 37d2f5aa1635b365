"""Keys across companies are refused by PostgreSQL itself."""

from django.db import migrations

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    """Composite keys (company_id, id)."""

    dependencies = [("voice", "0001_initial")]
    operations = [company_keys("voice")]
