"""No table that leads to a person or a home is forgotten."""

from __future__ import annotations

from anju.privacy.holdings import HOLDINGS, Fate, Of, paths_to, undeclared


def test_every_table_that_leads_to_a_person_or_a_home_is_declared():
    assert undeclared() == [], (
        "declare it in its room's owner_file.py, see anju/privacy/holdings.py"
    )


def test_a_table_that_nobody_spoke_of_is_named(monkeypatch):
    monkeypatch.delitem(HOLDINGS, "register.CareTag")

    assert undeclared() == ["register.CareTag"]


def test_the_walk_follows_keys_however_far():
    assert paths_to("register.Person")["register.CareTag"] == "person"
    assert paths_to("register.Unit")["survey.OpenAnswer"] == "response__unit"


def test_what_is_declared_leads_where_it_says_and_its_columns_exist():
    for label, holding in HOLDINGS.items():
        assert label.split(" ")[0] == holding.model
        names = {field.name for field in holding.table._meta.get_fields()}
        assert {*holding.empty, *holding.private, *holding.hidden} <= names, label
        target = holding.table
        for step in holding.path.split("__"):
            target = target._meta.get_field(step).related_model
        wanted = "register.Person" if holding.of is Of.PERSON else "register.Unit"
        assert target._meta.label == wanted, label
        assert holding.fate is not Fate.EMPTIED or holding.empty, label
