"""From raw tables to typed columns: names of tables and headings, types, required cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from jinwei.datasets import kinds
from jinwei.datasets.dataset import Dataset, Row, Value
from jinwei.datasets.report import ROWS, Origin, Report, shown
from jinwei.datasets.values import (
    BOOLEAN_WORDS,
    PLAIN_BOOLEANS,
    Bad,
    Result,
    as_text,
    convert_column,
    converter,
)
from jinwei.engine.catalogue import BOOLEAN, Catalogue, Column, Table
from jinwei.engine.faults import nearest_name


@dataclass(slots=True)
class RawTable:
    """A table as it was found: a name, headings and as many columns of cells, row numbers.

    ``numbers`` and ``lines`` are as in :class:`Origin`; ``words`` accepts yes, no, 是 and 否 as
    booleans beside true and false. ``repeated`` are headings that a single row gave more than
    once: index and line.
    """

    name: str
    headings: list[object]
    columns: list[Sequence[object]]
    numbers: Sequence[int]
    counted: str = ROWS
    file: str | None = None
    lines: Sequence[int] | None = None
    words: bool = True
    repeated: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@dataclass(slots=True)
class Typed:
    """A table with its typed columns by name; every stored column is there."""

    origin: Origin
    columns: dict[str, list[Value]]

    @property
    def table(self) -> Table:
        return self.origin.table


TypedTables = dict[str, Typed]


def typed_tables(raw: Iterable[RawTable], catalogue: Catalogue, report: Report) -> TypedTables:
    """Every known table of ``raw`` typed; what is wrong goes to the report."""
    names = {t.heading: t for t in catalogue.tables} | {t.name: t for t in catalogue.tables}
    found: TypedTables = {}
    for one in raw:
        table = names.get(one.name.strip()) or names.get(one.name.strip().lower())
        if table is None:
            _unknown_table(one, catalogue, report)
            continue
        rank = catalogue.tables.index(table)
        origin = Origin(table, one.numbers, one.counted, one.file, one.lines, rank)
        if table.name in found:
            report.add(kinds.DUPLICATE_TABLE, origin, None, None, found=one.name)
        elif not one.headings and one.counted == ROWS:
            report.add(kinds.NO_HEADINGS, origin, None, None)
        else:
            found[table.name] = _typed(one, origin, report)
    return found


def dataset_of(tables: TypedTables, catalogue: Catalogue) -> Dataset:
    """The data set of typed tables, in the order of the catalogue, without empty tables."""
    rows: dict[str, list[Row]] = {}
    for table in catalogue.tables:
        if table.name in tables and len(tables[table.name].origin.numbers):
            columns = tables[table.name].columns
            cells = (columns[c.name] for c in table.stored)
            rows[table.name] = list(zip(*cells, strict=True))
    return Dataset(rows)


def _unknown_table(raw: RawTable, catalogue: Catalogue, report: Report) -> None:
    names = tuple(t.name for t in catalogue.tables)
    headings = tuple(t.heading for t in catalogue.tables)
    nearest = nearest_name(raw.name, (*names, *headings))
    report.about_file(
        kinds.UNKNOWN_TABLE,
        raw.file,
        where=raw.name,
        found=raw.name,
        allowed=names,
        nearest=nearest,
    )


def _typed(raw: RawTable, origin: Origin, report: Report) -> Typed:
    cells = _named_columns(raw, origin, report)
    typed = Typed(origin, {})
    for column in origin.table.stored:
        if column.name in cells:
            convert = converter(column, words=raw.words)
            values = convert_column(cells[column.name], convert)
            typed.columns[column.name] = _checked(values, column, raw, origin, report)
        else:
            typed.columns[column.name] = [None] * len(raw.numbers)
            if column.required and len(raw.numbers):
                headings = ", ".join(str(h) for h in raw.headings)
                report.add(kinds.MISSING_COLUMN, origin, None, column.name, found=headings)
    return typed


def _named_columns(raw: RawTable, origin: Origin, report: Report) -> dict[str, Sequence[object]]:
    """The raw cells by column name; unknown and repeated headings are reported and left out."""
    table = origin.table
    columns = sorted(table.columns, key=lambda c: not c.derived)
    names = {c.heading: c for c in columns} | {c.name: c for c in columns}
    cells: dict[str, Sequence[object]] = {}
    for heading, values in zip(raw.headings, raw.columns, strict=True):
        text = as_text(heading) or ""
        column = names.get(text) or names.get(text.lower())
        if not text:
            _report_extra(values, origin, report)
        elif column is None:
            _unknown_column(text, origin, report)
        elif column.derived:
            report.add(kinds.DERIVED_COLUMN, origin, None, column.name, found=text)
        elif column.name in cells:
            report.add(kinds.DUPLICATE_HEADING, origin, None, column.name, found=text)
        else:
            cells[column.name] = values
            for index, line in raw.repeated.get(text, ()):
                report.add(
                    kinds.DUPLICATE_HEADING, origin, index, column.name, found=text, line=line
                )
    return cells


def _report_extra(cells: Sequence[object], origin: Origin, report: Report) -> None:
    for index, cell in enumerate(cells):
        found = as_text(cell)
        if found is not None:
            report.add(kinds.EXTRA_CELL, origin, index, None, found=found)


def _unknown_column(text: str, origin: Origin, report: Report) -> None:
    stored = origin.table.stored
    names = tuple(c.name for c in stored)
    headings = tuple(c.heading for c in stored)
    report.add(
        kinds.UNKNOWN_COLUMN,
        origin,
        None,
        text,
        found=text,
        allowed=names,
        nearest=nearest_name(text, (*names, *headings)),
        allowed_zh="、".join(headings),
        allowed_en=", ".join(names),
    )


def _checked(
    results: list[Result], column: Column, raw: RawTable, origin: Origin, report: Report
) -> list[Value]:
    """The values of a column; what is refused is reported and stands as None."""
    if column.required and None in results:
        _report_missing(results, column, origin, report)
    if not any(type(result) is Bad for result in set(results)):
        return results  # type: ignore[return-value]
    values: list[Value] = []
    for index, result in enumerate(results):
        if isinstance(result, Bad):
            _report_bad(result, index, column, raw, origin, report)
            values.append(None)
        else:
            values.append(result)
    return values


def _report_missing(results: list[Result], column: Column, origin: Origin, report: Report) -> None:
    id = kinds.MISSING_KEY if column.name == origin.table.key else kinds.MISSING_VALUE
    for index, result in enumerate(results):
        if result is None:
            report.add(id, origin, index, column.name)


_TRUTH_ZH: Final = {True: "true、false、yes、no、是、否、1、0", False: "true、false"}


def _report_bad(
    bad: Bad,
    index: int,
    column: Column,
    raw: RawTable,
    origin: Origin,
    report: Report,
) -> None:
    allowed: tuple[str, ...] = ()
    words = ""
    if column.codes is not None:
        allowed = tuple(column.codes)
        words = "、".join(column.codes.values())
    elif column.kind == BOOLEAN:
        allowed = tuple(BOOLEAN_WORDS if raw.words else PLAIN_BOOLEANS)
        words = _TRUTH_ZH[raw.words]
    report.add(
        bad.id,
        origin,
        index,
        column.name,
        found=shown(bad.found),
        allowed=allowed,
        nearest=bad.nearest,
        allowed_zh=words,
        allowed_en=", ".join(allowed),
    )
