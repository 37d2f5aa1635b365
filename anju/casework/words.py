"""English and Chinese of states, verbs and demands, for refusals; plain text without Django."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

STATE_WORDS: Words = {
    "registered": ("registered", "已登记"),
    "accepted": ("accepted", "已受理"),
    "scheduled": ("appointment made", "已预约"),
    "working": ("being worked on", "处理中"),
    "waiting": ("waiting", "等待中"),
    "done": ("done, owner not yet told", "已完成，待告知业主"),
    "closed": ("closed, to be visited", "已关闭，待回访"),
    "settled": ("settled", "已办结"),
}
VERB_WORDS: Words = {
    "accept": ("accept it", "受理"),
    "refer": ("refer it to whoever is in charge", "转介"),
    "merge": ("merge it into another case", "并入其他单"),
    "withdraw": ("withdraw it for the owner", "代业主撤回"),
    "schedule": ("make an appointment", "预约"),
    "start": ("start the work", "开始处理"),
    "hand_over": ("hand it over", "转交"),
    "decline": ("explain why it is not possible", "说明无法办理"),
    "reschedule": ("move the appointment", "改约"),
    "wait": ("wait", "暂停等待"),
    "finish": ("report it done", "报完成"),
    "resume": ("go on with the work", "继续处理"),
    "report_back": ("tell the owner and close", "告知业主并关闭"),
    "send_back": ("send it back", "退回"),
    "confirm": ("record that it is solved", "记录已解决"),
    "reopen": ("open it again", "重新打开"),
    "give_up": ("end the attempts", "结束回访尝试"),
    "settle": ("settle it", "办结"),
}
DEMAND_WORDS: Words = {
    "assignee": ("the person who answers for it", "责任人"),
    "reason": ("the reason", "原因"),
    "appointment": ("the day and hour of arrival", "上门日期和时间"),
    "waited_for": ("who or what is waited for", "等待的对象"),
    "evidence": ("the evidence that its category asks for", "该类别要求的凭证"),
    "cause": ("the cause", "根源"),
    "told": ("how and when the owner was told", "告知业主的方式和时间"),
    "target": ("the case that it goes on in", "并入的单号"),
    "verdict": ("the owner's verdict", "业主的评价"),
    "attempts": ("the attempts, all used up", "已用完的回访记录"),
}
