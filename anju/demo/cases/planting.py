"""Puts the demonstration's cases into the tables, in few statements, as the acts would have left them.

Every column of a case is what its entries make of it, and every entry follows from the one before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from anju.casework.fold import Entry, Held, Plain, folded
from anju.casework.kinds import CaseKind, Channel, Party
from anju.casework.promises import Level, Promised
from anju.casework.states import OPEN, State
from anju.casework.visits import Ended, Policy, needs_visit, visit_due
from anju.demo.cases.clocks import Timekeeper, climbs
from anju.demo.cases.lives import Life, Owed, Staff, World, Writer
from anju.demo.cases.matters import SEED, Matter, matters
from anju.demo.cases.rows import CHUNK, store
from anju.demo.cases.sayings import TEXTS
from anju.demo.cases.tales import faults, tales
from anju.demo.office import Crew
from anju.demo.places import LAKESIDE
from anju.demo.story import Scene
from anju.register.calendars import usual_calendar
from anju.register.models import (
    Account,
    Membership,
    MembershipProject,
    Partner,
    Person,
    Project,
    Tie,
    Unit,
)
from anju.register.rules.rights import Reach, Role
from anju.survey.rules.questionnaire import Words
from anju.voice.actions.hanging import hang_lobbies
from anju.voice.actions.seeding import give_defaults
from anju.voice.actions.telling import in_role, link_hash
from anju.voice.models import (
    Bundle,
    Case,
    Category,
    ServiceLevel,
    VoiceRule,
)
from anju.voice.promised import level_of, policy, rule, rungs
from anju.voice.refold import columns_of
from anju.worktime.deadlines import WorkingCalendar

DRAW = "anju-demonstration"  # the published seed by which visits are drawn
FITTERS = (Words("李师傅", "Li Shi"), Words("马师傅", "Ma Shi"))
HALTS = ("accept", "schedule", "start", "wait", "finish", "resume", "report_back", "")


def plant_cases(scene: Scene, crew: Crew, people: Mapping[Role, int]) -> None:
    """Plant fourteen months of cases of the first project."""
    company, project = scene.actor.company_id, scene.projects[LAKESIDE]
    give_defaults(company_id=company, at=scene.ago(480))
    texts = [[scene.say(name), scene.say(words)] for name, words in TEXTS]
    VoiceRule.objects.update(visit_seed=DRAW, texts=texts)
    hang_lobbies(actor=crew.manager, project_id=project.pk, at=scene.ago(480))
    workers = (people[Role.WORKER], *_fitters(scene, project))
    staff = Staff(
        crew.desk.account_id, crew.steward.account_id, crew.manager.account_id,
        crew.quality.account_id, people[Role.HEAD], workers,
    )  # fmt: skip
    calendar = usual_calendar(at=scene.at)
    lives = lives_of(World(staff, _owed(policy(), calendar), scene.at, scene.language))
    _plant(scene, project, lives, calendar)


def _fitters(scene: Scene, project: Project) -> tuple[int, ...]:
    """Employ two more fitters, who sign in as little as everybody here."""
    made = []
    for number, name in enumerate(FITTERS, start=2):
        account = Account(email=f"worker{number}@demo.example", name=scene.say(name))
        account.language = scene.language
        account.set_unusable_password()
        account.save()
        member = Membership(company_id=project.company_id, account=account, role=Role.WORKER.value)
        member.reach = Reach.PROJECTS.value
        member.save()
        MembershipProject(company_id=project.company_id, membership=member, project=project).save()
        made.append(account.pk)
    return tuple(made)


def _owed(held: Policy, calendar: WorkingCalendar) -> Owed:
    """Return what answers by when an owner is to be asked, each day worked out once."""
    known: dict[tuple[object, ...], datetime | None] = {}

    def owed(ended: Ended) -> datetime | None:
        if not needs_visit(ended, held):
            return None
        key = ended.kind, ended.at_home, ended.closed_at.astimezone(calendar.zone).date()
        if key not in known:
            known[key] = visit_due(ended, held, calendar).instant
        return known[key]

    return owed


def lives_of(world: World) -> list[Life]:
    """Write every life, in the order in which the words came in, which is the order of numbers."""
    begun = [(one, None) for one in matters(world.now)]
    everything = sorted([*begun, *tales(world.now)], key=lambda one: one[0].at)
    found: list[Life] = []
    for number, (matter, tale) in enumerate(everything, start=1):
        writer = Writer(world, SEED + number)
        life = Life(number, matter)
        if tale is not None:
            found.append(tale(writer, life))
        elif (target := _same(found, life, writer)) is not None:
            found.append(_merged(life, target, writer))
        else:
            found.append(_lived(writer, life))
    return found


def _lived(writer: Writer, life: Life) -> Life:
    """Write a life; half of those that stand for days have a new promise."""
    halt = _halt(writer, life.matter)
    writer.live(life, halt=halt)
    old = writer.world.now - life.matter.at > timedelta(days=4)
    if halt and old and writer.draw.random() < 0.6:
        writer.promised_anew(life, halt)
    return life


def _halt(writer: Writer, matter: Matter) -> str:
    """Return where a young case still stands; most of the last days are open."""
    age = (writer.world.now - matter.at) / timedelta(days=1)
    stuck = 0.9 if age < 1.2 else 0.4 if age < 5 else 0.25
    if age > 13 or writer.draw.random() > stuck:
        return ""
    return writer.draw.choice(HALTS if age < 0.6 else HALTS[1:])


def _same(found: Sequence[Life], life: Life, writer: Writer) -> Life | None:
    """Return a case that told the same shortly before, if the desk sees it this time."""
    one, since = life.matter, life.matter.at - timedelta(days=2)
    for other in reversed(found[-25:]):
        near = other.matter.at > since and other.matter.house == one.house
        same = other.matter.topic is one.topic and other.matter.saying is one.saying
        if near and same and other.merged_into is None and not one.topic.home:
            return other if writer.draw.random() < 0.6 else None
    return None


def _merged(life: Life, target: Life, writer: Writer) -> Life:
    """Let a word go on in the case that told the same, where that is still open."""
    desk, at = writer.world.staff.desk, life.matter.at + timedelta(minutes=25)
    stands = folded([one for one in target.entries if one.at <= at]).state
    if stands is State.SETTLED or at > writer.world.now:
        return writer.live(life)
    life.tell("received", writer.receiver(life), life.matter.at, **_said(life.matter))
    words = Words(f"与 {target.number} 号单为同一问题", f"The same matter as no. {target.number}")
    kept = life.note(at, desk, words)
    life.tell("merge", desk, at, target=target.number, note=kept)
    life.tell("settle", None, at)
    life.merged_into = target.number
    entry = Entry("merged_in", desk, at, {"from": life.number})
    target.entries = sorted([*target.entries, entry], key=lambda one: one.at)
    return life


def _said(matter: Matter) -> dict[str, Plain]:
    said = {"channel": matter.channel, "kind": matter.topic.kind, "severity": matter.severity}
    return {name: one.value for name, one in said.items()}


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows point to, by place in the project."""

    scene: Scene
    project: Project
    units: Mapping[tuple[int, int], Unit]
    owners: Mapping[int, Person]
    categories: Mapping[str, int]
    firms: Mapping[str, int]
    bundles: Sequence[Bundle]
    roles: dict[str, list[str]] = field(default_factory=dict)


