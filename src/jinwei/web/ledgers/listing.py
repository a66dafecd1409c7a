"""The lines of a list: cells with words, names and links, and the state a row is in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.engine.catalogue import DATE, MONTH, Column, Table
from jinwei.engine.plan import Plan
from jinwei.ledgers.attachments import attachment_counts
from jinwei.ledgers.lists import Cells
from jinwei.ledgers.marks import RECORDED_IN_TIME
from jinwei.ledgers.names import Names
from jinwei.web.addresses import address

from .conditions import CONDITIONS, condition
from .counting import counts_for
from .words import days_word, heading, row_word, say, value_word

VERDICTS: Final = frozenset(("judgement", "exemption"))
"""Tables whose rows name an indicator of a standard."""
_DATED: Final = (DATE, MONTH)
NOTHING: Final = "–"
"""Stands where nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column; without ``key`` the list cannot be sorted by it."""

    label: str
    key: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place. ``shape``: the shape of a state beside its word.

    ``empty``: nothing is recorded; the cards of a phone leave it out.
    """

    text: str
    url: str = ""
    label: str = ""
    numeric: bool = False
    shape: str = ""
    dated: bool = False

    @property
    def empty(self) -> bool:
        return self.text == NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """One row; its first cell leads to the record."""

    cells: tuple[Cell, ...]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What lines need to know of the page they stand on.

    ``seen``: organizations whose pages the account may open; ``met``: those whose members'.
    """

    access: Access
    organization: str
    table: Table
    plan: Plan | None
    seen: frozenset[str]
    met: frozenset[str]


def place_of(
    access: Access, organization: str, table: Table, names: Names, plan: Plan | None = None
) -> Place:
    """The page, with what may be linked to from rows that refer to ``names``."""
    homes = {home for _name, home in names.members.values()}
    seen = _among(access, Act.SEE, names.organizations)
    return Place(access, organization, table, plan, seen, _among(access, Act.MEMBERS, homes))


def _among(access: Access, act: Act, codes: Collection[str]) -> frozenset[str]:
    if not codes or not access.may(act):
        return frozenset()
    rows = access.organizations(act).filter(code__in=list(codes))
    return frozenset(rows.values_list("code", flat=True))


def head_of(place: Place, columns: Sequence[Column]) -> tuple[Heading, ...]:
    found = [
        Heading(heading(place.table, c), c.name, c.numeric)
        for c in columns
        if c.name != "recorded_on"
    ]
    return (*found, *(Heading(label) for label in _more_headings(place)))


def lines(
    place: Place, columns: Sequence[Column], rows: Sequence[Cells], names: Names
) -> tuple[Line, ...]:
    """The rows of one page."""
    papers: Mapping[str, int] = {}
    if place.table.name == "meeting":
        papers = attachment_counts("meeting", [row["row_id"] for row in rows])
    return tuple(
        Line(tuple(_cells(place, columns, row, names, papers)), row["withdrawn_at"] is not None)
        for row in rows
    )


def record_url(organization: str, table: str, row_id: str) -> str:
    return reverse("ledgers:record", args=(organization, table, row_id))


def _cells(
    place: Place, columns: Sequence[Column], row: Cells, names: Names, papers: Mapping[str, int]
) -> Iterator[Cell]:
    url = record_url(place.organization, place.table.name, row["row_id"])
    for at, column in enumerate(c for c in columns if c.name != "recorded_on"):
        cell = cell_of(place, column, row, names)
        if at == 0:
            named = cell.text if row[column.name] is not None else row_word(place.table, row)
            cell = replace(cell, text=named, url=url)
        yield cell
    labels = _more_headings(place)
    if place.table.name == "meeting":
        yield _recorded(row, labels[0])
        n = papers.get(row["row_id"], 0)
        yield Cell(
            ngettext("%(n)d 份", "%(n)d 份", n) % {"n": n} if n else NOTHING, label=labels[1]
        )
        if place.plan is not None:
            counted = counts_for(place.plan, "meeting", row, place.access.day)
            yield Cell(" ".join(i.id for i in counted) or NOTHING, label=labels[2])
    elif labels:
        shape, word = condition(place.table, row, place.access.day)
        yield Cell(word, label=labels[0], shape=shape)


def _more_headings(place: Place) -> tuple[str, ...]:
    """Headings of what is no column of the table."""
    if place.table.name == "meeting":
        return (_("录入"), _("材料"), *((_("计入"),) if place.plan is not None else ()))
    return (_("情况"),) if place.table.name in CONDITIONS else ()


def cell_of(place: Place, column: Column, row: Cells, names: Names) -> Cell:
    """One value in words, with the name of whom it refers to."""
    value = row[column.name]
    label = heading(place.table, column)
    if value is None:
        return Cell(NOTHING, label=label, numeric=column.numeric)
    if column.refers_to == "organization":
        name = names.organizations.get(value, value)
        return Cell(name, _organization_url(place, value), label)
    if column.refers_to == "member" or (place.table.name, column.name) == ("post", "member"):
        name, home = names.members.get(value, (value, ""))
        return Cell(name, _member_url(place, value, home), label)
    if column.refers_to == "meeting":
        url = record_url(place.organization, "meeting", value)
        return Cell(_("会议记录"), url, label)
    text = _named(place, column, value) or value_word(place.table, column, value)
    return Cell(text, label=label, numeric=column.numeric, dated=column.kind in _DATED)


def _named(place: Place, column: Column, value: str) -> str:
    """Standard and indicator of a verdict by their titles, where they are of the standard here."""
    standard = place.plan.standard if place.plan is not None else None
    if standard is None or place.table.name not in VERDICTS:
        return ""
    language = say().language
    if column.name == "standard" and value == standard.id:
        return standard.title(language)
    found = {i.id: i for i in standard.indicators} if column.name == "indicator" else {}
    return f"{value} {found[value].title(language)}" if value in found else ""


def _organization_url(place: Place, code: str) -> str:
    return address("organization:standing", code) if code in place.seen else ""


def _member_url(place: Place, code: str, home: str) -> str:
    return address("members:member", home, code) if home in place.met else ""


def _recorded(row: Cells, label: str) -> Cell:
    if row["held_on"] is None or row["recorded_on"] is None:
        return Cell(NOTHING, label=label)
    after = row["recorded_on"] - row["held_on"]
    shape = "missed" if after > RECORDED_IN_TIME else "met"
    return Cell(days_word(after.days), label=label, shape=shape)
