"""A data set in one YAML file: ``table: [rows]``, each row ``column: value``.

The file is read event by event: scalars stay as they are written (``2025-03-31``, ``0.10`` and
``no`` are what they look like), nothing is constructed, and deep nesting is refused at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias

from jinwei.datasets import kinds
from jinwei.datasets.report import ENTRIES, Report
from jinwei.datasets.shape import RawTable
from jinwei.datasets.values import Structure

_DEEPEST: Final = 16
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True)
class Scalar:
    """A written value; None where it is an unquoted null."""

    text: str | None
    line: int


@dataclass(slots=True)
class Branch:
    """A list, or a mapping with keys and values in turn; ``items`` in the order of the file."""

    mapping: bool
    line: int
    items: list[Node] = field(default_factory=list)

    @property
    def pairs(self) -> Iterator[tuple[Node, Node]]:
        return zip(self.items[::2], self.items[1::2], strict=True)


Node: TypeAlias = Scalar | Branch


def read_yaml(path: Path, report: Report) -> list[RawTable]:
    """The tables of a YAML file; what has another shape goes to the report."""
    file = str(path)
    try:
        root = parse(path.read_bytes().decode("utf-8-sig"))
    except Exception as error:  # whatever the parser raises, the file is at fault
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        report.about_file(kinds.UNREADABLE, file, found=_reason(error), line=line)
        return []
    if not isinstance(root, Branch) or not root.items:
        report.about_file(kinds.EMPTY, file)
        return []
    if not root.mapping:
        _wrong_shape(report, file, path.name, root, _TABLES)
        return []
    return _tables(root, file, report)


def _reason(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error) or type(error).__name__


def parse(text: str) -> Node:
    """The one document of a YAML text; raises ``yaml.YAMLError`` for what is not YAML.

    A text without a document is an empty scalar. Raises ValueError for a second document and for
    lists within lists beyond all use.
    """
    yaml: Any = import_module("yaml")
    root = Branch(False, 1)
    stack = [root]
    anchors: dict[str, Node] = {}
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        kind = type(event).__name__
        if kind in ("SequenceEndEvent", "MappingEndEvent"):
            stack.pop()
        elif kind in _STARTS:
            node = anchors[event.anchor] if kind == "AliasEvent" else _node(event, kind)
            if kind != "AliasEvent" and event.anchor:
                anchors[event.anchor] = node
            stack[-1].items.append(node)
            if kind in ("SequenceStartEvent", "MappingStartEvent") and isinstance(node, Branch):
                stack.append(node)
        if len(stack) > _DEEPEST:
            raise ValueError("lists and mappings nested too deeply")
    if len(root.items) > 1:
        raise ValueError("more than one document")
    return root.items[0] if root.items else Scalar(None, 1)


_STARTS: Final = frozenset({"ScalarEvent", "AliasEvent", "SequenceStartEvent", "MappingStartEvent"})


def _node(event: Any, kind: str) -> Node:
    line = event.start_mark.line + 1
    if kind != "ScalarEvent":
        return Branch(kind == "MappingStartEvent", line)
    null = event.implicit[0] and event.value in _NULLS
    return Scalar(None if null else event.value, line)


_TABLES: Final = ("“表名: [行]”", "“table: [rows]”")
_ROWS: Final = ("若干行的列表", "a list of rows")
_ROW: Final = ("“列名: 值”", "“column: value”")


def _wrong_shape(
    report: Report, file: str, where: str, node: Node, expected: tuple[str, str]
) -> None:
    if isinstance(node, Scalar):
        zh = en = f"“{node.text or ''}”"
    else:
        zh, en = ("一组“名称: 值”", "a mapping") if node.mapping else ("一个列表", "a list")
    report.about_file(
        kinds.WRONG_SHAPE,
        file,
        where=where,
        found=en,
        line=node.line,
        found_zh=zh,
        expected_zh=expected[0],
        expected_en=expected[1],
    )


def _tables(root: Branch, file: str, report: Report) -> list[RawTable]:
    tables: list[RawTable] = []
    for key, node in root.pairs:
        name = _name(key)
        if isinstance(node, Scalar) and node.text is None:
            node = Branch(False, node.line)
        if isinstance(node, Branch) and not node.mapping:
            tables.append(_table(name, node, file, report))
        else:
            _wrong_shape(report, file, name, node, _ROWS)
    return tables


def _name(key: Node) -> str:
    return key.text or "" if isinstance(key, Scalar) else _structure(key).text


def _structure(node: Branch) -> Structure:
    return Structure("{…}" if node.mapping else "[…]")


def _table(name: str, node: Branch, file: str, report: Report) -> RawTable:
    rows: list[dict[str, object]] = []
    numbers: list[int] = []
    lines: list[int] = []
    table = RawTable(name, [], [], numbers, ENTRIES, file, lines, words=False)
    for number, item in enumerate(node.items, 1):
        if isinstance(item, Branch) and item.mapping:
            rows.append(_row(item, len(rows), table))
            numbers.append(number)
            lines.append(item.line)
        else:
            _wrong_shape(report, file, f"{name}[{number}]", item, _ROW)
    table.headings = list(dict.fromkeys(key for row in rows for key in row))
    table.columns = [[row.get(str(key)) for row in rows] for key in table.headings]
    return table


def _row(item: Branch, index: int, table: RawTable) -> dict[str, object]:
    """The cells of one row; a heading that it gives again is noted in ``table.repeated``."""
    row: dict[str, object] = {}
    for key, value in item.pairs:
        heading = _name(key)
        if heading in row:
            table.repeated.setdefault(heading, []).append((index, key.line))
        row[heading] = value.text if isinstance(value, Scalar) else _structure(value)
    return row
