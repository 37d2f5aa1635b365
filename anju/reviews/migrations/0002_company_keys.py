"""Keys across companies are refused by PostgreSQL itself."""

from django.db import migrations

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    """Composite keys (company_id, id)."""

    dependencies = [("reviews", "0001_initial"), ("voice", "0002_company_keys")]
    operations = [company_keys("reviews")]
