"""``jinwei serve``: pages and background begin and end together; a demo stays on this machine."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from jinwei.cli.serve import is_loopback

from .house import House


def jinwei(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return House(home).run(*arguments, **more)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("served")
    assert jinwei("migrate", home=found).returncode == 0
    return found


@contextmanager
def served(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "jinwei", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command,
        env=House(home).environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def beside(process: int) -> list[str]:
    """The commands of the backgrounds that belong to a web server."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode())
    return [command for command in found if f"--beside {process} " in command]


def test_pages_and_background_begin_and_end_together(home: Path) -> None:
    port = free_port()
    with served(home, port) as process:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/no-such-page/", timeout=20)
        assert answer.value.code == 404
        answer.value.close()
        assert len(beside(process.pid)) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    time.sleep(0.1)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_background_ends_with_its_web_server(home: Path) -> None:
    port = free_port()
    with served(home, port) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert beside(process.pid)
    for _ in range(100):
        if not beside(process.pid):
            return
        time.sleep(0.1)
    raise AssertionError("the background goes on alone")


def test_a_taken_port_is_said_in_a_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        found = jinwei("serve", "--port", port, home=home)
    assert found.returncode == 2
    assert "--port names another one" in found.stderr


def test_a_demo_listens_on_this_machine_only(home: Path) -> None:
    found = jinwei("serve", "--host", "0.0.0.0", home=home, JINWEI_DEMO="1")
    assert found.returncode == 2
    assert "use --host 127.0.0.1, not 0.0.0.0" in found.stderr


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False)],
)
def test_loopback_is_this_machine(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_without_tables_nothing_is_served(tmp_path: Path) -> None:
    for command in ("serve", "work", "nightly"):
        found = jinwei(command, home=tmp_path)
        assert found.returncode == 2
        assert "jinwei migrate" in found.stderr


def test_a_night_can_be_called_for(home: Path) -> None:
    found = jinwei("nightly", home=home)
    assert found.returncode == 0
    assert "0 changed" in found.stdout