def _ground(scene: Scene, project: Project) -> Ground:
    rows = Unit.objects.filter(building__project=project).select_related("building")
    by_name = {(row.building.name, row.number): row for row in rows}
    units = {
        (place, door): by_name[LAKESIDE.label(house, scene.language), number]
        for place, house in enumerate(LAKESIDE.houses)
        for door, number in enumerate(house.units)
    }
    ties = Tie.objects.filter(unit__building__project=project, kind="owner")
    owners = {tie.unit_id: tie.person for tie in ties.select_related("person")}
    categories = dict(Category.objects.values_list("code", "id"))
    firms = list(Partner.objects.order_by("id").values_list("id", flat=True))
    named = dict(zip(("cleaning", "lift", "builder", "developer"), firms, strict=False))
    ground = Ground(scene, project, units, owners, categories, named, ())
    return replace(ground, bundles=_bundles(ground))


def _bundles(ground: Ground) -> Sequence[Bundle]:
    codes = ("power", "water")
    rows = [
        Bundle(
            company_id=ground.project.company_id, project=ground.project,
            building=ground.units[fault.house, 0].building,
            category_id=ground.categories[code], title=ground.scene.say(fault.title),
            expected_at=fault.expected, opened_at=fault.opened, ended_at=fault.ended,
        )
        for code, fault in zip(codes, faults(ground.scene.at), strict=True)
    ]  # fmt: skip
    return Bundle.objects.bulk_create(rows)


def _plant(
    scene: Scene, project: Project, lives: Sequence[Life], calendar: WorkingCalendar
) -> None:
    ground = _ground(scene, project)
    stored = [level_of(row) for row in ServiceLevel.objects.all()]
    keeper = Timekeeper(stored, rungs(), calendar, rule().hasten_share)
    levels = [_level(keeper, life, project.pk) for life in lives]
    for life in lives:
        _bundled(life, ground)
    helds = [folded(life.entries) for life in lives]
    begun = [(one.received_at, one.clock_from) for one in helds]
    keeper.prime(
        (at, level) for pair, level in zip(begun, levels, strict=True) for at in set(pair) if at
    )
    cases = []
    for life, level in zip(lives, levels, strict=True):
        _climb(life, keeper, level, ground)
        cases.append(_case(life, keeper, level, ground))
    made = Case.objects.bulk_create(cases, batch_size=CHUNK)
    _merge(made, lives)
    store(list(zip(made, lives, strict=True)), scene.say)


