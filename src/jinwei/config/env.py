"""Typed readers of the environment; a bad value stops the start and says what is allowed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

_FLAGS: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class BadSetting(Exception):
    """A setting that cannot be: its name, its value and what is allowed."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"{name} is {value!r}; allowed: {allowed}")
        self.name = name
        self.value = value
        self.allowed = allowed


def text(name: str, default: str, allowed: tuple[str, ...] = ()) -> str:
    """A text; an empty one counts as not set."""
    value = os.environ.get(name) or default
    if allowed and value not in allowed:
        raise BadSetting(name, value, ", ".join(allowed))
    return value


def words(name: str, default: str) -> list[str]:
    """Texts between commas, without the white space around them."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, default: bool) -> bool:
    """Yes or no."""
    value = os.environ.get(name, "")
    if not value:
        return default
    if value.lower() not in _FLAGS:
        raise BadSetting(name, value, ", ".join(_FLAGS))
    return _FLAGS[value.lower()]


def whole(name: str, default: int, least: int = 0) -> int:
    """A whole number of at least ``least``."""
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise BadSetting(name, value, f"a whole number of at least {least}")
    return int(value)


def zone(name: str, default: str) -> str:
    """A time zone by its name in the tz database."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise BadSetting(name, value, "a name like Asia/Shanghai") from error
    return value


def secret(name: str) -> str | None:
    """A secret from ``NAME``, or from the file that ``NAME_FILE`` names; None if neither is set."""
    file = os.environ.get(f"{name}_FILE", "")
    if not file:
        return os.environ.get(name) or None
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise BadSetting(f"{name}_FILE", file, "a file that can be read") from error
    if not value:
        raise BadSetting(f"{name}_FILE", file, "a file that is not empty")
    return value


def kept_secret(name: str, file: Path) -> str:
    """A secret as :func:`secret` reads it, else one drawn once and kept in ``file``."""
    value = secret(name)
    if value is not None:
        return value
    try:
        _draw(file)
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadSetting(name, "", f"a secret, or a folder to keep one in ({error})") from error


def make_home(folder: Path) -> None:
    """Make the folder of an installation, open to its own account alone; one that is there stays.

    It holds the roster, in the clear but for identity numbers.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _draw(file: Path) -> None:
    """Make the file, readable by nobody else; one made meanwhile by another process stays."""
    if file.exists():
        return
    make_home(file.parent)
    drawn = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(64))
    try:
        os.link(drawn, file)
    except FileExistsError:
        pass
    finally:
        drawn.unlink()


def database(name: str, file: Path) -> dict[str, Any]:
    """PostgreSQL where ``NAME`` (or ``NAME_FILE``) names a database, else SQLite in ``file``."""
    named = secret(name)
    return _postgres(name, named) if named else _sqlite(file)


def _sqlite(file: Path) -> dict[str, Any]:
    make_home(file.parent)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # Readers and one writer at a time do not block each other; a transaction that will
            # write says so at once and waits its turn, instead of failing half-way.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
            "transaction_mode": "IMMEDIATE",
            "timeout": whole("JINWEI_BUSY_TIMEOUT_S", 20, least=1),
        },
    }


def _postgres(name: str, named: str) -> dict[str, Any]:
    try:
        parts: dict[str, Any] = conninfo_to_dict(named)
    except ProgrammingError as error:
        # The value may hold a password: it is not repeated.
        raise BadSetting(name, "…", "a PostgreSQL connection string or URL") from error
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    settings = {django: str(parts.pop(key, "")) for key, django in known.items()}
    if not settings["NAME"]:
        raise BadSetting(name, "…", "a connection string that names its database (dbname)")
    # Just-in-time compilation turns statements of 5 ms into 150 ms.
    parts["options"] = " ".join([str(parts.get("options") or ""), "-c jit=off"]).strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
        "CONN_MAX_AGE": whole("JINWEI_CONNECTION_MAX_AGE_S", 60),
        "CONN_HEALTH_CHECKS": True,
    }
