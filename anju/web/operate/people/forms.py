"""What the pages of people ask: who, as what, and over which projects."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from anju.kernel.history import Subject
from anju.kernel.pure.numbers import whole
from anju.register.access import USUAL_REACH, Reach, Role
from anju.register.actions.people import ColleagueDraft, Reaching
from anju.register.choices import reach_names, role_names
from anju.register.editions import edition
from anju.register.queries import Reached, project_lines, reached_by
from anju.web.parts.ask import Group, kept_values
from anju.web.parts.form import Field

NOTHING_YET = Reached(Reach.COMPANY, frozenset())


def person_fields(given: QueryDict) -> tuple[Field, ...]:
    """Return the form of a new colleague."""
    return (
        Field("name", _("Name"), given.get("name", ""), most=80),
        Field("email", _("E-mail"), given.get("email", ""), kind="email", most=254),
        Field(
            "password",
            _("First password"),
            kind="password",
            hint=_("At least 10 characters. Hand it over in person; it can be changed later."),
            autocomplete="new-password",
            most=128,
        ),
        *role_fields(given, given.get("role", ""), None),
    )


def role_fields(given: QueryDict, role: str, held: Reached | None) -> tuple[Field, ...]:
    """Return the questions about a role: which, how far it goes, over which projects."""
    roles = tuple((key.value, name) for key, name in role_names().items())
    reaches = tuple((key.value, name) for key, name in reach_names().items())
    reach = given.get("reach", held.reach.value if held else "")
    ticked = given.getlist("project") or [str(key) for key in (held or NOTHING_YET).project_ids]
    projects = tuple((str(line.id), line.name) for line in project_lines())
    fields = (
        Field("role", _("Role"), given.get("role", role), kind="select", choices=roles),
        Field(
            "reach",
            _("What the person sees"),
            reach,
            kind="radio",
            choices=reaches,
            hint=_(
                "If you choose none: administrator, quality department and company head see the"
                " whole company, everybody else the projects ticked below. A steward’s zones are"
                " those that name her as steward, on the project’s page of zones."
            ),
        ),
        Field(
            "project",
            _("Projects"),
            ",".join(ticked),
            kind="checks",
            choices=projects,
            hint=_("They count only where the person does not see the whole company."),
            optional=True,
        ),
    )
    return fields if projects else fields[:-1]


def kept_role(subject: Subject, membership_id: int, role: str) -> QueryDict:
    """Return a colleague's role and reach as they stand, with their edition."""
    held, version = reached_by(membership_id), edition(subject)
    kept: dict[str, object] = {"role": role, "reach": held.reach.value, "version": version}
    return kept_values(kept, {"project": [str(key) for key in sorted(held.project_ids)]})


def role_groups(given: QueryDict) -> tuple[Group, ...]:
    """Return the questions about a role, answered as given, to lay two answers side by side."""
    return (Group(role_fields(given, "", None)),)


def reaching(given: QueryDict) -> Reaching | None:
    """Return how far the role is to go; None leaves it to what is usual for the role."""
    role, said = given.get("role", ""), given.get("reach", "")
    if not said and role in list(Role):
        said = USUAL_REACH[Role(role)].value
    if not said:
        return None
    return Reaching(said, tuple(whole(key, "project") for key in given.getlist("project")))


def person_draft(given: QueryDict, language: str) -> ColleagueDraft:
    """Return what was written about a new colleague."""
    return ColleagueDraft(
        name=given.get("name", ""),
        email=given.get("email", ""),
        password=given.get("password", "")[:129],
        role=given.get("role", ""),
        language=language,
        reach=reaching(given),
    )
