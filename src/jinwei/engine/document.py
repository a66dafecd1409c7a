"""YAML text → plain values that know their place.

A document is plain values (mappings, lists, text, whole numbers, ``Decimal``, true/false, dates,
empty) beside the line of each path. Numbers with a point stay the decimals written, never floats.
Only ``true`` and ``false`` are truth values: ``yes``, ``no``, ``on`` and ``off`` are text, as
people write them for levels.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from .faults import Fault, StandardRefused, register

SYNTAX: Final = register(
    "yaml-syntax",
    "document",
    zh="这不是能读懂的 YAML 文本：{detail}。请检查缩进、冒号和引号。",
    en="This is no readable YAML: {detail}. Check indentation, colons and quotes.",
)
DUPLICATE_KEY: Final = register(
    "duplicate-key",
    "document",
    zh="同一处写了两次“{found}”，只能留一个。",
    en="“{found}” is written twice in one place; keep one.",
)
UNREADABLE: Final = register(
    "unreadable-file",
    "document",
    zh="读不了文件“{found}”：{detail}。",
    en="The file “{found}” cannot be read: {detail}.",
)

_NUMBER = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True)
class Document:
    """Plain values, and the line (from 1) at which each path begins."""

    value: Any
    lines: dict[str, int] = field(default_factory=dict)
    file: str | None = None


def join(path: str, key: str | int) -> str:
    """The path of a child: ``dimensions[2].indicators``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)


def read_document(path: Path) -> Document:
    """The document in a file. Raises :class:`StandardRefused` if it is no readable YAML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or "UTF-8"
        fault = Fault(UNREADABLE, "", str(path), facts={"detail": str(detail)})
        raise StandardRefused([fault]) from error
    return parse_document(text, str(path))


def parse_document(text: str, file: str | None = None) -> Document:
    """The document in a text. Raises :class:`StandardRefused` if it is no readable YAML."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise StandardRefused([_syntax_fault(error, file)]) from error
    builder = _Builder(file)
    value = builder.build(root, "") if root is not None else None
    if builder.faults:
        raise StandardRefused(builder.faults)
    return Document(value, builder.lines, file)


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _syntax_fault(error: yaml.YAMLError, file: str | None) -> Fault:
    mark = getattr(error, "problem_mark", None)
    detail = str(getattr(error, "problem", None) or "YAML")
    line = mark.line + 1 if mark is not None else None
    return Fault(SYNTAX, "", detail, line=line, file=file, facts={"detail": detail})


class _Builder:
    """Turns composed nodes into plain values and remembers lines; aliases are followed."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []
        self._open: list[yaml.Node] = []

    def build(self, node: yaml.Node, path: str) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return plain_scalar(node.value) if not node.style else node.value
        if any(node is ancestor for ancestor in self._open):
            self._fault(SYNTAX, path, node, detail="*alias")
            return None
        self._open.append(node)
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.build(child, join(path, i)) for i, child in enumerate(node.value)]
            return dict(self._items(node, path))
        finally:
            self._open.pop()

    def _items(self, node: yaml.Node, path: str) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in seen:
                self._fault(DUPLICATE_KEY, join(path, key), key_node, found=key)
            seen.add(key)
            yield key, self.build(value_node, join(path, key))

    def _fault(self, id: str, path: str, node: yaml.Node, found: str = "", **facts: str) -> None:
        line = node.start_mark.line + 1
        self.faults.append(Fault(id, path, found, line=line, file=self.file, facts=facts))


def plain_scalar(text: str) -> Any:
    """What an unquoted YAML scalar means.

    >>> plain_scalar("0.10"), plain_scalar("no"), plain_scalar("2026-03-31")
    (Decimal('0.10'), 'no', datetime.date(2026, 3, 31))
    """
    if text in _EMPTY:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _DATE.match(text):
        return as_date(text) or text
    if _NUMBER.match(text):
        number = Decimal(text)
        return int(number) if re.fullmatch(r"[-+]?\d+", text) else number
    return text


def as_date(value: object) -> dt.date | None:
    """The date that a value says (a date or ISO text), or None.

    >>> as_date("2026-02-30") is None
    True
    """
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and _DATE.match(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return None
    return None


def document_of(value: Any, file: str | None = None) -> Document:
    """A document from values already in hand (a form, a test case); floats become decimals."""
    return Document(_exact(value), {}, file)


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        return {str(key): _exact(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(child) for child in value]
    return value
