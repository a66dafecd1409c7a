"""A demo as people start it, and a browser to walk around in it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import IN_CI

_LAUNCH = """
import sys, datetime, time_machine
time_machine.travel(datetime.datetime(2026, 11, 21, 2, 0, tzinfo=datetime.UTC), tick=True).start()
from jinwei.cli import main
sys.exit(main(sys.argv[1:]))
"""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_MS = 30_000
"""A machine with other work is slow, not wrong."""
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small demo, built and served by the command itself on 2026-11-21."""
    home = tmp_path_factory.mktemp("demo") / "home"
    port = free_port()
    command = ["demo", "--committee", "--home", str(home), "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JINWEI_")}
    log = home.with_suffix(".log")
    with log.open("w") as out:
        served = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, *command], env=environment, stdout=out, stderr=out
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _await(address, served, log)
            yield address
        finally:
            served.terminate()
            served.wait(30)


def _await(address: str, served: subprocess.Popen[bytes], log: Path) -> None:
    """Until the address answers; a command that ended says why."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if served.poll() is not None:
            pytest.fail(f"the demo ended: {log.read_text()[-3000:]}")
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)  # a process that starts; nothing to wait on but its port
            continue
        return
    pytest.fail(f"the demo did not answer: {log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium (or another here); its absence skips on a desk and fails in CI.

    Closed with the module: while it drives, its event loop keeps Django from the database.
    """
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        if IN_CI:
            pytest.fail("every test must run here: no Chromium")
        pytest.skip("no Chromium here")
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield launched
        launched.close()


SIZES = {"desktop": (1366, 768), "phone": (375, 740)}


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sign_in(browser: Browser, demo: str, size: str) -> Iterator[Callable[[str], Page]]:
    """A new browser at the home page of a role; anything not from our host fails the test."""
    contexts = []
    strangers: list[str] = []
    complaints: list[str] = []

    def ours(address: str) -> bool:
        return address.startswith((demo, "data:"))

    def page_of(role: str) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            has_touch=size == "phone",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        page.on("request", lambda r: ours(r.url) or strangers.append(r.url))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.goto(f"{demo}/sign-in/")
        page.locator(f'form[action="/demo/{role}/"] button').click()
        page.wait_for_load_state()
        return page

    yield page_of
    for context in contexts:
        context.close()
    assert strangers == []
    assert [c for c in complaints if "422" not in c] == []
