"""Between which numbers a parameter may be set: found by asking the engine, not written twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Final

from jinwei.engine.document import parse_document
from jinwei.engine.faults import Fault, StandardRefused
from jinwei.engine.standard import read_standard

_OF_NUMBERS: Final = frozenset(
    ("negative-number", "not-positive", "not-whole", "share-above-one", "target-above-one")
)
_NAMED: Final = re.compile(r"([A-Za-z0-9._-]+) = -?[0-9]")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the places that use a parameter allow."""

    negative: bool = True
    nought: bool = True
    above_one: bool = True
    fractions: bool = True


@lru_cache(maxsize=32)
def bounds_of(text: str) -> Mapping[str, Bounds]:
    """The bounds of every parameter of a text without faults, by trying one number for all."""
    document = parse_document(text)
    names = [parameter.id for parameter in read_standard(document).parameters]

    def refused(number: str) -> set[str]:
        try:
            read_standard(document, dict.fromkeys(names, number))
        except StandardRefused as refusal:
            return {n for f in refusal.faults if f.id in _OF_NUMBERS for n in named_by(f)}
        return set()

    negative, nought, above, fraction = map(refused, ("-1", "0", "2", "0.5"))
    return {
        name: Bounds(
            negative=name not in negative,
            nought=name not in nought,
            above_one=name not in above,
            fractions=name not in fraction,
        )
        for name in names
    }


def named_by(fault: Fault) -> Iterator[str]:
    """The parameter a fault is about: the engine quotes it as “coverage = 1.5”."""
    if "name" in fault.facts:
        yield fault.facts["name"]
    elif match := _NAMED.match(fault.found):
        yield match.group(1)
    elif fault.where.endswith("=…"):
        yield fault.where.removesuffix("=…")


def faults_of(
    text: str, settings: Mapping[str, str]
) -> tuple[dict[str, list[Fault]], Iterable[Fault]]:
    """What is wrong with some settings of a text: by parameter, and the rest."""
    try:
        read_standard(parse_document(text), settings)
    except StandardRefused as refusal:
        by_name: dict[str, list[Fault]] = {}
        rest = []
        for fault in refusal.faults:
            named = [name for name in named_by(fault) if name in settings]
            for name in named:
                by_name.setdefault(name, []).append(_of_number(fault, name))
            rest += [] if named else [fault]
        return by_name, rest
    return {}, ()


def _of_number(fault: Fault, name: str) -> Fault:
    """The fault as it is told beside the field, where the parameter needs no naming."""
    return replace(fault, found=fault.found.removeprefix(f"{name} = "))


def same_number(written: str, number: Fraction) -> bool:
    """Whether a text says the number; what says none is another."""
    try:
        return Fraction(written.strip()) == number
    except (ValueError, ZeroDivisionError):
        return False
