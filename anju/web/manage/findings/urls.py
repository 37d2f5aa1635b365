"""Addresses of findings and measures."""

from __future__ import annotations

from django.urls import path

from anju.web.manage.findings import boxes, comments, decisions, lists, measuring, photos
from anju.web.manage.findings.views import finding

urlpatterns = [
    path("", lists.findings, name="findings"),
    path("table/", lists.table, name="findings-table"),
    path("new/", boxes.new, name="finding-new"),
    path("comments/<int:wave_id>/", comments.comments, name="findings-comments"),
    path("comments/<int:wave_id>/<int:answer_id>/", comments.mark, name="findings-comment-problem"),
    path("<int:finding_id>/", finding, name="finding"),
    path("<int:finding_id>/gap/", boxes.gap, name="finding-gap"),
    path("<int:finding_id>/cause/", boxes.cause, name="finding-cause"),
    path("<int:finding_id>/people/", boxes.people, name="finding-people"),
    path("<int:finding_id>/part/", boxes.part, name="finding-part"),
    path("<int:finding_id>/take-up/", decisions.take_up, name="finding-take-up"),
    path("<int:finding_id>/no-action/", decisions.waive, name="finding-waive"),
    path("<int:finding_id>/reopen/", decisions.reopen, name="finding-reopen"),
    path("<int:finding_id>/measure/", measuring.new, name="measure-new"),
    path("measures/<int:measure_id>/", measuring.change, name="measure"),
    path("measures/<int:measure_id>/start/", measuring.start, name="measure-start"),
    path("measures/<int:measure_id>/hold/", measuring.hold, name="measure-hold"),
    path("measures/<int:measure_id>/done/", measuring.done, name="measure-done"),
    path("measures/<int:measure_id>/take-back/", measuring.take_back, name="measure-take-back"),
    path("measures/<int:measure_id>/check/", measuring.check, name="measure-check"),
    path("measures/<int:measure_id>/withdraw/", measuring.withdraw, name="measure-withdraw"),
    path("measures/<int:measure_id>/owners/", measuring.owners, name="measure-owners"),
    path("measures/<int:measure_id>/evidence/", measuring.evidence, name="measure-evidence"),
    path("measures/<int:measure_id>/photos/", photos.add, name="measure-photo-add"),
    path("measures/<int:measure_id>/photos/<str:sign>/", photos.photo, name="measure-photo"),
    path(
        "measures/<int:measure_id>/photos/<int:attachment_id>/remove/",
        photos.remove,
        name="measure-photo-remove",
    ),
    path(
        "measures/<int:measure_id>/photos/<int:attachment_id>/back/",
        photos.put_back,
        name="measure-photo-back",
    ),
]
