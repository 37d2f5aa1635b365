"""Every address of the product, by audience; each view declares who may use it."""

from __future__ import annotations

from django.urls import include, path

from anju.web import refusals

urlpatterns = [
    path("", include("anju.web.start.urls")),
    path("api/", include("anju.api.urls")),
    path("account/", include("anju.web.account.urls")),
    path("desk/", include("anju.web.desk.urls")),
    path("manage/", include("anju.web.manage.urls")),
    path("manage/", include("anju.web.operate.urls")),
    path("manage/", include("anju.web.study.urls")),
    path("field/", include("anju.web.field.urls")),
    path("o/w/", include("anju.web.field.foreman.urls")),
    path("o/", include("anju.web.owner.urls")),
    path("styleguide/", include("anju.web.styleguide.urls")),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.defect
