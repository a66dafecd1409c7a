"""How often Python looks for what may be thrown away: seldom, as most of what is made stays."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look after 200,000 new objects, not 700: a fourth of the time of a long run went into it."""
    gc.set_threshold(200_000, 50, 100)


def spare_what_is_loaded() -> None:
    """What is loaded by now stays for good: looking through it took a request 0.1 s at times."""
    gc.collect()
    gc.freeze()
    collect_seldom()
