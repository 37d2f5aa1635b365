"""Django settings, derived from the environment alone; business rules are rows, never settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from anju.conf.env import read_environment
from anju.conf.logs import configure_logs

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENVIRONMENT.data
DEMO = ENVIRONMENT.demonstration
DEBUG = False
SECRET_KEY = ENVIRONMENT.secret
BASE_ADDRESS = ENVIRONMENT.base_address
STATISTICS_ENGINE = ENVIRONMENT.engine

ALLOWED_HOSTS = [ENVIRONMENT.host, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_ADDRESS]
USE_X_FORWARDED_HOST = False
if ENVIRONMENT.trusted_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits count the browser's network, not the proxy's
# Only behind a proxy that says which way a request came could this be decided at all.
SECURE_SSL_REDIRECT = ENVIRONMENT.encrypted and ENVIRONMENT.trusted_proxy
SECURE_REDIRECT_EXEMPT = [r"^alive/$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.encrypted
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.encrypted else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.encrypted
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "anju.register.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

INSTALLED_APPS = [
    "anju.web",  # first: its pages stand in for those that libraries bring
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "anju.kernel",
    "anju.register",
    "anju.privacy",
    "anju.attachments",
    "anju.drafts",
    "anju.seals",
    "anju.notify",
    "anju.voice",
    "anju.aftercare",
    "anju.survey",
    "anju.fieldwork",
    "anju.improve",
    "anju.reviews",
    "anju.insight",
    "anju.jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "anju.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "anju.web.guard.ActorMiddleware",
    "anju.web.parts.hints.HintMiddleware",
    "anju.web.guard.ProblemMiddleware",
]

ROOT_URLCONF = "anju.conf.urls"
WSGI_APPLICATION = "anju.conf.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "anju.web.parts.shell.shell_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "anju.web.parts.kept",
            ],
        },
    }
]

# The owner of the tables migrates, copies and restores; pages and jobs have a role of their own.
AS_OWNER = os.environ.get("ANJU_AS_OWNER", "") == "1"
_database: dict[str, Any] = environ.Env.db_url_config(
    ENVIRONMENT.database_owner if AS_OWNER else ENVIRONMENT.database
)
DATABASE_ROLE = str(environ.Env.db_url_config(ENVIRONMENT.database).get("USER", ""))
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Opening the file anew cost half of a short request, and whoever closes it last empties its log.
    _database["CONN_MAX_AGE"] = 600
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    _database["ENGINE"] = "anju.conf.postgres"
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
        "connect_timeout": 5,
        # A statement met again is planned once a connection; behind a pooler of transactions it is not.
        "server_side_binding": True,
        "prepare_threshold": 3,
        "options": "-c statement_timeout=60000 -c lock_timeout=5000"
        " -c idle_in_transaction_session_timeout=300000" + " -c anju.whole=on" * AS_OWNER,
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# In the database: a limit on signing in is one limit, however many processes serve.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "register.Account"
AUTHENTICATION_BACKENDS = ["anju.register.sessions.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "anju.web.account.adapter.StaffAdapter"
ACCOUNT_FORMS = {"login": "anju.web.account.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Ten wrong passwords an hour for an account; an office behind one address keeps working.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/h/key,120/h/ip", "reset_password": "20/h/ip,5/h/key"}
MFA_ADAPTER = "anju.web.account.second.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"] + ["webauthn"] * ENVIRONMENT.passkeys
MFA_FORMS = {
    "add_webauthn": "anju.web.account.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "anju.web.account.passkeys.PasskeyForm",
    "reauthenticate_webauthn": "anju.web.account.passkeys.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = "Anju 安居"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by an administrator
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.encrypted else "http"

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "conf" / "locale"]
LANGUAGE_COOKIE_NAME = "anju-language"
LANGUAGE_COOKIE_AGE = 31_536_000
TIME_ZONE = ENVIRONMENT.zone
USE_TZ = USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# Set-up, upgrade and the demonstration gather, name by content and compress; before, files are plain.
GATHERED = (STATIC_ROOT / "staticfiles.json").exists()
_GATHER = os.environ.get("ANJU_GATHER", "") == "1"
_COMPRESSED = "anju.look.storage.GatheredStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _COMPRESSED if GATHERED or _GATHER else _PLAIN},
}
WHITENOISE_USE_FINDERS = not GATHERED
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["png", "ico", "woff2", "txt", "br", "gz"]
FILES_ROOT = DATA / "files"
# 200,000 Chinese characters in one field fit, so that the field itself is told its limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

EMAIL_CONFIGURED = bool(ENVIRONMENT.mail)
if EMAIL_CONFIGURED:
    vars().update(environ.Env.email_url_config(ENVIRONMENT.mail))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 20
# The dotted name of what carries text messages; without one, people hand them over.
SMS_CARRIER = ENVIRONMENT.sms_carrier
# The company's official account in WeChat, by which owners who wish it are told; off without it.
OFFICIAL_ACCOUNT = ENVIRONMENT.official_account
# The folder into which the mail system delivers what owners write, one Maildir a project.
MAIL_IN = ENVIRONMENT.mail_in
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or f"anju@{ENVIRONMENT.host}"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "anju.conf.logs.PlainFormatter",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    # A queue of two while a page is made is no event.
    "loggers": {"waitress.queue": {"level": "ERROR"}},
}
configure_logs(ENVIRONMENT.log_level)
SILENCED_SYSTEM_CHECKS: list[str] = []