def _level(keeper: Timekeeper, life: Life, project_id: int) -> Level:
    matter = life.matter
    kind, severity = matter.topic.kind.value, matter.severity.value
    return keeper.level(kind, severity, project_id, matter.at)


def _bundled(life: Life, ground: Ground) -> None:
    """Say in its history to which fault a case belongs, from the first minute on."""
    if life.bundle is None:
        return
    bundle, first = ground.bundles[life.bundle], life.entries[0]
    said: dict[str, Plain] = {"bundle": bundle.pk, "title": bundle.title}
    desk = next(one.by for one in life.entries if one.verb == "accept" or one is life.entries[-1])
    at = first.at + timedelta(minutes=1)
    life.entries.insert(1, Entry("bundled", desk, at, said))
    life.bundle = bundle.pk


def _climb(life: Life, keeper: Timekeeper, level: Level, ground: Ground) -> None:
    """Add what the clock told while the case was open, since its clock last began to run."""
    held = folded(life.entries)
    assert held.clock_from is not None
    end = held.closed_at or ground.scene.at
    told = keeper.clocks(held.clock_from, level, held.running).told
    added = []
    for at, rung in climbs(told, end - timedelta(minutes=1)):
        named = held.assignee_id or held.first_receiver_id
        who = [str(named)] if rung.role == "assignee" and named else _in_role(rung.role, ground)
        said: dict[str, Plain] = {"rung": rung.number, "role": rung.role, "told": who}
        added.append(Entry("escalated", None, at, said))
    if added:
        life.entries = sorted([*life.entries, *added], key=lambda one: one.at)


def _in_role(role: str, ground: Ground) -> list[str]:
    if role not in ground.roles:
        found = in_role(Case(project=ground.project), role)
        ground.roles[role] = [str(one) for one in found]
    return ground.roles[role]


def _case(life: Life, keeper: Timekeeper, level: Level, ground: Ground) -> Case:
    matter, held = life.matter, folded(life.entries)
    assert held.clock_from is not None
    unit = ground.units[matter.house, matter.door]
    due = next((one.due for one in life.visits if one.state == "due" and not one.second), None)
    clocks = keeper.clocks(held.clock_from, level, held.running)
    columns = columns_of(held, clocks, visit_at=due)
    columns["party"] = columns.get("party", Party.UNKNOWN.value)
    case = Case(
        company_id=ground.project.company_id, project=ground.project, number=life.number,
        building=unit.building, unit=unit if matter.topic.home else None,
        spot=ground.scene.say(matter.spot) if matter.spot and not matter.topic.home else "",
        category_id=ground.categories[matter.topic.category], channel=matter.channel.value,
        words=ground.scene.say(matter.saying.words), anonymous=matter.anonymous,
        language=ground.scene.language, level_id=level.id, restricted=life.restricted,
        about_id=life.about, bundle_id=life.bundle, version=len(life.entries) + 1,
        partner_id=_firm(matter, held, ground), **columns,
    )  # fmt: skip
    first = keeper.clocks(matter.at, level, ()).due
    for promised in Promised:
        setattr(
            case, f"{promised.value}_first", first[promised].instant if promised in first else None
        )
    _reported(case, matter, ground.owners[unit.pk])
    case.token_hash = link_hash(case)
    return case


def _firm(matter: Matter, held: Held, ground: Ground) -> int | None:
    if held.state is State.REGISTERED or matter.topic.kind is CaseKind.PRAISE:
        return None
    if matter.topic.party is Party.DEVELOPER:
        return ground.firms.get("builder")
    return ground.firms.get(matter.topic.category)


def _reported(case: Case, matter: Matter, person: Person) -> None:
    """Set who told it; somebody anonymous leaves nothing of herself."""
    if matter.anonymous:
        return
    case.reporter, case.caller, case.phone = person, person.name, person.phone
    if matter.channel is Channel.BOX:
        case.phone = ""


def _merge(cases: Sequence[Case], lives: Sequence[Life]) -> None:
    by_number = {case.number: case for case in cases}
    rows = []
    for case, life in zip(cases, lives, strict=True):
        if life.merged_into is not None:
            case.merged_into = by_number[life.merged_into]
            rows.append(case)
    Case.objects.bulk_update(rows, ["merged_into"])


def where_they_stand(at: datetime) -> dict[str, int]:
    """Return how many cases are open, late, and due today, for whoever checks the planting."""
    zone = ZoneInfo(settings.TIME_ZONE)
    today = at.astimezone(zone).date()
    rows = Case.objects.filter(state__in=[one.value for one in OPEN])
    due = [row.next_due_at for row in rows if row.next_due_at is not None]
    return {
        "open": rows.count(),
        "late": sum(one < at for one in due),
        "today": sum(one.astimezone(zone).date() == today for one in due),
    }
