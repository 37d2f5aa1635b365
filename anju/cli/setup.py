"""`anju setup`: asks what an installation needs, writes it down, and makes the first administrator."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from anju.cli.gather import gather
from anju.cli.start import is_empty, migrate, start_django
from anju.cli.tongue import spoken
from anju.help.probe import numbers
from anju.help.rules.addresses import Reach, on_network, reach_of
from anju.help.typed import serve_command
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line

HERE = "http://127.0.0.1:8000"

if TYPE_CHECKING:
    from anju.register.actions.people import ColleagueDraft


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything that is asked can be given, so that a script can set a machine up."""
    parser.add_argument("--data", type=Path, default=None, help="folder for data (anju-data)")
    parser.add_argument("--base-address", default=None, help="https://anju.example.com")
    parser.add_argument("--database", default=None, help="postgres://… (default: SQLite file)")
    parser.add_argument("--database-owner", default=None, help="the same, as the tables' owner")
    language = "zh or en (default: the language of this machine)"
    parser.add_argument("--language", choices=["zh", "en"], default=None, help=language)
    parser.add_argument("--company", default=None, help="the company's name")
    phone = "telephone by which owners reach the company (may be empty)"
    parser.add_argument("--phone", default=None, help=phone)
    parser.add_argument("--name", default=None, help="the administrator's name")
    parser.add_argument("--email", default=None, help="the administrator's e-mail")
    parser.add_argument("--password-file", type=Path, default=None, help="a file with the password")


WORDS = {
    "address": ("Base address that people will open", "大家打开的网址"),
    "phones": (" (phones here: {address})", "（同一网络的手机可用 {address}）"),
    "company": ("Company name", "公司名称"),
    "phone": (
        "Telephone by which owners reach the company (may be left empty)",
        "业主拨打的公司电话（可以留空）",
    ),
    "name": ("Administrator's name", "管理员姓名"),
    "email": ("Administrator's e-mail", "管理员邮箱（用来登录）"),
    "password": ("Password (at least 10 characters): ", "密码（至少10个字符，输入时不显示）："),
    "again": ("The same password again: ", "再输入一遍密码："),
    "kept": (
        "There is an administrator already: {email}. Nobody was added.",
        "已经有管理员：{email}，没有新增任何人。",
    ),
    "found": (
        "{folder} holds an earlier set-up that was not finished. What is there is kept; going on.",
        "{folder} 中有未完成的设置。已有内容保留，接着进行。",
    ),
    "starting": ("Starting ...", "正在启动……"),
    "database": (
        "Setting up the database (may take half a minute) ...",
        "正在建立数据库（约需半分钟）……",
    ),
    "ready": ("  done: the database", "  完成：数据库"),
    "founding": ("Company, administrator and questionnaires ...", "正在建立公司、管理员和问卷……"),
    "founded": ("  done: sign in as {email}", "  完成：用 {email} 登录"),
    "gathering": ("Getting the pages ready ...", "正在准备页面……"),
    "gathered": ("  done: the pages", "  完成：页面"),
    "done": ("Set up in {folder}.", "设置完成，数据在 {folder}。"),
    "start": ("Start with: {command}", "启动：{command}"),
    "stopped": (
        "Stopped before it was done. Run the same command again: it goes on from here.",
        "尚未设置完成就已停止。再运行一次同样的命令，会接着进行。",
    ),
    "lan": (
        "So that phones of the same network can open it: {command}",
        "让同一网络的手机也能打开：{command}",
    ),
}
TONGUE = "Language / 语言 (zh/en)"


def said(words: str, language: str, **params: str) -> str:
    """Return the words of this command in the language that was chosen."""
    return WORDS[words][language.startswith("zh")].format(**params)


def _say(words: str, language: str, **params: str) -> None:
    """Say at once what is being done, so that nobody takes a wait for a standstill."""
    sys.stdout.write(said(words, language, **params) + "\n")
    sys.stdout.flush()


def start_command(folder: Path) -> str:
    """Return what starts this office here: from a checkout there is no `anju` to be found."""
    return serve_command(folder)


def _phones_too(question: str, given: str | None, language: str) -> str:
    """Add to the question the address that phones of the same network could open."""
    found = numbers() if given is None and sys.stdin.isatty() else ()
    phones = said("phones", language, address=on_network(found[0], HERE)) if found else ""
    return f"{question}{phones}"


def _ask(question: str, given: str | None, default: str = "") -> str:
    if given is not None:
        return given
    if not sys.stdin.isatty():
        if default:
            return default
        raise Problem(
            "E-SETUP",
            question,
            "“{question}” is missing. Give it on the command line: anju setup --help",
            "缺少“{question}”。请在命令行中给出：anju setup --help",
            question=question,
        )
    shown = f" [{default}]" if default else ""
    return input(f"{question}{shown}: ").strip() or default


def _password(given: Path | None, language: str) -> str:
    if given is not None:
        return given.read_text(encoding="utf-8").strip()
    if not sys.stdin.isatty():
        raise Problem(
            "E-SETUP",
            "password",
            "The password is missing. Give --password-file.",
            "缺少密码。请用 --password-file 给出。",
        )
    typed = getpass.getpass(said("password", language))
    if getpass.getpass(said("again", language)) != typed:
        raise Problem(
            "E-SETUP",
            "password",
            "The two passwords differ. Run the command again.",
            "两次输入的密码不同。请重新运行这条命令。",
        )
    return typed


def _base_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise Problem(
            "E-SETUP",
            "base address",
            "Write the address as https://name or http://name:port, without a path.",
            "地址请写成 https://域名 或 http://域名:端口，不带路径。",
        )
    return value.rstrip("/")


