"""A PostgreSQL server for the tests: the one named, or one of our own in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "JINWEI_TEST_POSTGRES"
"""Names a server to use, as a connection string; its databases are left as they were."""


class NoPostgres(Exception):
    """No server is named and none can be started here."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The connection string of a server that may be written to."""
    named = os.environ.get(VARIABLE)
    if named:
        yield named
        return
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="jinwei-pg-"))
    try:
        yield from _own_server(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve()] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if not found:
        raise NoPostgres("initdb was not found; install PostgreSQL or set " + VARIABLE)
    return found[0].parent


def _own_server(programs: Path, folder: Path) -> Iterator[str]:
    run_as = _owner(folder)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(
            command, check=True, capture_output=True, user=run_as, cwd=folder, timeout=120
        )

    run(str(programs / "initdb"), "-D", str(data), "-U", "jinwei", "-A", "trust", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c jit=off"
    options += " -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
    control = str(programs / "pg_ctl")
    run(control, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"host={folder} user=jinwei dbname=postgres"
    finally:
        run(control, "-D", str(data), "-m", "immediate", "stop")


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root; then the folder and the server belong to its own user."""
    if os.geteuid() != 0:
        return None
    try:
        user = pwd.getpwnam("postgres")
    except KeyError as error:
        raise NoPostgres("PostgreSQL does not run as root and there is no user postgres") from error
    os.chown(folder, user.pw_uid, user.pw_gid)
    return "postgres"
