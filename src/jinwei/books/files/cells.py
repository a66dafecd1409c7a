"""From what a file says to cells: numbers, dates by serial, texts."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ..grid import MOST_CHARACTERS, Cell, Error, Ruined

_DIGITS: Final = 15
"""More of them a float does not keep, and no spreadsheet shows."""
_WHOLE: Final = float(10**_DIGITS)
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUINED: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?(?:1[5-9]|2\d)")
_ERRORS: Final = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
_DAYS: Final = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}
_LAST_SERIAL: Final = 2_958_466  # the day after 9999-12-31
_LEAP: Final = 60  # 29 February 1900, which spreadsheets believe in


def text(found: str) -> str | None:
    """A text as a cell: None where it is blank, cut where it is too long."""
    if not found or found.isspace():
        return None
    if len(found) > MOST_CHARACTERS:
        found = found[: MOST_CHARACTERS - 1] + "…"
    return found if found.isprintable() else _UNSEEN.sub("", found) or None


def plain(found: str) -> Cell:
    """A cell of a file that has nothing but text: also failed formulas and ruined numbers.

    >>> plain('="007"'), plain("1.10101E+17")
    ('007', Ruined(shown='1.10101E+17'))
    """
    cell = text(found)
    if cell is None:
        return None
    if cell[0] == "=" and cell[1:2] == cell[-1:] == '"' and len(cell) > 3:
        return text(cell[2:-1])
    if cell[0] == "#" and cell in _ERRORS:
        return Error(cell)
    if len(cell) < 32 and _RUINED.fullmatch(cell.strip()):
        return Ruined(cell.strip())
    return cell


@lru_cache(maxsize=16384)
def number(written: str) -> Cell:
    """A number as a workbook writes it; a text that is none stays a text.

    >>> number("12"), number("2.50"), number("0.30000000000000004")
    (12, 2.5, 0.3)
    """
    if len(written) <= _DIGITS and written.isascii() and written.isdigit():
        return int(written)
    try:
        return rounded(float(written), written)
    except ValueError:
        return text(written)


def rounded(value: float, written: str = "") -> Cell:
    """A float as it is shown, to 15 digits; whole ones as int, ruined ones told as such."""
    if not math.isfinite(value):
        return text(written or str(value))
    if abs(value) >= _WHOLE:
        return Ruined(_all_digits(written.strip() or repr(value)))
    near = float(f"{value:.15g}")
    return int(near) if near.is_integer() else near


def _all_digits(written: str) -> str:
    return written if len(written) > 40 else f"{Decimal(written):f}"[:40]


def moment(serial: float, *, from_1904: bool, time_only: bool = False) -> Cell:
    """A serial number as date, date with time, or time; a number where no calendar has it."""
    days = serial + 1 if not from_1904 and 1 <= serial < _LEAP else serial
    if not 0 <= days < _LAST_SERIAL or (not from_1904 and int(serial) == _LEAP):
        return rounded(serial)
    if serial == 0 and not from_1904 and not time_only:
        return 0
    try:
        found = _DAYS[from_1904] + dt.timedelta(seconds=round(days * 86400))
    except OverflowError:
        return rounded(serial)
    if time_only or (serial < 1 and not from_1904):
        return found.time()
    return found.date() if found.time() == dt.time() else found


def duration(serial: float) -> Cell:
    """A span of time as it is shown, in hours and minutes.

    >>> duration(1.5)
    '36:00'
    """
    if not 0 <= serial < _LAST_SERIAL:
        return rounded(serial)
    hours, minutes = divmod(round(serial * 1440), 60)
    return f"{hours}:{minutes:02}"
