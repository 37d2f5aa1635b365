"""Addresses of messages."""

from __future__ import annotations

from django.urls import path

from anju.web.operate.messages import groups, mine, outbox

urlpatterns = [
    path("", mine.messages, name="messages"),
    path("read/", mine.read, name="messages-read"),
    path("wishes/", mine.wishes, name="message-wishes"),
    path("out/", outbox.outbox, name="outbox"),
    path("out/hold/", outbox.hold, name="outbox-hold"),
    path("out/<int:message_id>/handed/", outbox.handed, name="message-handed"),
    path("out/<int:message_id>/again/", outbox.again, name="message-again"),
    path("out/<int:message_id>/let-go/", outbox.drop, name="message-let-go"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new, name="group-new"),
    path("groups/<int:robot_id>/trial/", groups.trial, name="group-trial"),
    path("groups/<int:robot_id>/switch/", groups.switch, name="group-switch"),
    path("groups/<int:robot_id>/remove/", groups.remove, name="group-remove"),
]
