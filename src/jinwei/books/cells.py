"""Amounts, numbers, yes and no, names and codes as people write them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from jinwei.engine.catalogue import Column

from . import kinds
from .days import Bad, bad
from .folding import folded, tidy
from .garbled import is_garbled
from .grid import Cell, Error, Ruined, Unreckoned
from .words import DASHES, ETHNICITIES, NO, SEXES, WORDS, YES

_FIGURE: Final = r"([+-]?[\d,]*\.?\d+|[+-]?[\d,]+\.?)"
_AMOUNT: Final = re.compile(rf"(?:人民币|[¥￥$]|rmb|cny)?{_FIGURE}(?:元整|元|圆)?")
_UNITS: Final = "人次|人|次|项|票|份|个|名|学时|小时|h|分"
_COUNT: Final = re.compile(rf"{_FIGURE}(?:{_UNITS})?")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DIGITS: Final = 10
_MOST_TEXT: Final = 1_000
_LONGEST_FIGURE: Final = 40
_LONGEST_DASH: Final = 4
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003134f]")
_DOTS: Final = str.maketrans("•‧∙・．｡", "······")
_POINT: Final = re.compile("(?<=[\u3400-\u9fff])\\.(?=[\u3400-\u9fff])")
_AS_POWER: Final = re.compile(r"\d(\.\d+)?e\+\d+")
_ROUNDED: Final = re.compile(r"\d{15}000")
_MOBILE: Final = re.compile(r"(?:\+?86)?(1\d{10})")


def spoiled(cell: Cell) -> Bad | None:
    """What no column can read: garbled text, a failed or unreckoned formula."""
    if isinstance(cell, str):
        return bad(kinds.GARBLED, cell[:20]) if is_garbled(cell) else None
    if isinstance(cell, Error):
        return bad(kinds.FORMULA_FAILED, cell)
    return bad(kinds.UNRECKONED, cell) if isinstance(cell, Unreckoned) else None


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, white space, or a dash that stands for nothing."""
    if not isinstance(cell, str):
        return cell is None
    return not (len(cell) > _LONGEST_DASH and cell.isalnum()) and folded(cell) in DASHES


def text(cell: Cell) -> str | Bad:
    """A cell as text of one line; numbers without the noise of binary fractions."""
    found = tidy(cell) if isinstance(cell, str) else _shown(cell)
    if isinstance(found, str) and len(found) > _MOST_TEXT:
        return Bad(kinds.TOO_LONG, (("n", str(len(found))), ("most", str(_MOST_TEXT))))
    return found


