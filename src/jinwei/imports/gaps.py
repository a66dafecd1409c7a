"""Room for others between two transactions of a long work; SQLite has one writer at a time."""

from __future__ import annotations

import time
from typing import Final

from django.db import connection

SPAN_S: Final = 0.12
"""On SQLite whoever waits looks again every tenth of a second: so long is left for them."""


class Gap:
    """The time since a transaction has ended; work that writes nothing may go on in it."""

    def __init__(self) -> None:
        self._over = 0.0

    def begin(self) -> None:
        """A transaction has ended just now."""
        self._over = time.monotonic() + SPAN_S

    def wait(self) -> None:
        """Wait for its end, where others wait for us."""
        if connection.vendor == "sqlite":
            time.sleep(max(0.0, self._over - time.monotonic()))
