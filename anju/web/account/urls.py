"""Addresses of signing in; those of allauth that we use, and the demonstration's role switch."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from anju.web.account import drafts, passkeys, second, views

urlpatterns = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", views.no_signup, name="account_signup"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-step/", second.second_step, name="second-step"),
    path("second-step/code/", mfa_views.authenticate, name="mfa_authenticate"),
    path("second-step/again/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/about/", RedirectView.as_view(pattern_name="second-step"), name="mfa_index"),
    path("second-step/set-up/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("second-step/switch-off/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-step/codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-step/codes/new/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("second-step/passkeys/add/", passkeys.add, name="mfa_add_webauthn"),
    path("second-step/passkeys/again/", passkeys.again, name="mfa_reauthenticate_webauthn"),
    path("second-step/passkeys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
    path("drafts/save/", drafts.save, name="draft-save"),
    path("drafts/drop/", drafts.drop, name="draft-drop"),
    path("demo/", views.enter_demonstration, name="demo-enter"),
]
