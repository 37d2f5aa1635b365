"""The sentences of the health page: how a part stands and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.kernel.health import Light, Reading


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One part of the installation in words."""

    name: str
    light: str
    state: str
    sentence: str


def _https(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Encryption (HTTPS)"), _("Pages are served at %(address)s.") % r.figures
    return _("Encryption (HTTPS)"), _(
        "Pages are served at %(address)s without encryption. On one machine this is fine; for"
        " others, put a web server with a certificate in front and set ANJU_BASE_ADDRESS."
    ) % r.figures


def _phones(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Phones of owners"), _("Links and codes carry %(address)s.") % r.figures
    return _("Phones of owners"), _(
        "Links and codes carry %(address)s, which this machine alone can open. The page Reachable"
        " from phones says what to do."
    ) % r.figures


def _mail(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Mail"), _("Mail is sent.")
    return _("Mail"), _(
        "No mail is sent, so a forgotten password is set at the server, by the command that the help names."
        " To send mail, set ANJU_MAIL."
    )


def _worker(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Background work"), _("The worker runs.")
    return _("Background work"), _(
        "No worker has shown itself for three minutes: imports and reports wait."
        " Start it with: anju worker"
    )


def _durability(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Database"), _("%(vendor)s; what was acknowledged survives a power cut.") % (
            r.figures
        )
    return _("Database"), _("Wrong settings: %(wrong)s. See the operating manual.") % r.figures


def _backup(r: Reading) -> tuple[str, str]:
    if not r.figures["made"]:
        return _("Backup"), _("There is no backup yet. Make one with: anju backup")
    return _("Backup"), _("Last made on %s.") % r.figures["made"][:16].replace("T", " ")


def _disk(r: Reading) -> tuple[str, str]:
    return _("Disk"), _("%(free)s GB are free.") % r.figures


def _steps(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Database version"), _("The database is at this version.")
    return _("Database version"), _("%(waiting)s steps wait. Run: anju upgrade") % r.figures


def _jobs(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Failed work"), _("Nothing failed in the last seven days.")
    return _("Failed work"), _("%(failed)s jobs failed in the last seven days.") % r.figures


def _glyphs(r: Reading) -> tuple[str, str]:
    if r.light == Light.GOOD:
        return _("Letters of reports"), _("Chinese and Latin letters are there.")
    return _("Letters of reports"), _("These letters cannot be printed: %(missing)s") % r.figures


def _messages(r: Reading) -> tuple[str, str]:
    if r.figures["held"]:
        return _("Messages"), _(
            "Nothing goes out since a backup was brought back. Decide under Messages what becomes"
            " of those that waited."
        )
    if r.light == Light.BAD:
        return _("Messages"), _(
            "%(dead)s could not be sent. Look under Messages, To owners and groups."
        ) % r.figures
    return _("Messages"), _("They go out; %(waiting)s wait for their time.") % r.figures


def _history(r: Reading) -> tuple[str, str]:
    if not r.figures["day"]:
        return _("History"), _("Not sealed yet. The worker seals every history once a day.")
    if r.figures["fault"]:
        return _("History"), _(
            "Something was altered after the fact, found at: %(fault)s. Keep the database as it is,"
            " run: anju check, and compare with a backup."
        ) % r.figures
    if r.light == Light.BAD:
        return _("History"), _(
            "Last sealed and checked on %(day)s, and not since. The worker does it once a day:"
            " see that it runs, or check by hand: anju check"
        ) % r.figures
    return _("History"), _(
        "Last sealed on %(day)s: %(entries)s entries, all read again on that day and whole. To"
        " check at once: anju check"
    ) % r.figures


SENTENCES = {
    "history": _history,
    "https": _https,
    "phones": _phones,
    "mail": _mail,
    "worker": _worker,
    "durability": _durability,
    "backup": _backup,
    "disk": _disk,
    "steps": _steps,
    "jobs": _jobs,
    "glyphs": _glyphs,
    "messages": _messages,
}


def line_of(reading: Reading) -> HealthLine:
    """Turn a reading into its sentence in the reader's language."""
    name, sentence = SENTENCES[reading.part](reading)
    states = {Light.GOOD: _("good"), Light.OFF: _("off"), Light.BAD: _("needs attention")}
    return HealthLine(name, reading.light.value, states[reading.light], sentence)
