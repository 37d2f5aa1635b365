"""Tells a colleague what was done to her own account, so that she notices what she did not ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from anju.kernel.scope import company_scope
from anju.notify.actions.post import About, Note, post
from anju.notify.recipients import colleague
from anju.notify.rules.words import Kind, Template, Text, register

SECOND_STEP_OFF = register(
    Template(
        "account.second_step_off",
        Kind.NEW,
        zh=Text(
            "您的两步验证已被取消",
            "管理服务器的人员取消了您账号的两步验证，所有登录均已退出。下次登录时请重新设置。"
            "如果不是您要求的，请立即联系管理员。",
        ),
        en=Text(
            "Your second step was taken off",
            "Whoever runs the server took the second step of your account off; every sign-in has"
            " ended. Set it up anew at your next one. If you did not ask for this, tell an"
            " administrator at once.",
        ),
        guards=True,
    )
)
PASSWORD_SET = register(
    Template(
        "account.password_set",
        Kind.NEW,
        zh=Text(
            "您的密码已被重设",
            "管理服务器的人员重设了您账号的密码，所有登录均已退出。如果不是您要求的，请立即联系管理员。",
        ),
        en=Text(
            "Your password was set anew",
            "Whoever runs the server set another password for your account; every sign-in has ended."
            " If you did not ask for this, tell an administrator at once.",
        ),
        guards=True,
    )
)


def tell_of_account(
    template: Template, *, account_id: int, companies: Iterable[int], at: datetime
) -> None:
    """Put the message into the outbox of the account's first company; without one, into none.

    The caller is inside the transaction of the act. It goes out at night as well.
    """
    for company_id in list(companies)[:1]:
        about = About("account", account_id, f"{template.code.partition('.')[2]} {at:%Y%m%d%H%M%S}")
        with company_scope(company_id):
            post(template, Note(colleague(account_id), about, urgent=True), at=at)
