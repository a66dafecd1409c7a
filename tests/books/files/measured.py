"""Opens every file of a folder through the child and says what came of it, how long, how large.

A process of its own, so that the peak of memory is that of the children alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from jinwei.books.files import NotOpened, open_book


def outcome(path: Path) -> dict[str, Any]:
    """What came of one file: a refusal, ``beyond`` or ``book``; its lines are read, too."""
    began = last = time.monotonic()
    longest = 0.0

    def heard(_: int) -> None:
        nonlocal last, longest
        longest, last = max(longest, time.monotonic() - last), time.monotonic()

    said: dict[str, Any] = {"name": path.name, "facts": {}}
    with tempfile.TemporaryDirectory() as folder:
        try:
            book = open_book(path, name=path.name, into=Path(folder), on_progress=heard)
            said["outcome"] = "beyond" if any(s.beyond for s in book.sheets) else "book"
            said["lines"] = sum(1 for sheet in book.sheets for _ in sheet.lines)
        except NotOpened as refusal:
            said |= {"outcome": refusal.id, "facts": refusal.facts}
    return said | {"seconds": time.monotonic() - began, "silence": longest}


def main() -> None:
    outcomes = [outcome(path) for path in sorted(Path(sys.argv[1]).iterdir())]
    print(json.dumps({"outcomes": outcomes, "megabytes": peak()}))


def peak() -> float:
    """Memory of the largest child in megabytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
