"""Lobby links: made and ended by staff; by them a home that shows what it knows gets its own link."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace

from anju.answers.rules.entrances import alike
from anju.fieldwork.lobby import lobby_of, lobby_standing
from anju.fieldwork.models import Lobby
from anju.fieldwork.rules.codes import Proof, prove
from anju.fieldwork.rules.links import Standing, company_of_token, refuse_closed, token_hash
from anju.fieldwork.tokens import code_of, lobby_token, token_of
from anju.kernel.limits import Limit, take
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor, NotFound, Verb
from anju.register.models import Building, Tie, Unit
from anju.register.rules.units import KEY_MOST, normalise, unit_key
from anju.survey.access import wave_for
from anju.survey.actions.waves import tell
from anju.survey.models import Invitation, Wave
from anju.survey.rules.wave import WaveState

# Tries at one home, by whomever: eight at once and eight a day. In a month that is 240 of a million
# codes, or of ten thousand ends of telephone numbers as long as nobody there has begun.
TRIES = Limit("lobby-home", 8, 8 / 1440)


@transaction.atomic
def make_lobby(*, actor: Actor, wave_id: int, building_id: int | None, at: datetime) -> int:
    """Make the link that hangs in a lobby, or return the one in force.

    Errors: NotFound, E-STATE where the survey is closed, has no form, or asks no home yet.
    """
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        _refuse_unready(wave)
        building = _building(wave, building_id)
        rows = Lobby.objects.filter(wave=wave, building=building, revoked_at__isnull=True)
        found: Lobby | None = rows.first()
        if found is None:
            found = Lobby(company_id=actor.company_id, wave=wave, building=building, made_at=at)
            found.token_hash = token_hash(lobby_token(found))
            found.save()
            tell(actor, wave, "lobby_made", at=at, payload={"building": building_id})
        return int(found.pk)


@transaction.atomic
def end_lobby(*, actor: Actor, wave_id: int, lobby_id: int, at: datetime) -> None:
    """End a lobby's link: its poster leads nowhere; what homes began goes on. Errors: NotFound."""
    with company_scope(actor.company_id):
        wave = wave_for(actor, wave_id, Verb.GIVE_LINKS)
        rows = Lobby.objects.filter(id=lobby_id, wave=wave, revoked_at__isnull=True)
        if not rows.update(revoked_at=at):
            raise NotFound("Lobby")
        tell(actor, wave, "lobby_ended", at=at, payload={})


def _refuse_unready(wave: Wave) -> None:
    if wave.version_id is None or wave.state == WaveState.CLOSED:
        raise Problem(
            "E-STATE",
            "wave",
            "A poster needs a survey that is not closed and has a questionnaire. Complete its plan.",
            "制作海报要求调查未结束且已选定问卷。请先完善调查计划。",
        )
    if not Invitation.objects.filter(wave=wave).exists():
        raise Problem(
            "E-STATE",
            "wave",
            "No home is asked yet. Make links for the homes first; then hang up the poster.",
            "还没有确定要调查的房屋。请先为房屋生成链接，再张贴海报。",
        )


def _building(wave: Wave, building_id: int | None) -> Building | None:
    if building_id is None:
        return None
    found: Building | None = Building.objects.filter(
        id=building_id, project_id=wave.project_id
    ).first()
    if found is None:
        raise NotFound("Building")
    return found


def open_home(*, token: str, room: str, written: str, today: date, at: datetime) -> str:
    """Return the link of the home whose code or telephone somebody at the lobby's page wrote.

    Nothing is changed but the count of tries, which stays also where the try is refused. Digits that
    do not fit and homes that are not asked are refused in the same words.
    Errors: NotFound, E-SURVEY-CLOSED, E-LOBBY-ROOM, E-LOBBY-CODE, E-LOBBY-OFTEN, E-LOBBY-BEGUN.
    """
    company_id = company_of_token(token)
    if company_id is None:
        raise NotFound("Lobby")
    with company_scope(company_id):
        row = lobby_of(token)
        if row is None:
            raise NotFound("Lobby")
        _refuse_ended(lobby_standing(row, at))
        if not written.strip():
            raise _refused_code("empty")
        unit = _unit(row, room)
        seconds = take(TRIES, f"{row.wave_id}:{unit.pk}", at=at)
        if seconds:
            raise _refused_often()
        return _link(row, unit, written, today)


