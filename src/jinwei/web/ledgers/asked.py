"""What a list is asked for, read from the address and said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import MONTH, Table
from jinwei.ledgers.lists import WITHDRAWN, Asked, coded_columns, is_by_year
from jinwei.ledgers.marks import marks
from jinwei.ledgers.models import FACT_MODELS
from jinwei.norms import code_words

from .words import heading, mark_word, say


@dataclass(frozen=True, slots=True)
class Choice:
    """A column to narrow by: its words, and which one is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a list. ``own``: of this organization alone. ``usual``: what a list shows
    where nothing was asked.
    """

    asked: Asked
    own: bool
    choices: tuple[Choice, ...]
    usual: bool
    this_year: bool

    @property
    def first(self) -> str:
        return self.asked.first.isoformat() if self.asked.first else ""

    @property
    def last(self) -> str:
        return self.asked.last.isoformat() if self.asked.last else ""


def read_query(request: HttpRequest, table: Table, today: dt.date) -> Query:
    """From the address of a list; what cannot be read there is as if it were not asked."""
    get = request.GET
    year = dt.date(today.year, 1, 1)
    first = _day(get.get("from", ""))
    if "from" not in get and is_by_year(table):
        first = year
    last = _day(get.get("to", ""), month_end=True)
    choices = tuple(_choices(table, get))
    codes = tuple((c.name, c.chosen) for c in choices if c.chosen)
    mark = get.get("mark", "")
    if mark != WITHDRAWN and mark not in marks(FACT_MODELS[table.name]):
        mark = ""
    asked = Asked(codes, first, last, get.get("q", "").strip(), mark, get.get("sort", ""))
    this_year = first == year and last is None
    usual = not (codes or asked.text or last) and (this_year if is_by_year(table) else not first)
    return Query(asked, get.get("own") == "1", choices, usual, this_year)


def in_words(query: Query, table: Table) -> str:
    """What a list was narrowed to: “2026 年、党课”."""
    asked = query.asked
    said = [dict(c.options).get(c.chosen, c.chosen) for c in query.choices if c.chosen]
    if query.this_year and asked.first:
        said.insert(0, _("%(year)s 年") % {"year": asked.first.year})
    elif asked.first and asked.last:
        said.insert(0, _("%(first)s 至 %(last)s") % {"first": query.first, "last": query.last})
    elif asked.first:
        said.insert(0, _("%(day)s 以来") % {"day": query.first})
    elif asked.last:
        said.insert(0, _("%(day)s 以前") % {"day": query.last})
    if asked.text:
        said.append(_("含有“%(text)s”") % {"text": asked.text})
    if asked.mark:
        said.append(mark_word(table.name, asked.mark))
    if query.own:
        said.append(_("只看本组织"))
    return _("、").join(said)


def _choices(table: Table, get: QueryDict) -> Iterator[Choice]:
    words = say()
    for column in coded_columns(table):
        codes = list(column.codes or code_words().get(table.name, {}).get(column.name, {}))
        chosen = get.get(column.name, "")
        if chosen and chosen not in codes:
            codes.append(chosen)
        if codes:
            options = tuple((code, words.value(table.name, column, code)) for code in codes)
            yield Choice(column.name, heading(table, column), options, chosen)


def by_month(table: Table) -> bool:
    """Whether the days of a table are months."""
    return any(column.kind == MONTH for column in table.columns)


def _day(text: str, month_end: bool = False) -> dt.date | None:
    """A day, or a month: then its first day, or (``month_end``) its last."""
    try:
        if len(text) == len("2026-06"):
            first = dt.date.fromisoformat(f"{text}-01")
            after = (first + dt.timedelta(days=32)).replace(day=1)
            return after - dt.timedelta(days=1) if month_end else first
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
