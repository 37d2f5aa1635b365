"""A message's words, its way and its address, read from its row; nothing is written and nothing sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from anju.notify.carriers.choose import has_mail, has_official, has_sms
from anju.notify.carriers.port import Parcel
from anju.notify.models import Follower, Message, Preference
from anju.notify.rules.hours import NIGHT, Quiet, own_hours
from anju.notify.rules.ways import Way, Wishes, colleague_way, owner_way
from anju.notify.rules.words import TEMPLATES, Kind, Text, render, template_of
from anju.notify.seal import unseal

OPENID = "openid"


@dataclass(frozen=True, slots=True)
class Ready:
    """A message as it would go now."""

    way: Way
    text: Text
    quiet: tuple[Quiet, ...]
    parcel: Parcel


def words_of(row: Message) -> Text:
    """Return a message's words: as they went, or as they would go now.

    Errors: BrokenTemplate, Unreadable.
    """
    if row.body or row.dropped_at:
        return Text(row.title, row.body)
    values = {**row.values, **unseal(row.sealed)}
    return render(template_of(row.template), row.language, values)


def words_in(row: Message, language: str) -> Text:
    """Return a message's words in the language of whoever reads the list; as they went, else.

    Errors: BrokenTemplate, Unreadable.
    """
    if row.dropped_at or row.template not in TEMPLATES:
        return Text(row.title, row.body)
    return render(TEMPLATES[row.template], language, {**row.values, **unseal(row.sealed)})


def wishes_of(account_ids: set[int]) -> Mapping[int, Wishes]:
    """Return account → wishes; who never chose wants what is usual."""
    found = dict.fromkeys(account_ids, Wishes())
    for row in Preference.objects.filter(account_id__in=account_ids):
        found[row.account_id] = Wishes(frozenset(row.kinds), by_mail=row.by_mail, digest=row.digest)
    return found


def ready(row: Message, wishes: Mapping[int, Wishes]) -> Ready:
    """Return a message made ready; raises BrokenTemplate or Unreadable."""
    text = words_of(row)
    way, quiet, address, keys = _way(row, wishes)
    body = text.body
    if way is Way.MAIL and row.path:
        body = f"{body}\n\n{settings.BASE_ADDRESS}{row.path}"
    kind = row.robot.kind if row.robot else ""
    secret, signs = keys.get("address", ""), keys.get("signs", "")
    parcel = Parcel(row.uid, address, row.language, text.title, body, kind, secret, signs)
    return Ready(way, text, quiet, parcel)


def _way(
    row: Message, wishes: Mapping[int, Wishes]
) -> tuple[Way, tuple[Quiet, ...], str, Mapping[str, str]]:
    """Return the way, the hours when nobody is disturbed, the address, and a robot's keys."""
    if row.account is not None:
        wish, mail = wishes.get(row.account.pk, Wishes()), has_mail()
        guards = mail and template_of(row.template).guards
        way = Way.MAIL if guards else colleague_way(Kind(row.kind), wish, mail=mail)
        return way, (NIGHT,), row.account.email, {}
    if row.person is not None:
        one = row.person
        there = followed(one.pk) if has_official() else ""
        way = owner_way(one.channel, phone=bool(one.phone), sms=has_sms(), follows=bool(there))
        hours = NIGHT, *own_hours(one.quiet_from, one.quiet_until)
        return way, hours, there if way is Way.OFFICIAL else one.phone, {}
    if row.robot is not None:
        return Way.ROBOT, (NIGHT,), row.robot.name, unseal(row.robot.sealed)
    return Way.OUTBOX, (NIGHT,), "", {}


def followed(person_id: int) -> str:
    """Return an owner's id at the company's official account, empty where she does not follow it.

    Errors: Unreadable.
    """
    row = Follower.objects.across_parts().filter(person_id=person_id).first()
    return unseal(row.sealed).get(OPENID, "") if row is not None else ""