def _refuse_ended(now: Standing) -> None:
    if now is Standing.CLOSED:
        raise refuse_closed()
    if now is not Standing.OPEN:
        raise NotFound("Lobby")


def _unit(row: Lobby, room: str) -> Unit:
    """Return the home that a writing means, in the lobby's building or its project.

    That a home exists is no secret, so an unknown one and an unclear one are said.
    """
    key = normalise(room)[:KEY_MOST]
    units = Unit.objects.filter(building__project_id=row.wave.project_id)
    keys, clear = [key], True
    if row.building is not None:
        units = units.filter(building=row.building)
        keys.append(unit_key(row.building.name, room))
        # “1-502” may be another building's; that it is the only entrance's has to be written.
        clear = key.count("-") != 1 or keys[-1] == key or "单元" in room
    bare = Replace("key", Value("-"), Value(""))
    ended, meant = Q(key__endswith=f"-{key}"), Q(key__in=_alike(units, keys if clear else [key]))
    ways = (
        units.filter(key__in=keys),
        # Within one building an entrance is meant before the building; elsewhere either may be.
        units.filter(ended if row.building is not None else ended | meant),
        units.filter(meant),
        units.annotate(bare=bare).filter(bare__in=[one.replace("-", "") for one in keys]),
    )
    for way in ways if key.isprintable() and key else ():
        found: list[Unit] = list(way.order_by("id")[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise _refused_room("several")
    raise _refused_room("unknown" if key else "empty")


def _alike(units: QuerySet[Unit], keys: list[str]) -> set[str]:
    """Return the homes that the keys mean with another word, or none, of their entrance."""
    return {
        home
        for key in keys
        if key.isprintable()
        for home in alike(
            key,
            units.filter(key__startswith=key.partition("-")[0] + "-").values_list("key", flat=True),
        )
    }


def _link(row: Lobby, unit: Unit, written: str, today: date) -> str:
    home = Invitation.objects.filter(wave_id=row.wave_id, unit=unit, revoked_at__isnull=True)
    found: Invitation | None = home.first()
    if found is None:
        raise _refused_code("wrong")
    proof = prove(written, code_of(found), _tails(unit, today), begun=found.seen_at is not None)
    token = token_of(found)
    if proof is Proof.NONE or token is None:
        raise _refused_code("wrong")
    if proof is Proof.TAIL_BEGUN:
        raise Problem(
            "E-LOBBY-BEGUN",
            "code",
            "Somebody of your home has begun already. Go on with the page used then, or write the"
            " code of your home's slip instead of the telephone.",
            "您家已有人开始填写。请使用当时的页面继续，或改填纸条上的六位数字。",
        )
    return token


def _tails(unit: Unit, today: date) -> list[str]:
    """Return the ends of the telephone numbers of those who live in a home or own it now."""
    stays = Tie.objects.filter(unit=unit).filter(Q(since__isnull=True) | Q(since__lte=today))
    stays = stays.filter(Q(until__isnull=True) | Q(until__gt=today))
    return list(stays.values_list("person__phone_tail", flat=True))


def _refused_room(why: str) -> Problem:
    en, zh = {
        "empty": ("Write the number of your home, for example 3-502.", "请填写房号，例如 3-502。"),
        "several": (
            "Several homes have this number. Write the building too, for example 3-502.",
            "有多户使用此房号。请连同楼栋填写，例如 3-502。",
        ),
        "unknown": (
            "We know no home of this number. Write it with its building, for example 3-502.",
            "没有查到此房号。请连同楼栋填写，例如 3-502。",
        ),
    }[why]
    return Problem("E-LOBBY-ROOM", "room", en, zh)


def _refused_code(why: str) -> Problem:
    if why == "empty":
        return Problem(
            "E-LOBBY-CODE",
            "code",
            "Write the six digits of your home's slip, or the last four digits of your telephone.",
            "请填写纸条上的六位数字，或登记手机号的后四位。",
        )
    return Problem(
        "E-LOBBY-CODE",
        "code",
        "Home and digits do not belong together, or this home is not asked this time. Check both;"
        " if they are right, please call us.",
        "房号与数字不符，或本次未抽到该房屋。请核对；如确认无误，请致电我们。",
    )


def _refused_often() -> Problem:
    return Problem(
        "E-LOBBY-OFTEN",
        "code",
        "Too many tries for this home. Try again in some hours, use the link of your home's slip,"
        " or call us.",
        "该房号尝试次数过多。请过几小时再试，或使用纸条上的链接，也可致电我们。",
    )
