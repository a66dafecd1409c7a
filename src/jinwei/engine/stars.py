"""Stars and grades of a standard (section 8)."""

from __future__ import annotations

from fractions import Fraction

from .checks import names, shape, totals
from .node import Node, exact_number
from .schema import Grade, StarRow, Words
from .texts import read_words


def read_stars(node: Node, tiers: tuple[str, ...]) -> tuple[StarRow, ...]:
    """The rows of stars, falling from row to row."""
    rows = node.filled()
    before: int | None = None
    for row in rows:
        stars = row.value.get("stars") if isinstance(row.value, dict) else None
        number = _star_number(stars)
        if number is not None and before is not None and number >= before:
            row.child("stars").fault(totals.STARS_ORDER)
        before = number if number is not None else before
    return tuple(_read_star_row(row, tiers) for row in rows)


def _read_star_row(node: Node, known: tuple[str, ...]) -> StarRow:
    fields = node.fields(("stars", "score", "tiers"), ("stars", "score"))
    tiers = fields["tiers"].fields(None) if "tiers" in fields else {}
    for name, child in tiers.items():
        if name not in known:
            child.fault(names.UNKNOWN_TIER, name, known)
    return StarRow(
        stars=read_star_number(fields["stars"]) if "stars" in fields else 0,
        score=fields["score"].number() if "score" in fields else Fraction(0),
        tiers=tuple((name, child.share()) for name, child in tiers.items()),
    )


def read_star_number(node: Node) -> int:
    """A number of stars, 0 to 5."""
    number = _star_number(node.value)
    if number is None:
        node.fault(shape.UNKNOWN_CHOICE, allowed=map(str, range(6)))
        return 0
    return number


def read_grades(node: Node, with_stars: bool) -> tuple[Grade, ...]:
    """Which stars make which grade; a number of stars belongs to one grade."""
    if not with_stars:
        node.fault(totals.GRADES_WITHOUT_STARS, "grades")
    taken: set[int] = set()
    return tuple(_read_grade(entry, taken) for entry in node.entries())


def _read_grade(node: Node, taken: set[int]) -> Grade:
    fields = node.fields(("grade", "stars"), ("grade", "stars"))
    stars = set()
    for entry in fields["stars"].filled() if "stars" in fields else []:
        number = read_star_number(entry)
        if number in taken and number == _star_number(entry.value):
            entry.fault(totals.GRADE_TWICE)
        taken.add(number)
        stars.add(number)
    title = read_words(fields["grade"]) if "grade" in fields else Words("", "")
    return Grade(title, frozenset(stars))


def _star_number(value: object) -> int | None:
    number = exact_number(value)
    return int(number) if number is not None and number in range(6) else None
