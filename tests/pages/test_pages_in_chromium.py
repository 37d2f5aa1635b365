"""The style guide and the key pages in a real Chromium: measured and judged by axe.

Each look opens every page once: no sideways scroll at six widths, nothing clipped, targets and
text large enough, one heading, no untranslated or wrongly punctuated Chinese, no message of the
content policy on the console, and nothing serious or critical by axe.
"""

from __future__ import annotations

import pytest

from anju.demo.actions import plant
from anju.kernel.pure.clock import utc_now
from tests.pages.camera import Look, browser, looking, sideways, visit
from tests.pages.shoot import BESIDE, GUIDE, SIGN_IN, crawl, sign_in
from tests.standing import standing

LOOKS = (
    Look("zh-hans", "light", 375),
    Look("zh-hans", "light", 1440),
    Look("en", "dark", 1440),
    Look("en", "dark", 375),
)

# The pages with data are shared out: each is opened once here, in one of the four looks, and the style
# guide in two that have nothing in common. The command photographs every page in all eight.
APART = (LOOKS[0], LOOKS[2])
_addresses: list[str] = []  # the demonstration that stands is the same for every look


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_no_page_fails_a_bold_item_of_the_checklist(look, live_server, settings):
    settings.DEMO = True
    standing("today's demonstration", lambda: plant(at=utc_now()))

    with browser() as started, looking(started, live_server.url, look) as context:
        page = context.new_page()
        faults = visit(page, live_server.url, SIGN_IN, look, None)
        sign_in(context, live_server.url, "administrator")
        _addresses[:] = _addresses or crawl(context, live_server.url)
        share = _addresses[LOOKS.index(look) :: len(LOOKS)]
        for address in (*(GUIDE if look in APART else ()), *BESIDE, *share):
            faults += visit(page, live_server.url, address, look, None)
            if look is LOOKS[1]:
                faults += sideways(page, address, look)

    assert [str(fault) for fault in faults] == []