def _kept(folder: Path) -> dict[str, str]:
    """Return the settings that an earlier set-up wrote, finished or not."""
    file = folder / "anju.env"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in pairs if name[:1] != "#"}


def _key(folder: Path) -> str:
    """Return the installation's key, or a new one that is not written down yet."""
    kept = folder / "secret.key"
    return kept.read_text(encoding="ascii").strip() if kept.exists() else token_urlsafe(48)


def _write(folder: Path, lines: dict[str, str], secret: str) -> None:
    """Write settings and key; both readable by their owner alone, the key never twice."""
    key = folder / "secret.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secret, encoding="ascii")
    kept = folder / "anju.env"
    kept.touch(mode=0o600)
    text = "".join(f"{name}={value}\n" for name, value in lines.items() if value)
    kept.write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Founding:
    """Who begins: a company and its first administrator."""

    company: str
    phone: str
    first: ColleagueDraft


def _phone(given: str | None, language: str) -> str:
    """Ask for the company's telephone; nothing is an answer, also where nobody can be asked."""
    from anju.register.rules.phones import office_phone

    if given is None and sys.stdin.isatty():
        given = input(f"{said('phone', language)}: ")
    return office_phone(given or "", "phone")


def _founding(given: argparse.Namespace, language: str) -> Founding:
    """Ask who begins, and refuse what cannot stand before a database is made for it."""
    from anju.register.actions.people import ColleagueDraft, check_draft

    company = clean_line(_ask(said("company", language), given.company), "company", most=120)
    phone = _phone(given.phone, language)
    draft = ColleagueDraft(
        name=_ask(said("name", language), given.name),
        email=_ask(said("email", language), given.email),
        password=_password(given.password_file, language),
        role="administrator",
        language=language,
    )
    return Founding(company, phone, check_draft(draft))


def _found(founding: Founding, language: str) -> None:
    from django.db import transaction

    from anju.kernel.pure.clock import utc_now
    from anju.register.access import actor_of
    from anju.register.actions.people import appoint
    from anju.register.actions.places import found_company
    from anju.survey.actions.forms import load_library
    from anju.voice.actions.seeding import give_defaults

    at = utc_now()
    with transaction.atomic():  # a company whose administrator was refused must not stay
        company = found_company(name=founding.company, phone=founding.phone, at=at)
        first = appoint(company_id=company.id, draft=founding.first, at=at)
        actor = actor_of(first.account)
        assert actor is not None
        load_library(actor=actor, at=at, language=language)
        give_defaults(company_id=company.id, at=at)


def _people(given: argparse.Namespace, language: str, write: Callable[[], None]) -> None:
    """Bring the database to this version, with somebody in it who can sign in.

    Everything is asked before anything is written, so that who stops leaves nothing behind.
    """
    from anju.register.queries import any_account, first_email

    founding = _founding(given, language) if is_empty() else None
    write()
    _say("database", language)
    migrate()
    _say("ready", language)
    if any_account():
        _say("kept", language, email=first_email())
        return
    founding = founding or _founding(given, language)
    _say("founding", language)
    _found(founding, language)
    _say("founded", language, email=founding.first.email)


def _tell(folder: Path, address: str, language: str) -> None:
    """Say what to type next, and where to go then."""
    start = start_command(folder)
    lines = [
        said("done", language, folder=str(folder)),
        said("start", language, command=start),
    ]
    if reach_of(address) is Reach.HERE:
        lines.append(said("lan", language, command=f"{start} --lan"))
    sys.stdout.write("\n".join(lines) + "\n")


def _settings(given: argparse.Namespace, kept: dict[str, str], tongue: str) -> dict[str, str]:
    """Return the settings: what is said now goes before what an earlier set-up wrote."""
    question = _phones_too(said("address", tongue), given.base_address, tongue)
    before = kept.get("ANJU_BASE_ADDRESS", HERE)
    told = {
        "ANJU_BASE_ADDRESS": _base_address(_ask(question, given.base_address, before)),
        "ANJU_LANGUAGE": "en" if tongue == "en" else "zh-hans",
        "ANJU_DATABASE": given.database or "",
        "ANJU_DATABASE_OWNER": given.database_owner or "",
    }
    return kept | {name: value for name, value in told.items() if value}


def _tongue(given: argparse.Namespace, kept: dict[str, str]) -> str:
    """Return the language that is likely: given, kept from before, else that of the machine."""
    before = kept.get("ANJU_LANGUAGE") or (None if sys.stdin.isatty() else "zh")
    return spoken(given.language or before)


def _set_up(given: argparse.Namespace, folder: Path, kept: dict[str, str], tongue: str) -> None:
    tongue = spoken(_ask(TONGUE, given.language, tongue))
    lines, secret = _settings(given, kept, tongue), _key(folder)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update({"ANJU_DATA": str(folder), "ANJU_SECRET_KEY": secret, **lines})
    if kept and not (folder / "static").exists():  # pages are made ready last
        _say("found", tongue, folder=str(folder))
    _say("starting", tongue)
    start_django(as_owner=True)
    _people(given, lines["ANJU_LANGUAGE"], lambda: _write(folder, lines, secret))
    _say("gathering", tongue)
    gather(folder)
    _say("gathered", tongue)
    _tell(folder, lines["ANJU_BASE_ADDRESS"], tongue)


def run(given: argparse.Namespace) -> int:
    """Ask, write, migrate, appoint; a second run keeps what is there and goes on from it."""
    folder = (given.data or Path(os.environ.get("ANJU_DATA", "anju-data"))).absolute()
    kept = _kept(folder)
    tongue = _tongue(given, kept)
    try:
        _set_up(given, folder, kept, tongue)
    except Problem as problem:
        sys.stderr.write(f"{problem.text(tongue)}\n")
        return 2
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write(f"\n{said('stopped', tongue)}\n")
        return 130
    return 0
