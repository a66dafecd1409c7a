"""``python -m jinwei.reference DIR`` writes the reference pages into a folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from .pages import write_pages


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m jinwei.reference DIR", file=sys.stderr)
        return 2
    written = write_pages(Path(arguments[0]))
    print(f"{written} pages in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
