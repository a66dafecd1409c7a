"""``jinwei serve``, ``work`` and ``nightly``: the pages, and what runs beside them.

``serve`` starts the background as a process of its own, so that reckoning never keeps a page
waiting; both end together.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Final

from .common import BadInput, say_bad
from .house import installation, refuse_unless_migrated
from .words import Words

THREADS: Final = 8
_IDLE_S: Final = 1.0
_AGAIN_S: Final = 5.0
_STOP_S: Final = 15.0


def run_serve(options: argparse.Namespace) -> int:
    """Serve the pages on this machine, with the background beside them."""
    say = Words(options.lang)
    try:
        return serve(
            say, options.host, options.port, options.threads, pages_only=options.pages_only
        )
    except BadInput as bad:
        return say_bad(str(bad))


def run_work(options: argparse.Namespace) -> int:
    """Work off what waits, and move the day, until told to stop."""
    say = Words(options.lang)
    try:
        with installation(say):
            refuse_unless_migrated(say)
            _work(options.beside)
    except BadInput as bad:
        return say_bad(str(bad))
    return 0


def run_nightly(options: argparse.Namespace) -> int:
    """Move all standings to today, once; for a clock of the server's own."""
    say = Words(options.lang)
    try:
        with installation(say):
            refuse_unless_migrated(say)
            from django.utils import timezone

            from jinwei.standings.background import nightly

            run = nightly(timezone.localdate())
    except BadInput as bad:
        return say_bad(str(bad))
    print(say("nightly", as_of=run.as_of, n=run.subjects, changed=run.changed))
    return say_bad(run.error.rstrip()) if run.error else 0


def serve(
    say: Words, host: str, port: int, threads: int = THREADS, *, pages_only: bool = False
) -> int:
    """Serve until told to stop, with the background beside unless another service runs it.

    Raises :class:`BadInput` with what is in the way.
    """
    with installation(say):
        from django.conf import settings

        from jinwei.ledgers.portable import unfinished

        refuse_unless_migrated(say)
        if settings.DEMO and not is_loopback(host):
            raise BadInput(say("demo_here_only", host=host))
        if unfinished():
            print(say("import_cut_off"), file=sys.stderr)
        _collect_static()
        server = _server(say, host, port, threads)
        with nullcontext() if pages_only else _background(say), _stopping():
            print(say("serving", url=f"http://{_written(host)}:{port}/"), flush=True)
            server.run()
            server.close()
    return 0


# --- the web ------------------------------------------------------------------------------------


def is_loopback(host: str) -> bool:
    """Whether every address of a host is this machine's own."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    addresses = {str(address[4][0]).partition("%")[0] for address in found}
    return all(ipaddress.ip_address(address).is_loopback for address in addresses)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _server(say: Words, host: str, port: int, threads: int) -> Any:
    from django.conf import settings
    from waitress import create_server

    from jinwei.config.wsgi import application

    behind: dict[str, Any] = {}
    if settings.BEHIND_TLS:
        behind = {
            "trusted_proxy": settings.TRUSTED_PROXY,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    try:
        return create_server(
            application,
            host=host,
            port=port,
            threads=threads,
            ident="",
            clear_untrusted_proxy_headers=True,
            **behind,
        )
    except OSError as error:
        raise BadInput(say("cannot_listen", host=host, port=port, reason=error.strerror)) from error


def _collect_static() -> None:
    """Put the static files where the web server finds them, unless they are there already."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    manifest = settings.STATIC_ROOT / "staticfiles.json"
    files = [storage.path(path) for finder in get_finders() for path, storage in finder.list(())]
    newest = max((os.path.getmtime(path) for path in files), default=0.0)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)
        manifest.touch()


@contextmanager
def _stopping() -> Iterator[None]:
    """A polite end on SIGTERM, as on Ctrl-C."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(*_: object) -> None:
    raise SystemExit(0)


# --- the background -----------------------------------------------------------------------------


@contextmanager
def _background(say: Words) -> Iterator[None]:
    """The background as a process beside this one; one that fails is started again."""
    keeper = _Keeper(say)
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


class _Keeper(threading.Thread):
    """Keeps the background process running until told to stop."""

    def __init__(self, say: Words) -> None:
        super().__init__(daemon=True)
        self.say = say
        self.ending = threading.Event()
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "jinwei", "work", "--beside", str(os.getpid())]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def run(self) -> None:
        while not self.ending.is_set():
            self.process.wait()
            if self.ending.wait(_AGAIN_S):
                return
            print(self.say("background_again"), file=sys.stderr, flush=True)
            self.process = self._begin()

    def stop(self) -> None:
        self.ending.set()
        self.process.terminate()
        try:
            self.process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _work(beside: int | None) -> None:
    """Reckon what waits; at the start after a gap, and when a day begins, everything.

    ``beside``: the process that this one ends with.
    """
    import logging

    from django.db import close_old_connections
    from django.utils import timezone

    from jinwei.imports.work import work_once as work_on_imports
    from jinwei.standings.background import catch_up, clear_cut_off, work_once

    log = logging.getLogger(__name__)
    signal.signal(signal.SIGTERM, _leave)
    clear_cut_off()
    while beside is None or os.getppid() == beside:
        try:
            close_old_connections()
            catch_up(timezone.now())
            done = work_once()
            time.sleep(0.0 if work_on_imports() or done else _IDLE_S)
        except Exception:
            log.exception("the background failed and goes on")
            time.sleep(_AGAIN_S)
