"""Invented data sets to look at, test and measure with: a district and a stationed committee.

Places, offices and persons are fictional. The same seed and day give the same bytes anywhere.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from jinwei.datasets.dataset import Dataset
from jinwei.demo.build import committee_world, district_world, tables

__all__ = ["SHOWN_BRANCH", "committee", "district"]

SHOWN_BRANCH: Final = "CH2901"
"""An ordinary branch of the district (seed 1) whose standing is worth explaining on any day.

It has groups below it, windows it missed and others still open, dues paid late, judged items.
"""


def district(seed: int = 1, *, today: date) -> Dataset:
    """A city district: 55 offices, 569 organizations and over ten thousand members at the day.

    Three organizations that were merged, dissolved or ended in the period come on top. The
    ledgers begin on the first of the month eighteen months before.
    """
    return Dataset(tables(district_world(seed, today), keepers=8))


def committee(seed: int = 1, *, today: date) -> Dataset:
    """A stationed committee: three general branches, 25 branches, 162 members at the day."""
    return Dataset(tables(committee_world(seed, today), keepers=6))
