"""Role cards: five tasks of a role on one page, as data and as print."""
