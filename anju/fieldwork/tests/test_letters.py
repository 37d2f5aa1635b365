"""The words of invitations: a worker that knows nothing but the settings can make them."""

from __future__ import annotations

import subprocess
import sys

from anju.fieldwork.letters import INVITATION, REMINDER
from anju.notify.rules.words import render

KNOWN = """
import django
django.setup()
from anju.notify.rules.words import TEMPLATES
print(*sorted(code for code in TEMPLATES if code.startswith("fieldwork.")))
"""
VALUES = {
    "company": "安和物业",
    "phone": "0571-87654321",
    "project": "翠湖苑",
    "survey": "2026 H2",
    "minutes": 4,
    "until": "2026-12-20",
    "home": "3栋 502",
    "link": "https://anju.example/o/s/1-x/",
}


def test_every_process_knows_the_words_without_a_page_being_loaded():
    out = subprocess.run([sys.executable, "-c", KNOWN], capture_output=True, text=True, check=True)

    assert out.stdout.split() == ["fieldwork.invitation", "fieldwork.reminder"]


def test_a_message_names_the_home_the_link_and_the_way_out_in_both_languages():
    for template in (INVITATION, REMINDER):
        for language in ("zh-hans", "en"):
            body = render(template, language, VALUES).body
            for said in ("3栋 502", "https://anju.example/o/s/1-x/", "0571-87654321", "2026-12-20"):
                assert said in body
