"""Invented data sets to look at, test and measure with: a district and a stationed committee.

Places, offices and persons are fictional. The same seed and day give the same bytes anywhere.
"""

from __future__ import annotations

from datetime import date

from jinwei.datasets.dataset import Dataset
from jinwei.demo.build import committee_world, district_world, tables

__all__ = ["committee", "district"]


def district(seed: int = 1, *, today: date) -> Dataset:
    """A city district: 55 offices, 569 organizations and over ten thousand members at the day.

    Three organizations that were merged, dissolved or ended in the period come on top. The
    ledgers begin on the first of the month eighteen months before.
    """
    return Dataset(tables(district_world(seed, today), keepers=36))


def committee(seed: int = 1, *, today: date) -> Dataset:
    """A stationed committee: three general branches, 25 branches, 162 members at the day."""
    return Dataset(tables(committee_world(seed, today), keepers=6))
