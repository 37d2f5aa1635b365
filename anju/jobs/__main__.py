"""`python -m anju.jobs`: one worker process."""

from __future__ import annotations

import os
from importlib import import_module

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.conf.settings")
django.setup()
import_module("anju.jobs.runner").work()
