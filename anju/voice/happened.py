"""What each act on a case is called when people read its history; Chinese is in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _p

HAPPENED: Mapping[str, Promise | str] = {
    "received": _p("happened", "registered it"),
    "accept": _p("happened", "accepted it and named a person"),
    "refer": _p("happened", "referred it elsewhere"),
    "merge": _p("happened", "merged it into another case"),
    "withdraw": _p("happened", "withdrew it for the owner"),
    "schedule": _p("happened", "made an appointment"),
    "start": _p("happened", "arrived and began"),
    "hand_over": _p("happened", "handed it over"),
    "decline": _p("happened", "explained why it is not possible"),
    "reschedule": _p("happened", "moved the appointment"),
    "wait": _p("happened", "waits; the clock stands"),
    "finish": _p("happened", "reported it done"),
    "resume": _p("happened", "went on; the clock runs again"),
    "report_back": _p("happened", "told the owner and closed it"),
    "send_back": _p("happened", "sent it back"),
    "confirm": _p("happened", "settled: the owner says it is solved"),
    "reopen": _p("happened", "opened it again"),
    "give_up": _p("happened", "settled: the owner was not reached"),
    "settle": _p("happened", "settled it"),
    "merged_in": _p("happened", "let another case go on in this one"),
    "bundled": _p("happened", "put it with a fault that many report"),
    "unbundled": _p("happened", "took it out of the fault"),
    "verdict": _p("happened", "gave a verdict"),
    "not_reached": _p("happened", "did not reach the owner"),
    "number_seen": _p("happened", "saw the whole number of the caller"),
    "phone_shown": _p("happened", "saw the phone number for the return visit"),
    "disputed": _p("happened", "objected to the verdict"),
    "dispute_answered": _p("happened", "answered the objection"),
    "noted": _p("happened", "wrote"),
    "urged": _p("happened", "urges"),
    "observed": _p("happened", "added an observer"),
    "sorted": _p("happened", "corrected what it is"),
    "cost_set": _p("happened", "noted what it cost and who pays"),
    "chased": _p("happened", "reminded the builder"),
    "promise_moved": _p("happened", "gave a new time"),
    "reminded": _p("happened", "reminded"),
    "escalated": _p("happened", "told of the delay"),
    "recomputed": _p("happened", "computed the deadline anew after a corrected calendar"),
    "taken": _p("happened", "took the job"),
    "photo_left_out": _p("happened", "went on without a photo"),
    "parts_said": _p("happened", "noted the parts"),
    "help_asked": _p("happened", "asked for help"),
    "firm_cannot": _p("happened", "the firm cannot do it"),
    "file_added": _p("happened", "added a photo or document"),
    "file_removed": _p("happened", "removed a photo or document"),
    "file_put_back": _p("happened", "put a photo or document back"),
}
# Acts of an owner herself, or of the program, where nobody of the company is named.
BY_OWNER = frozenset({"received", "noted", "urged", "verdict", "confirm", "reopen", "file_added"})
