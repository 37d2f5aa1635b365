"""Typed readers of the environment, with defaults that suit one office on a laptop; no policy."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

_reader = environ.Env()


@dataclass(frozen=True, slots=True)
class Environment:
    """What the operator decided, read once at start."""

    data: Path
    database: str
    database_owner: str
    secret: str
    base_address: str
    language: str
    zone: str
    demonstration: bool
    mail: str
    mail_from: str
    official_account: str
    mail_in: str
    sms_carrier: str
    trusted_proxy: bool
    log_level: str
    engine: str

    @property
    def host(self) -> str:
        return urlsplit(self.base_address).hostname or "localhost"

    @property
    def encrypted(self) -> bool:
        return self.base_address.startswith("https://")

    @property
    def passkeys(self) -> bool:
        """Browsers keep passkeys for a name under HTTPS or for localhost, never for a number."""
        number = ":" in self.host or self.host.replace(".", "").isdigit()
        return self.host == "localhost" or (self.encrypted and not number)


YES_NO = frozenset({"1", "0", "true", "false", "yes", "no", "on", "off", ""})
LEVELS = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
ENGINES = {"duckdb": "duckdb", "spark": "pyspark", "chdb": "chdb"}  # its name, its module
EXTRAS = {"spark": "anju[spark]", "chdb": "anju[clickhouse]"}
SCHEMES = frozenset({"sqlite", "postgres", "postgresql"})


def _wrong(name: str, value: str, allowed: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is “{value}”, which cannot be used. Write {allowed}.")


def _yes_no(name: str) -> bool:
    said = str(_reader.str(name, default=""))
    if said.strip().lower() not in YES_NO:
        raise _wrong(name, said, "1 or 0")
    return bool(_reader.bool(name, default=False)) if said else False


def check(found: Environment) -> Environment:
    """Return the environment, or refuse the first setting that cannot be used, naming the cure."""
    address = urlsplit(found.base_address)
    if address.scheme not in {"http", "https"} or not address.hostname or address.path:
        raise _wrong(
            "ANJU_BASE_ADDRESS", found.base_address, "https://name or http://name:port, no path"
        )
    for name in ("database", "database_owner"):
        scheme = urlsplit(getattr(found, name)).scheme
        if scheme not in SCHEMES:
            # The address may hold a password, so only its kind is repeated.
            cure = "postgres://user:password@host/name, or leave it out"
            raise _wrong(f"ANJU_{name.upper()}", scheme, cure)
    if found.language not in {"zh-hans", "en"}:
        raise _wrong("ANJU_LANGUAGE", found.language, "zh-hans or en")
    try:
        ZoneInfo(found.zone)
    except (ValueError, OSError, LookupError):
        raise _wrong("ANJU_ZONE", found.zone, "a time zone such as Asia/Shanghai") from None
    if found.log_level not in LEVELS:
        raise _wrong("ANJU_LOG_LEVEL", found.log_level, "WARNING, or one of the other levels")
    _check_engine(found.engine)
    return found


def _check_engine(name: str) -> None:
    """Refuse an engine of sums that we do not know, or whose extra is not installed."""
    if name not in ENGINES:
        raise _wrong("ANJU_ENGINE", name, "duckdb, spark or chdb, or leave it out")
    if find_spec(ENGINES[name]) is None:
        raise _wrong("ANJU_ENGINE", name, f"duckdb, or install {EXTRAS.get(name, 'duckdb')}")


def read_secret(data: Path) -> str:
    """Return the key of the installation: the environment's, else the one that set-up wrote."""
    given = str(_reader.str("ANJU_SECRET_KEY", default=""))
    kept = data / "secret.key"
    if given or not kept.exists():
        return given
    return kept.read_text(encoding="ascii").strip()


def read_environment() -> Environment:
    """Read every setting of the product from the environment and from the data folder's file."""
    data = Path(_reader.str("ANJU_DATA", default="anju-data")).expanduser().absolute()
    settings_file = data / "anju.env"
    if settings_file.exists():
        _reader.read_env(str(settings_file), overwrite=False)
    database = _reader.str("ANJU_DATABASE", default=f"sqlite:///{data / 'anju.sqlite3'}")
    found = Environment(
        data=data,
        database=database,
        database_owner=_reader.str("ANJU_DATABASE_OWNER", default="") or database,
        secret=read_secret(data),
        base_address=_reader.str("ANJU_BASE_ADDRESS", default="http://127.0.0.1:8000").rstrip("/"),
        language=_reader.str("ANJU_LANGUAGE", default="zh-hans"),
        zone=_reader.str("ANJU_ZONE", default="Asia/Shanghai"),
        demonstration=_yes_no("ANJU_DEMO"),
        mail=_reader.str("ANJU_MAIL", default=""),
        mail_from=_reader.str("ANJU_MAIL_FROM", default=""),
        sms_carrier=_reader.str("ANJU_SMS_CARRIER", default=""),
        official_account=_reader.str("ANJU_OFFICIAL_ACCOUNT", default=""),
        mail_in=_reader.str("ANJU_MAIL_IN", default=""),
        trusted_proxy=_yes_no("ANJU_TRUSTED_PROXY"),
        log_level=_reader.str("ANJU_LOG_LEVEL", default="WARNING"),
        engine=_reader.str("ANJU_ENGINE", default="") or "duckdb",
    )
    return check(found)
