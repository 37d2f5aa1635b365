"""Tables that must be complete: every URL by role and by whose row it is."""
