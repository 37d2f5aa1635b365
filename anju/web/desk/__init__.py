"""Pages of the front desk."""
