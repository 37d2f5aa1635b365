"""The answers of a closed wave as columns: a sorted snapshot, and the small tables that engines add up."""
