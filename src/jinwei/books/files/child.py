"""The process that opens one file, and nothing else: what it may not do, and what it answers.

It writes lines of JSON: how many rows there are so far, and at last the book or the refusal. It
loads neither Django nor anything that could reach the network.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from . import limits
from .archive import damaged
from .kind import read
from .refusals import NotOpened
from .shelf import Folder

_FORBIDDEN: Final = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system"),
    *(
        "os.kill",
        "os.startfile",
        "ctypes.",
        "urllib.",
        "http.",
        "ftplib.",
        "smtplib.",
        "webbrowser.",
    ),
)
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
_WRITES: Final = os.O_WRONLY | os.O_RDWR


def main() -> None:
    """Open the file that the arguments name; lines come to lie in the folder they name."""
    path, name, folder = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    confine(folder)
    _say(answer(path, name, folder, lambda rows: _say({"rows": rows})))


def answer(path: Path, name: str, folder: Path, tell: Callable[[int], None]) -> dict[str, Any]:
    """The book as plain data, or the refusal; never an error."""
    shelf = Folder(folder, tell)
    try:
        read(path, name, shelf)
        shelf.close()
        book = shelf.described()
        if not book["sheets"]:
            raise NotOpened("file-blank")
        return book
    except NotOpened as refusal:
        return {"refused": refusal.id, "facts": refusal.facts}
    except MemoryError:
        return {"refused": "file-too-much", "facts": {}}
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return {"refused": "no-room", "facts": {}}
        return {"refused": "file-damaged", "facts": damaged(error).facts}
    finally:
        shelf.close()


def confine(folder: Path) -> None:
    """From here on: little memory, little time, no network, no programs, one folder to write to."""
    _limit()
    allowed = str(folder) + os.sep

    def watch(event: str, said: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)
        writes = event == "open" and isinstance(said[2], int) and said[2] & _WRITES
        if writes and not str(said[0]).startswith(allowed):
            raise PermissionError(event)

    sys.addaudithook(watch)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # this system has none; the clock of the parent remains
        return
    wanted = {
        resource.RLIMIT_DATA: limits.MEMORY,
        resource.RLIMIT_AS: limits.ADDRESSES,
        resource.RLIMIT_CPU: limits.PROCESSOR,
        resource.RLIMIT_FSIZE: limits.MOST_KEPT + limits.MEGABYTE,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in wanted.items():
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, hard))


def _say(word: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(word) + "\n")
    sys.stdout.flush()
