"""Reading a document: a value with its path, and every fault found on the way.

Each reading method reports what is wrong and gives back a harmless value, so that one reading
finds all faults; the result of a faulty reading is thrown away.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from .checks import names, numbers, shape
from .document import Document, as_date, join, one_line
from .faults import Fault, nearest_name

MOST_DECIMALS: Final = 6
LARGEST: Final = 10**9
YEARS: Final = range(1900, 2200)
MOST_LISTED: Final = 500
MOST_DAYS: Final = 36_600
MOST_MONTHS: Final = 120
_SHOWN: Final = 60
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


@dataclass
class Reading:
    """What a whole reading shares: the document, its parameters, the faults so far."""

    document: Document
    parameters: Mapping[str, Fraction] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    used_parameters: set[str] = field(default_factory=set)


class Node:
    """One value of a document at its path."""

    __slots__ = ("path", "reading", "value")

    def __init__(self, value: Any, path: str, reading: Reading) -> None:
        self.value = value
        self.path = path
        self.reading = reading

    def __repr__(self) -> str:
        return f"Node({self.path!r}, {self.value!r})"

    def fault(
        self,
        id: str,
        found: object = None,
        allowed: Iterable[str] | Mapping[str, str] = (),
        **facts: str,
    ) -> None:
        """Report a fault at this place. ``allowed`` may map codes to their Chinese words."""
        shown = shorten(self._quoted() if found is None else found)
        options = tuple(allowed)
        line = self.reading.document.lines.get(self.path)
        # Only a name that nobody knows may be a slip; others stand in the wrong place.
        nearest = nearest_name(shown, options) if id.startswith("unknown-") else None
        file = self.reading.document.file
        words = tuple(allowed.values()) if isinstance(allowed, Mapping) else ()
        words = words if all(isinstance(word, str) for word in words) else ()
        self.reading.faults.append(
            Fault(id, self.path, shown, options, nearest, line, file, words, facts)
        )

    def _quoted(self) -> object:
        """The value, and beside the name of a parameter the number it stands for."""
        value = self.value
        if isinstance(value, dict) and set(value) == {"parameter"}:
            number = self.reading.parameters.get(str(value["parameter"]))
            if number is not None:
                return f"{value['parameter']} = {float(number):g}"
        return value

    def child(self, key: str | int) -> Node:
        return Node(self.value[key], join(self.path, key), self.reading)

    def fields(
        self, allowed: Iterable[str] | None, required: Iterable[str] = ()
    ) -> dict[str, Node]:
        """The entries of a mapping; unknown and missing keys are faults.

        An empty entry counts as absent; where every name is allowed the caller sees it.
        """
        known = None if allowed is None else tuple(allowed)
        if not isinstance(self.value, dict):
            self.fault(shape.NOT_A_MAPPING, allowed=known or ())
            return {}
        children = {key: self.child(key) for key in self.value}
        for key, child in children.items():
            if known is not None and key not in known:
                child.fault(shape.UNKNOWN_KEY, key, known)
        for key in required:
            if children.get(key) is None or children[key].value is None:
                self.fault(shape.MISSING_KEY, key)
        return {
            k: c
            for k, c in children.items()
            if known is None or (c.value is not None and k in known)
        }

    def entries(self) -> list[Node]:
        """The entries of a list; anything else is a fault."""
        if not isinstance(self.value, list):
            self.fault(shape.NOT_A_LIST)
            return []
        return [self.child(i) for i in range(len(self.value))]

    def is_filled(self) -> bool:
        """Whether a list or mapping has some entries and no more than the database takes."""
        many = len(self.value) if isinstance(self.value, list | dict) else 1
        if not many:
            self.fault(shape.EMPTY_LIST, self.path.rpartition(".")[2])
        elif many > MOST_LISTED:
            self.fault(shape.LIST_TOO_LONG, many, most=str(MOST_LISTED))
        return 0 < many <= MOST_LISTED

    def filled(self) -> list[Node]:
        """The entries of a list that must have some, and not too many."""
        return self.entries() if self.is_filled() else []

    def text(self) -> str:
        if isinstance(self.value, str) and self.value:
            return self.value
        self.fault(shape.NOT_TEXT)
        return ""

    def id(self) -> str:
        whole = isinstance(self.value, int) and not isinstance(self.value, bool)
        value = str(self.value) if whole else self.text()
        if value and not _ID.match(value):
            self.fault(shape.NOT_AN_ID)
        return value

    def boolean(self) -> bool:
        if isinstance(self.value, bool):
            return self.value
        self.fault(shape.NOT_TRUE_OR_FALSE)
        return False

    def date(self) -> dt.date:
        found = as_date(self.value)
        if found is None:
            self.fault(shape.NOT_A_DATE)
            return dt.date(2000, 1, 1)
        self.check_year(found)
        return found

    def check_year(self, date: dt.date) -> None:
        """Refuse the years that only a slip of the keyboard writes."""
        if date.year not in YEARS:
            self.fault(numbers.DATE_OUT_OF_BOUNDS)

    def choice(self, options: Iterable[str], id: str = shape.UNKNOWN_CHOICE) -> str:
        allowed = tuple(options)
        if self.value in allowed:
            return str(self.value)
        self.fault(id, allowed=allowed)
        return allowed[0]

    def number(self) -> Fraction:
        """The number written, or that of ``{parameter: name}``; in bounds, exact."""
        value = self.value
        if isinstance(value, dict) and set(value) == {"parameter"}:
            return self._parameter()
        found = exact_number(value)
        if found is None:
            self.fault(shape.NOT_A_NUMBER)
            return Fraction(1)
        if not in_bounds(found):
            self.fault(numbers.TOO_FINE_OR_LARGE)
            return Fraction(1)
        return found

    def _parameter(self) -> Fraction:
        name = shorten(self.value["parameter"])
        known = self.reading.parameters
        if name not in known:
            self.child("parameter").fault(names.UNKNOWN_PARAMETER, allowed=known)
            return Fraction(1)
        self.reading.used_parameters.add(name)
        return known[name]

    def positive(self) -> Fraction:
        found = self.number()
        if found <= 0:
            self.fault(numbers.NOT_POSITIVE)
            return Fraction(1)
        return found

    def not_negative(self) -> Fraction:
        found = self.number()
        if found < 0:
            self.fault(numbers.NEGATIVE)
            return Fraction(0)
        return found

    def share(self) -> Fraction:
        """A number from 0 to 1."""
        found = self.not_negative()
        if found > 1:
            self.fault(numbers.ABOVE_ONE)
            return Fraction(1)
        return found

    def whole(self, least: int = 0) -> int:
        found = self.number()
        if found.denominator != 1 or found < least:
            self.fault(numbers.NOT_WHOLE if found.denominator != 1 else numbers.NOT_POSITIVE)
            return least
        return int(found)

    def days(self) -> int:
        """A whole number of days, forwards or back."""
        found = self.number()
        if found.denominator != 1:
            self.fault(numbers.NOT_WHOLE)
        elif abs(found) > MOST_DAYS:
            self.fault(numbers.TOO_LONG, most=f"{MOST_DAYS} 天", most_en=f"{MOST_DAYS} days")
        else:
            return int(found)
        return 0

    def months(self) -> int:
        found = self.whole(1)
        if found > MOST_MONTHS:
            self.fault(
                numbers.TOO_LONG, most=f"{MOST_MONTHS} 个月", most_en=f"{MOST_MONTHS} months"
            )
            return 1
        return found

    def hundredths(self) -> int:
        """A number with at most two decimals, in hundredths."""
        found = self.number() * 100
        if found.denominator != 1:
            self.fault(numbers.POINTS_TOO_FINE)
            return 0
        return int(found)


def exact_number(value: object) -> Fraction | None:
    """The number exactly as written, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        # 1e999999999 would fill the memory as a fraction; it is out of bounds all the same.
        sizes = (value.adjusted(), value.as_tuple().exponent)
        fits = all(isinstance(size, int) and abs(size) < 100 for size in sizes)
        return Fraction(value) if fits else Fraction(LARGEST + 1)
    return None


def in_bounds(number: Fraction) -> bool:
    """At most six decimals and a thousand million, so that products stay whole in 64 bits."""
    fine_enough = (number * 10**MOST_DECIMALS).denominator == 1
    return fine_enough and abs(number) <= LARGEST


def shorten(value: object) -> str:
    """A value as a person would quote it; nothing where it is empty."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, dict):
        value = "{" + ", ".join(f"{k}: …" for k in list(value)[:_SHOWN]) + "}"
    if isinstance(value, list):
        value = "[" + ", ".join(shorten(v) for v in value[:_SHOWN]) + "]"
    return one_line(str(value), _SHOWN)
