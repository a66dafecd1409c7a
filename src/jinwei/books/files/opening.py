"""Opening a file in a process of its own, and waiting for it with patience that has an end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Final

from ..grid import Book
from . import limits
from .refusals import NotOpened
from .shelf import taken_up

_SOURCE: Final = str(Path(__file__).resolve().parents[3])
_PROGRAM: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));"
    " from jinwei.books.files.child import main; main()"
)
_KEPT: Final = ("SYSTEMROOT", "SystemRoot", "TMP", "TEMP")
"""What Windows cannot start a process without; nothing else of the environment goes along."""
_SLOW: Final = "file-too-slow"
_STOPPED: Final = {
    -getattr(signal, "SIGXCPU", 24): _SLOW,
    -getattr(signal, "SIGKILL", 9): "file-too-much",
    -getattr(signal, "SIGXFSZ", 25): "file-too-much",
}
"""What is said of a child that a limit has ended."""


def open_book(
    path: Path, *, name: str, into: Path, on_progress: Callable[[int], None] | None = None
) -> Book:
    """The book that a file holds, or :class:`NotOpened`, whatever the file is.

    ``name`` is that of the file as its owner knows it. The lines of each sheet come to lie in
    ``into``, a file a sheet: a folder of the caller, who deletes it when the book is done with,
    and after a refusal. ``on_progress`` is called about every second with the rows so far.
    """
    name = _sayable(name)
    if not into.is_dir():
        raise NotADirectoryError(into)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise NotOpened("file-missing", {"name": name}) from error
    if size > limits.MOST_BYTES:
        found, most = size / limits.MEGABYTE, limits.MOST_BYTES // limits.MEGABYTE
        facts = {"name": name, "found": f"{found:.1f}", "most": str(most)}
        raise NotOpened("file-too-big", facts)
    return book_of(_asked(path, name, into, on_progress or (lambda rows: None)), name, into)


def book_of(answer: dict[str, Any], name: str, into: Path) -> Book:
    """The book or the refusal that the child answered."""
    if "refused" in answer:
        raise NotOpened(answer["refused"], {"name": name, **answer["facts"]})
    sheets = tuple(taken_up(said, into) for said in answer["sheets"])
    return Book(sheets, tuple(answer["notes"]))


def _sayable(name: str) -> str:
    """A name that can be an argument of a process, whatever its owner typed."""
    return name[:255].encode(errors="replace").decode().replace("\0", "")


def _asked(path: Path, name: str, into: Path, on_progress: Callable[[int], None]) -> dict[str, Any]:
    child = _started(path, name, into)
    try:
        for word in _words(child):
            if "rows" not in word:
                return word
            on_progress(word["rows"])
        return {"refused": _STOPPED.get(child.wait(), "file-damaged"), "facts": {}}
    except TimeoutError:
        return {"refused": _SLOW, "facts": {}}
    finally:
        child.kill()
        child.wait()


def _started(path: Path, name: str, into: Path) -> subprocess.Popen[str]:
    arguments = [_SOURCE, str(path.resolve()), name, str(into.resolve())]
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", "-c", _PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    )


def _words(child: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """What the child says, and every second the rows so far; TimeoutError where it is stuck."""
    assert child.stdout is not None
    said: SimpleQueue[str | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(child.stdout, said), daemon=True).start()
    began = heard = time.monotonic()
    rows: dict[str, Any] = {"rows": 0}
    while True:
        now = time.monotonic()
        if now - began > limits.PATIENCE or now - heard > limits.SILENCE:
            raise TimeoutError
        try:
            line = said.get(timeout=limits.PULSE)
        except Empty:
            yield rows
            continue
        if line is None:
            return
        try:
            heard, word = time.monotonic(), json.loads(line)
        except ValueError:  # a limit has ended the child in the middle of a word
            return
        rows = word if "rows" in word else rows
        yield word


def _listen(pipe: IO[str], said: SimpleQueue[str | None]) -> None:
    with pipe:
        for line in pipe:
            said.put(line)
    said.put(None)
