"""What must hold between the rows of a data set: keys, references, days, the tree.

The kinds of faults are registered in :mod:`jinwei.datasets.kinds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from jinwei.datasets import kinds
from jinwei.datasets.dataset import Dataset, Value
from jinwei.datasets.report import Origin, Report
from jinwei.datasets.shape import Typed, TypedTables
from jinwei.datasets.tree import ALWAYS_AFTER, ALWAYS_BEFORE, Cycle, Steps, climb
from jinwei.engine.catalogue import CATALOGUE, Catalogue, Column
from jinwei.engine.faults import Fault, nearest_name

_FEW_KEYS: Final = 2000
"""Up to so many keys the nearest one is looked for; beyond, that takes too long."""
_OPEN_ZH: Final = "不限"
_OPEN_EN: Final = "open"

Span: TypeAlias = tuple[str, str, int]
"""First day, last day, index of the row; open days are :data:`ALWAYS_BEFORE` or AFTER."""


def check_dataset(dataset: Dataset, catalogue: Catalogue = CATALOGUE) -> tuple[Fault, ...]:
    """What is wrong between the rows of a data set built in memory; rows count from 1.

    The values must be of the types that :class:`Dataset` names; the readers see to that.
    """
    report = Report()
    check_tables(_typed_again(dataset, catalogue), report)
    return report.faults


def check_tables(tables: TypedTables, report: Report) -> None:
    """Report every fault between the rows of typed tables."""
    for typed in tables.values():
        _check_keys(typed, report)
        _check_ends(typed, report)
    _check_references(tables, report)
    for name, owner in (("superior", "organization"), ("membership", "member")):
        if name in tables:
            _check_overlaps(tables[name], owner, report)
    _check_tree(tables, report)


def _typed_again(dataset: Dataset, catalogue: Catalogue) -> TypedTables:
    tables: TypedTables = {}
    for rank, table in enumerate(catalogue.tables):
        rows = dataset.rows(table.name)
        if rows:
            origin = Origin(table, range(1, len(rows) + 1), rank=rank)
            cells = (list(cells) for cells in zip(*rows, strict=True))
            names = (c.name for c in table.stored)
            tables[table.name] = Typed(origin, dict(zip(names, cells, strict=True)))
    return tables


def _check_keys(typed: Typed, report: Report) -> None:
    key = typed.table.key
    if key is None:
        return
    values = typed.columns[key]
    if len(set(values)) == len(values):
        return
    first: dict[Value, int] = {}
    for index, value in enumerate(values):
        at = first.setdefault(value, index)
        if at != index and value is not None:
            report.add(
                kinds.DUPLICATE_KEY,
                typed.origin,
                index,
                key,
                found=value,
                first_zh=typed.origin.row_zh(at),
                first_en=typed.origin.row_en(at),
            )


def _check_ends(typed: Typed, report: Report) -> None:
    for begin, end in typed.table.ends:
        pairs = zip(typed.columns[begin], typed.columns[end], strict=True)
        for index, (first, last) in enumerate(pairs):
            if first is not None and last is not None and str(last) < str(first):
                column = typed.table.column(begin)
                assert column is not None
                report.add(
                    kinds.END_BEFORE_BEGINNING,
                    typed.origin,
                    index,
                    end,
                    found=last,
                    begin=str(first),
                    begin_column=begin,
                    begin_zh=column.heading,
                )


def _check_references(tables: TypedTables, report: Report) -> None:
    keys: dict[str, set[Value]] = {
        name: set(typed.columns[typed.table.key])
        for name, typed in tables.items()
        if typed.table.key is not None
    }
    for typed in tables.values():
        for column in typed.table.stored:
            if column.refers_to is not None:
                known = keys.get(column.refers_to, set())
                unknown = set(typed.columns[column.name]) - known - {None}
                if unknown:
                    _report_unknown(typed, column, unknown, known, report)


def _report_unknown(
    typed: Typed, column: Column, unknown: set[Value], known: set[Value], report: Report
) -> None:
    target = CATALOGUE.by_name[str(column.refers_to)]
    names = [str(key) for key in known if key is not None] if len(known) <= _FEW_KEYS else []
    for index, value in enumerate(typed.columns[column.name]):
        if value in unknown:
            full = report.full(kinds.UNKNOWN_REFERENCE)
            report.add(
                kinds.UNKNOWN_REFERENCE,
                typed.origin,
                index,
                column.name,
                found=value,
                nearest=None if full else nearest_name(str(value), sorted(names)),
                target=target.name,
                target_zh=target.heading,
            )


def _spans(typed: Typed, owner: str) -> dict[str, list[Span]]:
    """The days of every owner's rows without purpose, in order; impossible ones left out."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    columns = typed.columns
    purposes: Sequence[Value] = columns.get("purpose") or [None] * len(typed.origin.numbers)
    rows = zip(columns[owner], columns["from_on"], columns["to_on"], purposes, strict=True)
    for index, (code, begin, end, purpose) in enumerate(rows):
        first, last = str(begin or ALWAYS_BEFORE), str(end or ALWAYS_AFTER)
        if code is not None and purpose is None and first <= last:
            spans[str(code)].append((first, last, index))
    for rows_of_one in spans.values():
        rows_of_one.sort()
    return spans


