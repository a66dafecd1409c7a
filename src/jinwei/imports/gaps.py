"""Room for others between two transactions of a long work; SQLite has one writer at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

_SLEEPS_S: Final = ((0.1, 0.03), (0.2, 0.06))
_LONGEST_S: Final = 0.12
"""On SQLite whoever waits looks again after a while, which grows with how long they have waited:
25 ms in the first tenth of a second, 50 ms in the second, then 100 ms. A gap is a little longer."""


class Gap:
    """Between transactions: as long as whoever waited through the last one may sleep."""

    def __init__(self) -> None:
        self._over = 0.0

    @contextmanager
    def after(self) -> Iterator[None]:
        """A transaction, once the gap is over; another gap begins as it ends."""
        if connection.vendor == "sqlite":
            time.sleep(max(0.0, self._over - time.monotonic()))
        begun = time.monotonic()
        yield
        ended = time.monotonic()
        self._over = ended + _gap(ended - begun)


def _gap(spent: float) -> float:
    return next((sleep for most, sleep in _SLEEPS_S if spent < most), _LONGEST_S)
