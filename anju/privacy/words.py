"""Where a person stands in the words of others: every text column of the company, searched and cleaned.

The history is counted and left as it is: its entries hold no words of people, and none can change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from anju.kernel.history import of_company
from anju.privacy.rules.marks import Marks, marks_of
from anju.register.models import Account, Partner, Person

# Names of places, firms and colleagues are theirs; a person's own row is emptied column by column.
APART = frozenset(
    {
        "kernel.HistoryEntry",
        "register.Account",
        "register.Building",
        "register.Company",
        "register.Membership",
        "register.Partner",
        "register.Person",
        "register.Project",
        "register.Region",
        "register.Unit",
        "register.Zone",
    }
)
# Digests and keys: there are no words in them.
SEALED = frozenset({"sha256", "token_hash", "digest", "previous", "request_hash", "salt", "uid"})


@dataclass(frozen=True, slots=True)
class Place:
    """One row in whose words somebody stands, with what the columns will say afterwards."""

    model: type[Model]
    pk: int
    cleaned: dict[str, object]


def marks_about(person: Person) -> Marks:
    """Return by what somebody is recognised; her name only where nobody else here bears it."""
    name = person.name
    others = Person.objects.filter(project_id=person.project_id, name=name).exclude(pk=person.pk)
    firms = Partner.objects.filter(Q(contact=name) | Q(name=name))
    shared = others.exists() or firms.exists() or Account.objects.filter(name=name).exists()
    return marks_of(name=name, phone=person.phone, written=person.phone_written, alone=not shared)


def places(marks: Marks, person: Person) -> Iterator[Place]:
    """Yield each row of the person's project, and of what the company shares, that names her."""
    if not marks:
        return
    for model in apps.get_models():
        columns = _columns(model)
        if columns:
            yield from _in_table(model, columns, marks, person)


def in_history(marks: Marks, company_id: int) -> int:
    """Count the entries of the history that name her: reasons that somebody typed."""
    if not marks:
        return 0
    among = Q(pk__in=())
    for word in marks.words:
        among |= Q(said__contains=word)
    return of_company(company_id).filter(among).count()


def _columns(model: type[Model]) -> list[Field[object, object]]:
    """Return the columns of a company's table that may hold words."""
    names = {field.attname for field in model._meta.concrete_fields}
    if "company_id" not in names or model._meta.label in APART or model._meta.proxy:
        return []
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
        and not field.choices
        and field.name not in SEALED
    ]


def _rows(model: type[Model], person: Person) -> QuerySet[Model]:
    rows = model._base_manager.filter(company_id=person.company_id)
    part = str(getattr(model, "part", ""))
    if not part:
        return rows
    return rows.filter(Q(**{part: person.project_id}) | Q(**{f"{part}__isnull": True}))


def _in_table(
    model: type[Model], columns: list[Field[object, object]], marks: Marks, person: Person
) -> Iterator[Place]:
    rows, among = _rows(model, person), Q(pk__in=())
    for column in columns:
        name = column.name
        if isinstance(column, JSONField):
            name = f"{column.name}_as_text"
            rows = rows.annotate(**{name: Cast(column.name, TextField())})
        for word in marks.stored():
            among |= Q(**{f"{name}__contains": word})
    wanted = [column.name for column in columns]
    for pk, *values in rows.filter(among).values_list("pk", *wanted):
        cleaned = {
            column.name: _cleaned(column, value, marks)
            for column, value in zip(columns, values, strict=True)
        }
        changed = {n: v for (n, v), old in zip(cleaned.items(), values, strict=True) if v != old}
        if changed:
            yield Place(model, int(pk), changed)


def _cleaned(column: Field[object, object], value: object, marks: Marks) -> object:
    if not isinstance(value, str | list | dict | int | float):
        return value
    found = marks.clean(value)
    most = getattr(column, "max_length", None)
    return found[:most] if isinstance(found, str) and most else found
