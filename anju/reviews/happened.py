"""What each act of a review is called when people read the history; Chinese is in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _p

OF_REVIEWS: Mapping[tuple[str, str], Promise | str] = {
    ("stocktake", "taken"): _p("review", "taken"),
    ("stocktake", "said"): _p("review", "a line filled in"),
    ("stocktake", "signed"): _p("review", "signed"),
    ("meeting", "begun"): _p("review", "begun"),
    ("meeting", "decided"): _p("review", "a case decided"),
    ("meeting", "checked"): _p("review", "an earlier measure looked at"),
    ("meeting", "closed"): _p("review", "closed"),
}
