"""Addresses of the peer alone: see `benchmarks/helpdesk.py`."""

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls"))]
