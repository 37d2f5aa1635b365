"""`anju account`: what only whoever runs the machine may do to an account that lost its way in."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from anju.cli.start import refuse, refuse_unless_set_up, start_django
from anju.cli.tongue import spoken
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem

ACTS = {
    "second-step-off": "take the second step away: the telephone and the spare codes are lost",
    "password": "set another password",
}
SAID = {
    "en": {
        "who": "{name}, {email}, in {n} companies of this installation.\n",
        "second-step-off": "Her second step is taken off and every sign-in of hers ends. At her"
        " next one she sets it up anew before anything else.\n",
        "password": "Her password is replaced and every sign-in of hers ends.\n",
        "ask": "Make sure that it is really she who asks. Write her address once more to go on: ",
        "not": "Nothing was changed.",
        "bare": "Nobody is here to confirm. Add --yes.",
        "new": "New password (at least 10 characters): ",
        "done": "Done; {n} sign-ins ended. It stands in the history, and she is told.\n",
    },
    "zh": {
        "who": "{name}，{email}，属于本系统的 {n} 家公司。\n",
        "second-step-off": "将取消该账号的两步验证，并退出其所有登录。下次登录须先重新设置。\n",
        "password": "将更换该账号的密码，并退出其所有登录。\n",
        "ask": "请先核实确为本人要求。再次输入该邮箱以继续：",
        "not": "未作任何更改。",
        "bare": "没有人可以确认。请加上 --yes。",
        "new": "新密码（至少 10 个字符）：",
        "done": "已完成，退出了 {n} 处登录。操作已写入历史，并已通知本人。\n",
    },
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which act, and for whom; a password is never a word of the command line."""
    acts = "; ".join(f"{act}: {what}" for act, what in ACTS.items())
    parser.add_argument("act", choices=list(ACTS), help=acts)
    parser.add_argument("address", help="the e-mail that the account signs in with")
    parser.add_argument("--yes", action="store_true", help="do not ask to confirm")
    parser.add_argument("--password-file", type=Path, default=None, help="a file with the password")
    language = "zh or en (default: the language of this machine)"
    parser.add_argument("--language", choices=["zh", "en"], default=None, help=language)


def _confirm(given: argparse.Namespace, email: str, words: dict[str, str]) -> None:
    """Have the address written once more; end the command where it is another one, or nobody is."""
    if given.yes:
        return
    if not sys.stdin.isatty():
        raise refuse(words["bare"])
    if input(words["ask"]).strip().lower() != email.lower():
        raise refuse(words["not"])


def _password(given: Path | None, words: dict[str, str]) -> str:
    if given is not None:
        return given.read_text(encoding="utf-8").strip()
    return getpass.getpass(words["new"])


def _do(given: argparse.Namespace, words: dict[str, str]) -> int:
    """Show whose account it is, ask, act; return how many sign-ins ended."""
    from anju.flows import recovery
    from anju.register.actions.recovery import find_account

    found = find_account(given.address)
    shown = words["who"].format(name=found.name, email=found.email, n=len(found.companies))
    sys.stdout.write(shown + words[given.act])
    _confirm(given, found.email, words)
    if given.act == "second-step-off":
        return recovery.take_second_step_off(found, at=utc_now())
    password = _password(given.password_file, words)
    return recovery.set_password_anew(found, password=password, at=utc_now())


def run(given: argparse.Namespace) -> int:
    """Do the act; 2 where there is no such account or the password is too weak."""
    start_django()
    refuse_unless_set_up()
    tongue = spoken(given.language)
    try:
        ended = _do(given, SAID[tongue])
    except Problem as problem:
        sys.stderr.write(f"{problem.text(tongue)}\n")
        return 2
    sys.stdout.write(SAID[tongue]["done"].format(n=ended))
    return 0