def _overlaps(spans: list[Span]) -> Iterator[tuple[Span, Span]]:
    """Each span that begins before one earlier in the order has ended, with that one."""
    longest = spans[0]
    for span in spans[1:]:
        if span[0] <= longest[1]:
            yield longest, span
        longest = max(longest, span, key=lambda s: s[1])


def _check_overlaps(typed: Typed, owner: str, report: Report) -> None:
    for code, spans in _spans(typed, owner).items():
        for one, other in _overlaps(spans):
            earlier, later = sorted((one, other), key=lambda s: s[2])
            report.add(
                kinds.OVERLAP,
                typed.origin,
                later[2],
                "from_on",
                found=code,
                span_zh=_days(later, _OPEN_ZH, " 至 "),
                span_en=_days(later, _OPEN_EN, " to "),
                other_zh=typed.origin.row_zh(earlier[2]),
                other_en=typed.origin.row_en(earlier[2]),
                other_span_zh=_days(earlier, _OPEN_ZH, " 至 "),
                other_span_en=_days(earlier, _OPEN_EN, " to "),
            )


def _days(span: Span, unbounded: str, between: str) -> str:
    begin, end, _ = span
    return f"{begin or unbounded}{between}{unbounded if end == ALWAYS_AFTER else end}"


Placed: TypeAlias = dict[tuple[str, str], tuple[Typed, int]]
"""Where each step from an organization to a superior stands: table and index of the row."""


def _steps(tables: TypedTables) -> tuple[Steps, Placed]:
    steps: Steps = {}
    placed: Placed = {}
    superior = tables.get("superior")
    if superior is not None:
        parents = superior.columns["parent"]
        for code, spans in _spans(superior, "organization").items():
            steps[code] = [(str(parents[i]), first, last) for first, last, i in spans]
            placed |= {(code, str(parents[i])): (superior, i) for _, _, i in spans}
    organization = tables.get("organization")
    if organization is not None:
        pairs = zip(organization.columns["code"], organization.columns["parent"], strict=True)
        for index, (key, parent) in enumerate(pairs):
            if key is not None and parent is not None and str(key) not in steps:
                steps[str(key)] = [(str(parent), ALWAYS_BEFORE, ALWAYS_AFTER)]
                placed[str(key), str(parent)] = (organization, index)
    return steps, placed


def _below_a_circle(steps: Steps) -> list[str]:
    """The organizations from which, days aside, one can climb for ever."""
    left = {code: len(ways) for code, ways in steps.items()}
    below: defaultdict[str, list[str]] = defaultdict(list)
    for code, ways in steps.items():
        for parent, _, _ in ways:
            below[parent].append(code)
    done = [parent for parent in below if parent not in left]
    while done:
        for code in below.get(done.pop(), ()):
            left[code] -= 1
            if left[code] == 0:
                done.append(code)
    return [code for code, count in left.items() if count]


def _check_tree(tables: TypedTables, report: Report) -> None:
    steps, placed = _steps(tables)
    seen: set[frozenset[str]] = set()
    for code in _below_a_circle(steps):
        try:
            for _ in climb(code, steps):
                pass
        except Cycle as cycle:
            if frozenset(cycle.way) not in seen:
                seen.add(frozenset(cycle.way))
                _report_cycle(cycle, placed, report)


def _report_cycle(cycle: Cycle, placed: Placed, report: Report) -> None:
    typed, index = max(
        (placed[pair] for pair in zip(cycle.way, cycle.way[1:], strict=False)),
        key=lambda at: (at[0].origin.rank, at[1]),
    )
    begin, end = cycle.begin, cycle.end
    report.add(
        kinds.CYCLE,
        typed.origin,
        index,
        "parent",
        found=" → ".join(cycle.way),
        when_zh=f"自 {begin or _OPEN_ZH} 至 {end or _OPEN_ZH}" if begin or end else "一直如此",
        when_en=f"from {begin or _OPEN_EN} to {end or _OPEN_EN}" if begin or end else "always",
    )
