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
from .document import Document, as_date, join
from .faults import Fault, nearest_name

MOST_DECIMALS: Final = 6
LARGEST: Final = 10**9
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
        self, id: str, found: object = None, allowed: Iterable[str] = (), **facts: str
    ) -> None:
        """Report a fault at this place."""
        shown = shorten(self.value if found is None else found)
        options = tuple(allowed)
        line = self.reading.document.lines.get(self.path)
        nearest = nearest_name(shown, options)
        file = self.reading.document.file
        self.reading.faults.append(Fault(id, self.path, shown, options, nearest, line, file, facts))

    def child(self, key: str | int) -> Node:
        return Node(self.value[key], join(self.path, key), self.reading)

    def fields(
        self, allowed: Iterable[str] | None, required: Iterable[str] = ()
    ) -> dict[str, Node]:
        """The entries of a mapping; unknown and missing keys are faults."""
        if not isinstance(self.value, dict):
            self.fault(shape.NOT_A_MAPPING)
            return {}
        known = None if allowed is None else tuple(allowed)
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
            if c.value is not None and (known is None or k in known)
        }

    def entries(self) -> list[Node]:
        """The entries of a list; anything else is a fault."""
        if not isinstance(self.value, list):
            self.fault(shape.NOT_A_LIST)
            return []
        return [self.child(i) for i in range(len(self.value))]

    def text(self) -> str:
        if isinstance(self.value, str) and self.value:
            return self.value
        self.fault(shape.NOT_TEXT)
        return ""

    def id(self) -> str:
        value = str(self.value) if isinstance(self.value, int | str) else self.text()
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
        return found

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
        name = self.value["parameter"]
        known = self.reading.parameters
        if name not in known:
            self.child("parameter").fault(names.UNKNOWN_PARAMETER, allowed=known)
            return Fraction(1)
        self.reading.used_parameters.add(str(name))
        return known[str(name)]

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
        return Fraction(value) if abs(value.adjusted()) < 100 else Fraction(LARGEST + 1)
    return None


def in_bounds(number: Fraction) -> bool:
    """At most six decimals and a thousand million, so that products stay whole in 64 bits."""
    fine_enough = (number * 10**MOST_DECIMALS).denominator == 1
    return fine_enough and abs(number) <= LARGEST


def shorten(value: object) -> str:
    """A value as a person would quote it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "（空）"
    if isinstance(value, dict):
        value = "{" + ", ".join(f"{k}: …" for k in value) + "}"
    if isinstance(value, list):
        value = "[" + ", ".join(str(v) for v in value) + "]"
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
