"""The process that opens a file: what it may not do, how it is watched, what it leaves behind."""

from __future__ import annotations

import errno
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from jinwei.books.files import NotOpened, open_book, opening
from jinwei.books.grid import Line

from . import makers
from .inner import asked

ROOT = Path(__file__).parents[3]
FOREVER = """import time
while True:
    print('{"rows": 1}', flush=True)
    time.sleep(0.05)
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def written(tmp_path: Path, contents: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(contents)
    return path


def confined(program: str, folder: Path) -> str:
    """What a program prints that runs under the limits of the child."""
    begin = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); from pathlib import Path;"
        f" from jinwei.books.files.child import confine; confine(Path({str(folder)!r}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-B", "-c", begin + program],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.strip() or run.stderr.strip().splitlines()[-1]


def test_a_book_comes_through(tmp_path: Path, shelf: Path) -> None:
    heard: list[int] = []
    rows = [[n, f"第{n}行"] for n in range(2500)]
    path = written(tmp_path, makers.modern(rows))
    book = open_book(path, name="名册.xlsx", into=shelf, on_progress=heard.append)
    assert list(book.sheets[0].lines)[-1] == Line(2500, (2499, "第2499行"))
    assert [rows for rows in sorted(set(heard)) if rows] == [1000, 2000]
    (left,) = shelf.iterdir()
    assert stat.S_IMODE(left.stat().st_mode) == 0o600


def test_a_refusal_comes_through(tmp_path: Path, shelf: Path) -> None:
    with pytest.raises(NotOpened) as refusal:
        open_book(written(tmp_path, b"%PDF-1.7"), name="名册.xlsx", into=shelf)
    assert str(refusal.value).startswith("文件“名册.xlsx”实际上是一个 PDF 文件，不是表格。")


def test_any_name_will_do(tmp_path: Path, shelf: Path) -> None:
    for name in ("a\0b", "\ud800", "-c", "长" * 100_000, ""):
        assert open_book(written(tmp_path, makers.modern()), name=name, into=shelf).sheets


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("jinwei.books.files.child.read", full)
    assert asked(b"x", "a.csv", tmp_path)["refused"] == "no-room"


def test_a_word_that_was_cut_off(
    tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_PROGRAM", "print('{\"sheets\": [')")
    with pytest.raises(NotOpened) as refusal:
        open_book(written(tmp_path, makers.modern()), name="a.xlsx", into=shelf)
    assert refusal.value.id == "file-damaged"


def test_a_file_that_is_gone_or_too_big(tmp_path: Path, shelf: Path) -> None:
    with pytest.raises(NotOpened) as refusal:
        open_book(tmp_path / "gone", name="a.xlsx", into=shelf)
    assert refusal.value.id == "file-missing"
    with open(tmp_path / "big", "wb") as file:
        file.truncate(65 << 20)
    with pytest.raises(NotOpened) as refusal:
        open_book(tmp_path / "big", name="a.xlsx", into=shelf)
    assert str(refusal.value).startswith("文件“a.xlsx”有 65.0 MB，最多 64 MB。")


@pytest.mark.parametrize(
    ("program", "id"),
    [
        ("import time; time.sleep(60)", "file-too-slow"),
        ("import os; os.abort()", "file-damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "file-too-slow"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "file-too-much"),
        ("raise SystemExit", "file-damaged"),
        (FOREVER, "file-too-slow"),
    ],
)
def test_a_child_that_never_answers(
    program: str, id: str, tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_PROGRAM", program)
    monkeypatch.setattr(opening.limits, "SILENCE", 1.0)
    monkeypatch.setattr(opening.limits, "PATIENCE", 2.0)
    monkeypatch.setattr(opening.limits, "PULSE", 0.2)
    began = time.monotonic()
    with pytest.raises(NotOpened) as refusal:
        open_book(written(tmp_path, makers.modern()), name="a.xlsx", into=shelf)
    assert refusal.value.id == id
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/elsewhere', 'w')",
        "import os; os.open('/tmp/elsewhere', os.O_WRONLY | os.O_CREAT)",
    ],
)
def test_what_the_child_may_not_do(program: str, shelf: Path) -> None:
    assert confined(program, shelf).startswith("PermissionError")


def test_what_the_child_may_do(shelf: Path) -> None:
    program = f"print(open({str(shelf / 'a')!r}, 'w').write('abc'))"
    assert confined(program, shelf) == "3"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
def test_the_child_has_little_memory(shelf: Path) -> None:
    assert confined("bytearray(300 << 20)", shelf) == "MemoryError"


def test_the_child_knows_nothing_of_the_environment(
    tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import os, json; print(json.dumps({'refused': 'file-unsafe', 'facts': {'found':"
    program += " ' '.join(sorted(k for k in os.environ if k.startswith(('JINWEI', 'PYTHON'))))}}))"
    monkeypatch.setattr(opening, "_PROGRAM", program)
    monkeypatch.setenv("JINWEI_SECRET_KEY", "x")
    with pytest.raises(NotOpened) as refusal:
        open_book(written(tmp_path, makers.modern()), name="a.xlsx", into=shelf)
    assert refusal.value.facts["found"] == ""


def test_the_child_loads_neither_django_nor_the_network() -> None:
    program = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n"
    program += "import jinwei.books.files.child\n"
    program += "print({'django', 'openpyxl', 'socket', 'ssl', 'urllib.request'} & {*sys.modules})"
    run: Any = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"
