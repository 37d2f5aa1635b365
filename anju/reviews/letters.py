"""The words of messages about reviews, known to every process."""

from __future__ import annotations

from anju.notify.rules.words import Kind, Template, Text, register

TASK = register(
    Template(
        "review.task",
        Kind.NEW,
        Text("周例会交办：{number} 号单", "{measure}。{due}前完成。"),
        Text("From the weekly meeting: case no. {number}", "{measure}. To be done by {due}."),
    )
)
MONTH = register(
    Template(
        "review.month",
        Kind.OTHER,
        Text(
            "{month}投诉与回访月报已生成", "本月投诉 {n} 件，预警 {warnings} 项。请打开月报查看。"
        ),
        Text(
            "Complaints and return visits of {month}",
            "{n} complaints, {warnings} warnings. Open the monthly report.",
        ),
    )
)
UNSIGNED = register(
    Template(
        "review.unsigned",
        Kind.SOON,
        Text(
            "{day}日盘点待签字：{project}", "未结 {open} 件，超时 {overdue} 件。请逐单确认后签字。"
        ),
        Text(
            "Stocktake of {day} waits for a signature: {project}",
            "{open} open, {overdue} late. Go through them and sign.",
        ),
    )
)
REPAIRS = register(
    Template(
        "review.repairs",
        Kind.OTHER,
        Text(
            "{month}入户维修回访月报已生成",
            "本月完成入户维修 {n} 件，业主已答复 {asked} 件。请打开月报查看。",
        ),
        Text(
            "Return visits after repairs in homes, {month}",
            "{n} repairs in homes were done, {asked} owners answered. Open the monthly report.",
        ),
    )
)
