"""From what a cell holds to what the data set stores, one unique value at a time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Final, TypeAlias, cast

from jinwei.datasets import kinds
from jinwei.datasets.dataset import Value
from jinwei.engine.catalogue import BOOLEAN, CODE, DATE, HUNDREDTHS, MONTH, WHOLE, Column
from jinwei.engine.faults import nearest_name

BOOLEAN_WORDS: Final = {
    "true": True,
    "false": False,
    "yes": True,
    "no": False,
    "是": True,
    "否": False,
    "1": True,
    "0": False,
}
"""What a table of text accepts; YAML accepts the first two only."""
PLAIN_BOOLEANS: Final = {"true": True, "false": False}

_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_CONTROL: Final = re.compile(f"[{_CONTROLS}]")
_UNCLEAN: Final = re.compile(f"[{_CONTROLS}\r]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?")
_OTHER_DATE: Final = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})日?")
_DIGITS: Final = 10  # products with a standard's numbers stay whole in 64 bits
_FEW: Final = 15


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that is refused: the id of the fault, what it shows, what may have been meant."""

    id: str
    found: str
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """A list, a mapping or another thing that is no single value, as it is shown."""

    text: str


Result: TypeAlias = Value | Bad
Converter: TypeAlias = Callable[[object], Result]
_SINGLE: Final = (str, bool, int, float, Decimal, date, datetime, time, timedelta, NoneType)


def converter(column: Column, *, words: bool = True) -> Converter:
    """What turns a cell of the column into the stored value or :class:`Bad`.

    ``words`` accepts :data:`BOOLEAN_WORDS` in a boolean column, else only true and false.
    """
    if column.codes is not None and column.kind == CODE:
        return _code_converter(column.codes)
    if column.kind == BOOLEAN:
        return _boolean_converter(BOOLEAN_WORDS if words else PLAIN_BOOLEANS)
    return _CONVERTERS.get(column.kind, _text)


def convert_column(cells: Sequence[object], convert: Converter) -> list[Result]:
    """Every cell converted; each different cell is converted once."""
    types = set(map(type, cells))
    if types <= {str, NoneType}:
        known = _known(cast("set[str | None]", set(cells)), convert)
        return [known[cell] for cell in cells]
    if not types <= set(_SINGLE):
        cells = [c if isinstance(c, _SINGLE) else _structure(c) for c in cells]
    pairs = list(zip(map(type, cells), cells, strict=True))
    by_pair = {pair: _single(pair[1], convert) for pair in set(pairs)}
    return [by_pair[pair] for pair in pairs]


def _known(cells: set[str | None], convert: Converter) -> dict[object, Result]:
    """The result of each different cell; clean texts, the most frequent case, go together."""
    if convert is _text:
        texts = [cell for cell in cells if cell is not None]
        if not _UNCLEAN.search("\n".join(texts)):
            stripped: dict[object, Result] = {text: text.strip() or None for text in texts}
            return stripped | {None: None}
    return {cell: convert(cell) for cell in cells}


def _structure(cell: object) -> Structure:
    return cell if isinstance(cell, Structure) else Structure(str(cell))


def _single(cell: object, convert: Converter) -> Result:
    if isinstance(cell, Structure):
        return Bad(kinds.NOT_A_VALUE, cell.text)
    return convert(cell)


def as_text(cell: object) -> str | None:
    """A cell as text without outer white space; None where it is empty.

    Numbers lose the noise of binary fractions, dates are ISO, booleans ``true`` and ``false``.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, Decimal):
        return _decimal_text(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == cell.time().min
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _float_text(number: float) -> str:
    """As a spreadsheet shows it: fifteen digits, so that 0.1 + 0.2 is 0.3."""
    return _decimal_text(Decimal(format(number, ".15g"))) if math.isfinite(number) else str(number)


def _decimal_text(number: Decimal) -> str:
    if not number.is_finite() or abs(number.adjusted()) > 2 * _FEW:
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(cell: object) -> Result:
    text = as_text(cell)
    if text is None:
        return None
    odd = _CONTROL.search(text)
    if odd is not None:
        return Bad(kinds.CONTROL_CHARACTER, f"U+{ord(odd.group()):04X}")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _date(cell: object) -> Result:
    text = as_text(cell)
    if text is None or _iso_date(text):
        return text
    return Bad(kinds.NOT_A_DATE, text, _meant_date(text))


def _iso_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _meant_date(text: str) -> str | None:
    """The ISO date that another way of writing a date means, or None.

    >>> _meant_date("2025年3月5日")
    '2025-03-05'
    """
    match = _OTHER_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    iso = f"{year}-{int(month):02}-{int(day):02}"
    return iso if _iso_date(iso) else None


def _month(cell: object) -> Result:
    text = as_text(cell)
    if text is None:
        return None
    if isinstance(cell, date) and text[8:] == "01":
        return text[:7]
    if _iso_date(text + "-01"):
        return text
    meant = _meant_date(re.sub("月?$", "-1", text))
    return Bad(kinds.NOT_A_MONTH, text, meant[:7] if meant else None)


def _hundredths(cell: object) -> Result:
    return _number(cell, 2, kinds.TOO_PRECISE)


def _whole(cell: object) -> Result:
    return _number(cell, 0, kinds.NOT_WHOLE)


def _number(cell: object, decimals: int, too_precise: str) -> Result:
    """An integer of the last decimal, exact; the fraction may have trailing zeros."""
    text = as_text(cell)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text):
        return _no_number(cell, text)
    units, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if len(units.lstrip("+-0")) > _DIGITS:
        return Bad(kinds.TOO_LARGE, text)
    if len(fraction) > decimals:
        return Bad(too_precise, text)
    return int(units + fraction.ljust(decimals, "0"))


def _no_number(cell: object, text: str) -> Bad:
    """A number whose exponent is beyond all use is still called too large, not no number."""
    if isinstance(cell, float | Decimal) and math.isfinite(cell):
        return Bad(kinds.TOO_PRECISE if -1 < cell < 1 else kinds.TOO_LARGE, text)
    return Bad(kinds.NOT_A_NUMBER, text)


def _boolean_converter(words: dict[str, bool]) -> Converter:
    def convert(cell: object) -> Result:
        text = as_text(cell)
        if text is None or isinstance(cell, bool):
            return cell if isinstance(cell, bool) else None
        known = words.get(text.lower() if len(words) > len(PLAIN_BOOLEANS) else text)
        return Bad(kinds.NOT_A_BOOLEAN, text) if known is None else known

    return convert


def _code_converter(codes: dict[str, str]) -> Converter:
    known = {word: code for code, word in codes.items()} | {code: code for code in codes}

    def convert(cell: object) -> Result:
        text = as_text(cell)
        if text is None or text in known:
            return None if text is None else known[text]
        return Bad(kinds.UNKNOWN_CODE, text, nearest_name(text, known))

    return convert


_CONVERTERS: Final[dict[str, Converter]] = {
    DATE: _date,
    MONTH: _month,
    HUNDREDTHS: _hundredths,
    WHOLE: _whole,
}
