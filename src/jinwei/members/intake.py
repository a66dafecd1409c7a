"""What becomes of identity numbers and names when members come in as a data set."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum.cn import ric

from jinwei.datasets.dataset import Row
from jinwei.engine.catalogue import TABLES

from .identity import digest, seal
from .numbers import fault_of
from .spelling import spelling

COLUMNS: Final = ("id_number_sealed", "id_number_digest", "spelling")
"""Columns of members that stand in no data set, in the order of :meth:`Intake.cells`."""

_AT: Final = {c.name: at for at, c in enumerate(TABLES["member"].stored)}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An identity number that did not come in: the row (the first is 1), whose it is, and why."""

    row: int
    member: str
    fault: str


@dataclass
class Intake:
    """Seals the numbers of one data set, and leaves out those that cannot be."""

    left_out: list[LeftOut] = field(default_factory=list)
    today: dt.date = field(default_factory=timezone.localdate)
    _seen: dict[str, int] = field(default_factory=dict)

    def cells(self, number: int, row: Row) -> tuple[Any, ...]:
        """What is kept beside the columns of a row."""
        spelled = spelling(_text(row[_AT["name"]]))
        written = _text(row[_AT["id_number"]])
        if written is None:
            return None, None, spelled
        fault = fault_of(written, self.today) or self._twice(number, written)
        if fault:
            self.left_out.append(LeftOut(number, str(row[_AT["code"]]), fault))
            return None, None, spelled
        return seal(written), digest(written), spelled

    def _twice(self, number: int, written: str) -> str:
        first = self._seen.setdefault(ric.compact(written), number)
        if first == number:
            return ""
        return _("与第 %(row)d 行的号码相同。") % {"row": first}


def _text(value: object) -> str | None:
    return None if value is None or not str(value).strip() else str(value).strip()
