"""What states, ways and reasons of messages are called on pages; Chinese is in the catalogue."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.notify.queries import Line, Shelf
from anju.notify.rules.robots import RobotKind
from anju.notify.rules.ways import State, Way
from anju.notify.rules.words import Kind
from anju.register.access import Actor, Verb
from anju.web.parts.pieces import Mood, Sign, Tab

KINDS = {
    Kind.NEW: gettext_lazy("New for me"),
    Kind.SOON: gettext_lazy("About to be late"),
    Kind.LATE: gettext_lazy("Late"),
    Kind.AGAIN: gettext_lazy("Came back"),
    Kind.OTHER: gettext_lazy("Other"),
}
MOODS = {Kind.SOON: Mood.SOON, Kind.LATE: Mood.OVER, Kind.AGAIN: Mood.SOON, Kind.NEW: Mood.RUN}
SHELVES = {
    Shelf.HAND: gettext_lazy("To hand over"),
    Shelf.WAITING: gettext_lazy("Waiting"),
    Shelf.SENT: gettext_lazy("Sent out"),
    Shelf.DEAD: gettext_lazy("Could not be sent"),
    Shelf.LET_GO: gettext_lazy("Not sent"),
}
STATES = {
    State.WAITING: (gettext_lazy("waits"), Mood.WAIT),
    State.SENT: (gettext_lazy("sent"), Mood.DONE),
    State.DEAD: (gettext_lazy("could not be sent"), Mood.OVER),
    State.LET_GO: (gettext_lazy("not sent"), Mood.TIE),
}
WAYS = {
    Way.INAPP: gettext_lazy("in the product"),
    Way.MAIL: gettext_lazy("by mail"),
    Way.SMS: gettext_lazy("by text message"),
    Way.OFFICIAL: gettext_lazy("through the official account"),
    Way.ROBOT: gettext_lazy("in a group"),
    Way.OUTBOX: gettext_lazy("by hand"),
    Way.DIGEST: gettext_lazy("in the daily summary"),
}
REASONS = {
    "provider": gettext_lazy("The provider did not take it."),
    "carrier": gettext_lazy("The program that carries text messages failed."),
    "template": gettext_lazy(
        "Its words could not be made. This is our fault; tell us the message."
    ),
    "template_field": gettext_lazy(
        "E-TMPL-FIELD: its words name a field that has no value. Whoever runs this installation takes"
        " it out, or uses one of those in brackets; then try again."
    ),
    "template_language": gettext_lazy(
        "E-TMPL-LANGUAGE: there are no words in this language. Choose one of those in brackets at"
        " the owner’s entry, and send a new message."
    ),
    "template_link": gettext_lazy(
        "E-TMPL-LINK: the home’s personal link is missing. Let this message go, renew the links of"
        " the survey and write again."
    ),
    "unreadable": gettext_lazy("Its link was sealed under an earlier secret of this installation."),
    "taken_back": gettext_lazy("Registered by mistake and taken back at the desk within minutes."),
    "address_refused": gettext_lazy("The address was refused."),
    "official_refused": gettext_lazy(
        "E-OFFICIAL-REFUSED: the official account refused it, or its reader follows it no more. The"
        " number is what it said. Hand the words over yourself."
    ),
    "robot_refused": gettext_lazy(
        "The chat refused it. Look at the settings of the group’s robot."
    ),
    "redirected": gettext_lazy("The address sent us elsewhere, and we do not follow."),
    "too_slow": gettext_lazy("No answer came within five seconds."),
    "answer_too_long": gettext_lazy("The answer was longer than any provider’s."),
    "no_connection": gettext_lazy("There was no connection."),
    "no_answer": gettext_lazy("The connection ended before an answer came."),
    "unknown_name": gettext_lazy("The name of the server is not known."),
    "no_consent": gettext_lazy("The consent was taken back."),
    "robot_off": gettext_lazy("The group’s robot is switched off."),
    "by_hand": gettext_lazy("Somebody decided not to send it."),
    "after_restore": gettext_lazy(
        "It waited when a backup was brought back, and was not sent again."
    ),
    "erased": gettext_lazy("The person was erased."),
    "settled": gettext_lazy("It had become pointless."),
    "answered": gettext_lazy("No longer needed: the home has answered."),
    "link_ended": gettext_lazy("No longer needed: the link of the home was ended."),
    "refused": gettext_lazy("No longer needed: the home refused at the door."),
    "wave_closed": gettext_lazy("No longer needed: the survey is closed."),
    "wave_ended": gettext_lazy("No longer needed: the last day of the survey has passed."),
    "replaced": gettext_lazy("No longer needed: a reminder went in its place."),
}
CHATS = {
    RobotKind.WECOM: gettext_lazy("WeCom"),
    RobotKind.DINGTALK: gettext_lazy("DingTalk"),
    RobotKind.FEISHU: gettext_lazy("Feishu"),
}


def kind_sign(kind: Kind) -> Sign:
    """Return what kind of message it is, as a sign."""
    return Sign(str(KINDS[kind]), MOODS.get(kind, Mood.TIE))


def reason_words(code: str) -> str:
    """Return why a message did not go; a code without words is shown as it is."""
    return str(REASONS.get(code, code))


def way_words(way: str) -> str:
    """Return how a message goes; nothing while it is not decided."""
    return str(WAYS[Way(way)]) if way else ""


def state_sign(line: Line) -> Sign:
    """Return where a message stands, as a sign."""
    if line.state is State.SENT and line.way == Way.OUTBOX:
        done = line.handed_at is not None
        return Sign(_("handed over"), Mood.DONE) if done else Sign(_("to hand over"), Mood.SOON)
    if line.state is State.WAITING and line.tries:
        return Sign(_("tried, waits again"), Mood.SOON)
    words, mood = STATES[line.state]
    return Sign(str(words), mood)


def tabs(actor: Actor, here: str) -> tuple[Tab, ...]:
    """Return the tabs that all pages of messages share."""
    pages = (
        ("messages", _("For me"), Verb.LOOK_AROUND),
        ("outbox", _("To owners and groups"), Verb.SEE_OUTBOX),
        ("groups", _("Group robots"), Verb.RUN_OUTBOX),
        ("message-wishes", _("What I wish"), Verb.LOOK_AROUND),
    )
    return tuple(
        Tab(label, reverse(name), current=name == here)
        for name, label, verb in pages
        if actor.may(verb)
    )