def _shown(cell: Cell) -> str | Bad:
    """A cell that is no text, as one."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Ruined):
        return bad(kinds.NUMBER_RUINED, cell.shown)
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == dt.time() else f"{cell:%Y-%m-%d %H:%M}"
    return tidy(str(cell))


def name(cell: Cell) -> str | Bad:
    """The name of a person: no blanks between Chinese characters, one between Latin words.

    >>> name("王　 明"), name("阿卜杜拉 · 买买提"), name("Maria  Li")
    ('王明', '阿卜杜拉·买买提', 'Maria Li')
    """
    found = text(cell)
    if isinstance(found, Bad):
        return found
    if found.isalpha():
        return found
    if not any(character.isalpha() for character in found):
        return bad(kinds.NOT_A_NAME, found)
    if not _HAN.search(found):
        return found
    return _POINT.sub("·", re.sub(r"\s+", "", found).translate(_DOTS))


def hundredths(cell: Cell) -> int | Bad:
    """An amount in whole hundredths, exact.

    >>> hundredths("￥1,225.50"), hundredths("25.5元"), hundredths(0.1 + 0.2)
    (122550, 2550, 30)
    """
    return _number(cell, _AMOUNT, 2, kinds.NOT_AN_AMOUNT)


def hours(cell: Cell) -> int | Bad:
    """A number of hours or points in hundredths; a unit may stand behind."""
    return _number(cell, _COUNT, 2, kinds.NOT_A_NUMBER)


def whole(cell: Cell) -> int | Bad:
    """A whole number; a unit may stand behind (12人)."""
    return _number(cell, _COUNT, 0, kinds.NOT_A_NUMBER)


def _number(cell: Cell, pattern: re.Pattern[str], decimals: int, unreadable: str) -> int | Bad:
    shown = f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()
    if isinstance(cell, bool | dt.date | dt.time | Ruined):
        return bad(unreadable, shown)
    match = pattern.fullmatch(folded(shown)) if len(shown) <= _LONGEST_FIGURE else None
    digits = match[1] if match else ""
    if not match or ("," in digits and not _THOUSANDS.fullmatch(digits)):
        return bad(unreadable, shown)
    return _exact(shown, digits.replace(",", ""), decimals)


def _exact(shown: str, digits: str, decimals: int) -> int | Bad:
    number = Decimal(digits)
    if number < 0:
        return bad(kinds.NEGATIVE, shown)
    if number >= 10**_DIGITS:
        return bad(kinds.TOO_LARGE, shown)
    scaled = number.scaleb(decimals)
    if scaled != scaled.to_integral_value():
        return bad(kinds.TOO_PRECISE if decimals else kinds.NOT_WHOLE, shown)
    return int(scaled)


def boolean(cell: Cell) -> bool | Bad:
    """Yes or no, in any of the ways offices write it."""
    if isinstance(cell, bool):
        return cell
    said = folded(str(cell))
    if said in YES or said in NO:
        return said in YES
    return bad(kinds.NOT_A_BOOLEAN, str(cell).strip())


def sex(cell: Cell) -> str | Bad:
    """男 or 女."""
    found = SEXES.get(folded(str(cell)))
    return found if found else bad(kinds.SEX_UNKNOWN, str(cell).strip())


def ethnicity(cell: Cell) -> str | Bad:
    """汉 is 汉族; what is none of the fifty-six stays as written.

    >>> ethnicity("汉"), ethnicity("维吾尔族")
    ('汉族', '维吾尔族')
    """
    found = text(cell)
    if isinstance(found, Bad):
        return found
    said = folded(found)
    if said.removesuffix("族") in ETHNICITIES:
        return f"{said.removesuffix('族')}族"
    return found


def id_number(cell: Cell) -> str | Bad:
    """An identity number without white space; whether it can be is another question."""
    if isinstance(cell, Ruined):
        return bad(kinds.NUMBER_RUINED, cell.shown)
    if isinstance(cell, float):
        return bad(kinds.NUMBER_RUINED, f"{cell:.15g}")
    said = str(cell)
    if not (said.isascii() and said.isalnum()):
        said = folded(said).lstrip("'‘’`").replace("-", "")
    if _AS_POWER.fullmatch(said):
        return bad(kinds.NUMBER_RUINED, said)
    return said.upper()


def is_rounded(number: str) -> bool:
    """Whether an identity number may be what is left of one that was kept as a float."""
    return bool(_ROUNDED.fullmatch(number))


def phone(cell: Cell) -> str | Bad:
    """A telephone number; a mobile one without what is set between its digits.

    >>> phone(13800138000), phone("138-0013 8000"), phone("010-6555 1234")
    ('13800138000', '13800138000', '010-6555 1234')
    """
    if isinstance(cell, float):
        return bad(kinds.NUMBER_RUINED, f"{cell:.15g}")
    found = text(cell)
    if isinstance(found, Bad):
        return found
    said = folded(found).lstrip("'‘’`")
    if _AS_POWER.fullmatch(said):
        return bad(kinds.NUMBER_RUINED, found)
    mobile = _MOBILE.fullmatch(said.replace("-", ""))
    return mobile[1] if mobile else found.lstrip("'‘’`")


def code(cell: Cell, column: Column, table: str) -> str | Bad:
    """The code of a word; :data:`kinds.UNKNOWN_KIND` where it is on no list."""
    found = _codes(table, column).get(folded(str(cell)))
    if found is not None:
        return found
    unknown = kinds.UNKNOWN_STATUS if column.name == "status" else kinds.UNKNOWN_KIND
    return bad(unknown, str(cell).strip())


@lru_cache(maxsize=64)
def _codes(table: str, column: Column) -> dict[str, str]:
    codes = (column.codes or {}).items()
    known = {folded(word): code for code, word in codes} | {folded(code): code for code, _ in codes}
    for code, words in WORDS.get((table, column.name), {}).items():
        known |= {folded(word): code for word in words.split()}
    return known
