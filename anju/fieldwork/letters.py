"""The words of invitations and reminders, known to every process: pages show them, workers send them."""

from __future__ import annotations

from anju.notify.rules.words import Kind, Template, Text, register

PURPOSE = "survey"
INVITATION = register(
    Template(
        "fieldwork.invitation",
        Kind.OTHER,
        zh=Text(
            "{survey}",
            "您好，{company}正在{project}开展“{survey}”，请您为 {home} 作答，大约 {minutes} 分钟，"
            "{until}前有效：{link} 每户一份。如不愿再收到调查邀请，请致电 {phone}。",
        ),
        en=Text(
            "{survey}",
            "{company} asks for your opinion: “{survey}”, {project}. Please answer for {home}, about"
            " {minutes} min, until {until}: {link} One answer a home. To get no more invitations,"
            " call {phone}.",
        ),
        purpose=PURPOSE,
        keeps=False,
    )
)
REMINDER = register(
    Template(
        "fieldwork.reminder",
        Kind.OTHER,
        zh=Text(
            "{survey}",
            "您好，“{survey}”还没有收到 {home} 的答卷，{until}前都可以作答，大约 {minutes} 分钟：{link} "
            "{company}（{project}）。如不愿再收到调查邀请，请致电 {phone}。",
        ),
        en=Text(
            "{survey}",
            "“{survey}”: we have no answer of {home} yet. It is open until {until}, about {minutes}"
            " min: {link} {company}, {project}. To get no more invitations, call {phone}.",
        ),
        purpose=PURPOSE,
        keeps=False,
        apart=True,  # who gets it has not answered; who got none has
    )
)
