"""Days and months as people write them."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Final

from . import kinds
from .folding import folded
from .grid import Cell

_DAY_ZERO: Final = dt.date(1899, 12, 30)
_SERIALS: Final = range(1_000, 80_000)
"""Whole numbers that can only be day numbers of a spreadsheet: September 1902 to January 2119."""
_EARLIEST: Final = 1900
_LATEST: Final = 2199
_HAN: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_DAY: Final = re.compile(
    r"([〇○零一二三四五六七八九]{4}|\d{4})年(?:(.{1,3})月)?(?:(.{1,3})日)?"
)
_SEPARATED: Final = re.compile(
    r"(\d{4})(?:[-/.．。年_、](\d{1,2})(?:[-/.．。月_、](\d{1,2})日?号?|月|月份)?|年)?"
    r"(?:[t ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_TOGETHER: Final = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEARLESS: Final = re.compile(r"(\d{1,2})(?:[/.月-])(\d{1,2})[日号]?")
_MONTH_ALONE: Final = re.compile(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?")
_HAN_NUMBERS: Final = (*"一二三四五六七八九十", "十一", "十二")
_HAN_MONTHS: Final = {han: at for at, han in enumerate(_HAN_NUMBERS, 1)}


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that could not be read: the kind of trouble, its facts, the one repair if any."""

    id: str
    facts: tuple[tuple[str, str], ...] = ()
    repair: str | None = None


@dataclass(frozen=True, slots=True)
class Partial:
    """A date that names a year and perhaps a month, but no day."""

    year: int
    month: int | None

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month or 1, 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)


def bad(id: str, found: object, repair: str | None = None, **facts: object) -> Bad:
    said = tuple((name, str(value)) for name, value in facts.items())
    return Bad(id, (("found", str(found)), *said), repair)


def day(cell: Cell, year: int | None = None) -> dt.date | Partial | Bad:
    """The day in a cell that is not blank. ``year``: of days that name none.

    >>> day("1998.07"), day("2005年6月1日"), day(38139)
    (Partial(year=1998, month=7), datetime.date(2005, 6, 1), datetime.date(2004, 6, 1))
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, bool | dt.time):
        return bad(kinds.NOT_A_DATE, cell)
    if isinstance(cell, float):
        return _number(cell) if math.isfinite(cell) else bad(kinds.NOT_A_DATE, cell)
    if isinstance(cell, int) and cell in _SERIALS and not _EARLIEST <= cell <= _LATEST:
        return _DAY_ZERO + dt.timedelta(days=cell)
    return _text(str(cell), year)


def _number(cell: float) -> dt.date | Partial | Bad:
    """1998.07 typed as a number; 1998.1 has lost what stood behind the 1."""
    year, _, rest = f"{cell:.10g}".partition(".")
    if int(cell) in _SERIALS and not _EARLIEST <= int(cell) <= _LATEST:
        return _DAY_ZERO + dt.timedelta(days=int(cell))
    if not (_EARLIEST <= int(cell) <= _LATEST):
        return bad(kinds.NOT_A_DATE, f"{cell:g}")
    if rest == "1":
        return bad(kinds.ZERO_LOST, f"{cell:.10g}", year=year)
    return _whole(f"{cell:.10g}", int(year), rest.ljust(1, "0"), None)


def _text(text: str, year: int | None) -> dt.date | Partial | Bad:
    said = folded(text).replace(",", ".")
    han = None if said.isascii() else _HAN_DAY.fullmatch(said)
    if han and not _SEPARATED.fullmatch(said):
        said = _from_han(han)
    match = _SEPARATED.fullmatch(said) or _TOGETHER.fullmatch(said)
    if match:
        return _whole(text.strip(), int(match[1]), match[2], match[3])
    if said.isdecimal() and len(said) == 5 and int(said) in _SERIALS:
        return _DAY_ZERO + dt.timedelta(days=int(said))
    yearless = _YEARLESS.fullmatch(said)
    if yearless is None:
        return bad(kinds.NOT_A_DATE, text.strip())
    if year is None:
        return bad(kinds.NO_YEAR, text.strip())
    return _whole(text.strip(), year, yearless[1], yearless[2])


def _from_han(match: re.Match[str]) -> str:
    """二〇〇五年六月十一日 in digits."""
    parts = [match[1].translate(_HAN)]
    parts += [_han_number(part) for part in (match[2], match[3]) if part]
    return "-".join(parts)


def _han_number(text: str) -> str:
    """Up to ninety-nine; digits stay.

    >>> _han_number("二十一"), _han_number("十"), _han_number("6")
    ('21', '10', '6')
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return text.translate(_HAN)
    first = tens.translate(_HAN) if tens else "1"
    return f"{first}{ones.translate(_HAN) or '0'}"


def _whole(found: str, year: int, month: str | None, day: str | None) -> dt.date | Partial | Bad:
    if not _EARLIEST <= year <= _LATEST:
        return bad(kinds.NOT_A_DATE, found)
    if month is None:
        return Partial(year, None)
    if not 1 <= int(month) <= 12:
        return bad(kinds.NOT_A_DATE, found)
    if day is None:
        return Partial(year, int(month))
    last = calendar.monthrange(year, int(month))[1]
    if not 1 <= int(day) <= last:
        return bad(kinds.NO_SUCH_DAY, found, month=int(month), day=int(day))
    return dt.date(year, int(month), int(day))


def month(cell: Cell, year: int | None = None) -> str | Bad:
    """The month in a cell that is not blank, as ``YYYY-MM``.

    >>> month("2026年3月"), month("3月", 2026), month(dt.date(2026, 3, 1))
    ('2026-03', '2026-03', '2026-03')
    """
    number = _month_number(cell)
    if number is not None:
        return f"{year}-{number:02}" if year else bad(kinds.NO_YEAR, cell)
    if isinstance(cell, int) and 190001 <= cell <= 219912 and 1 <= cell % 100 <= 12:
        return f"{cell // 100}-{cell % 100:02}"
    found = day(cell)
    if isinstance(found, Partial) and found.month:
        return str(found)
    if isinstance(found, dt.date):
        return found.isoformat()[:7]
    if isinstance(found, Bad) and found.id in (kinds.ZERO_LOST, kinds.NO_SUCH_DAY):
        return found
    return bad(kinds.NOT_A_MONTH, str(cell).strip())


def _month_number(cell: Cell) -> int | None:
    """A month without its year: “3月”, or 3 alone."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell if 1 <= cell <= 12 else None
    if not isinstance(cell, str):
        return None
    said = folded(cell)
    alone = int(said) if said.isdecimal() and len(said) <= 2 else 0
    return alone if 1 <= alone <= 12 else month_alone(cell)


def month_alone(text: str) -> int | None:
    """The number of a month that is named alone, as above a column: “3月”, “十一月”."""
    match = _MONTH_ALONE.fullmatch(folded(text))
    if match is None:
        return None
    number = _HAN_MONTHS.get(match[1]) or (int(match[1]) if match[1].isdecimal() else 0)
    return number if 1 <= number <= 12 else None
