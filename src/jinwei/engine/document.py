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
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import yaml

from .faults import Fault, StandardRefused, register

SYNTAX: Final = register(
    "yaml-syntax",
    "document",
    zh="从这里起读不懂：{detail}。请对照上下几行检查缩进、冒号和引号。",
    en="From here on the text cannot be read: {detail_en}. Check indentation, colons and quotes"
    " of the lines around.",
)
DUPLICATE_KEY: Final = register(
    "duplicate-key",
    "document",
    zh="同一处写了两次“{found}”，只能留一个。",
    en="“{found}” is written twice in one place; keep one.",
)
KEY_NOT_TEXT: Final = register(
    "key-not-text",
    "document",
    zh="冒号前面只能是一个名称，不能是“{found}”。",
    en="Before the colon only a name can stand, not “{found}”.",
)
BAD_CHARACTER: Final = register(
    "bad-character",
    "document",
    zh="文字里混进了看不见的字符（{found}），多半是粘贴带来的，请删去重新输入。",
    en="The text holds an invisible character ({found}), as pasting brings along; delete it and"
    " type again.",
)
TOO_DEEP: Final = register(
    "nested-too-deep",
    "document",
    zh="内容一层套一层，超过了 {found} 层；请检查括号和缩进，标准用不到这么多层。",
    en="Lists and mappings are nested more than {found} deep; check brackets and indentation, a"
    " standard needs no more.",
)
TOO_LARGE: Final = register(
    "too-large",
    "document",
    zh="内容太多，超过了 {found} 项；请分成几个标准。",
    en="There are more than {found} values; make several standards of it.",
)
UNREADABLE: Final = register(
    "unreadable-file",
    "document",
    zh="打不开文件“{found}”：{detail}。",
    en="The file “{found}” cannot be read: {detail_en}.",
)

DEEPEST: Final = 32
"""Levels of nesting; the deepest thing a standard can say takes about twenty."""
MOST_VALUES: Final = 50_000
"""Values in one document, those that aliases repeat included."""
_NUMBER = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?\Z")
_WHOLE = re.compile(r"[-+]?[0-9]{1,40}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SHOWN: Final = 60
_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True)
class Document:
    """Plain values, and the line (from 1) at which each path begins.

    ``faults`` were found while the values were put together (a name written twice, say); who reads
    the values reports them together with its own.
    """

    value: Any
    lines: dict[str, int] = field(default_factory=dict)
    file: str | None = None
    faults: tuple[Fault, ...] = ()


def join(path: str, key: str | int) -> str:
    """The path of a child: ``dimensions[2].indicators``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    shown = key if len(key) <= _SHOWN and key.isprintable() else one_line(key, _SHOWN)
    return f"{path}.{shown}" if path else shown


def one_line(text: str, most: int) -> str:
    """A text as it can be quoted: on one line, nothing invisible, not too long."""
    kept = text[: 4 * most]
    line = " ".join("".join(c if c.isprintable() else " " for c in kept).split())
    return line if len(line) <= most and len(kept) == len(text) else line[: most - 1] + "…"


def read_document(path: Path) -> Document:
    """The document in a file. Raises :class:`StandardRefused` if it is no readable YAML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:  # ValueError: no UTF-8, or no path at all
        zh, en = _why_unreadable(error)
        facts = {"detail": zh, "detail_en": en}
        raise StandardRefused([Fault(UNREADABLE, "", str(path), facts=facts)]) from error
    return parse_document(text, str(path))


def _why_unreadable(error: Exception) -> tuple[str, str]:
    known = {
        FileNotFoundError: ("没有这个文件", "there is no such file"),
        IsADirectoryError: ("这是一个文件夹", "it is a folder"),
        PermissionError: ("没有读取权限", "reading is not permitted"),
        UnicodeDecodeError: (
            "不是 UTF-8 编码，请另存为 UTF-8",
            "it is not UTF-8; save it as UTF-8",
        ),
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    said = str(getattr(error, "strerror", None) or type(error).__name__)
    return said, said


def parse_document(text: str, file: str | None = None) -> Document:
    """The document in a text. Raises :class:`StandardRefused` if it is no readable YAML.

    The text is read event by event: what is nested too deep is refused before anything has to
    follow it down.
    """
    bad = _BAD.search(text)
    if bad is not None:
        line = text.count("\n", 0, bad.start()) + 1
        raise StandardRefused([Fault(BAD_CHARACTER, "", _point(bad), line=line, file=file)])
    root = _Events(file).read(text)
    builder = _Builder(file)
    value = builder.build(root, "", 0)
    return Document(value, builder.lines, file, tuple(builder.faults))


def _point(bad: re.Match[str]) -> str:
    return f"U+{ord(bad.group()):04X}"


@dataclass(slots=True)
class _Scalar:
    """A value as written; ``plain``: without quotes."""

    text: str
    plain: bool
    line: int


@dataclass(slots=True)
class _Branch:
    """A list, or a mapping with names and values in turn."""

    mapping: bool
    line: int
    items: list[_Scalar | _Branch] = field(default_factory=list)


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Events:
    """Puts the parser's events together; an alias stands for the very thing it names."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.stack = [_Branch(False, 1)]
        self.anchors: dict[str, _Scalar | _Branch] = {}
        self.count = 0

    def read(self, text: str) -> _Scalar | _Branch:
        items = self.stack[0].items
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.YAMLError as error:
            raise self._syntax(error, text) from error
        return items[0] if items else _Scalar("", True, 1)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            line = event.start_mark.line + 1 if event.start_mark is not None else 1
            if len(self.stack) == 1 and self.stack[0].items:
                raise self._refusal(SYNTAX, line, "---", **_SECOND)
            node = self._node(event, line)
            self.stack[-1].items.append(node)
            if isinstance(event, yaml.CollectionStartEvent) and isinstance(node, _Branch):
                self.stack.append(node)
            self.count += 1
            if len(self.stack) > DEEPEST + 1:
                raise self._refusal(TOO_DEEP, line, str(DEEPEST))
            if self.count > MOST_VALUES:
                raise self._refusal(TOO_LARGE, line, str(MOST_VALUES))

    def _node(self, event: Any, line: int) -> _Scalar | _Branch:
        node: _Scalar | _Branch
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                zh, en = f"没有 &{event.anchor}", f"there is no &{event.anchor}"
                raise self._refusal(SYNTAX, line, f"*{event.anchor}", detail=zh, detail_en=en)
            return self.anchors[event.anchor]
        if isinstance(event, yaml.ScalarEvent):
            node = _Scalar(event.value, bool(event.implicit[0]), line)
        else:
            node = _Branch(isinstance(event, yaml.MappingStartEvent), line)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _syntax(self, error: yaml.YAMLError, text: str) -> StandardRefused:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "YAML")
        zh = next((words for part, words in _SAID.items() if part in said), f"格式不对（{said}）")
        line, found = _where(text, mark.line) if mark is not None else (None, said)
        return self._refusal(SYNTAX, line, found, detail=zh, detail_en=said)

    def _refusal(self, id: str, line: int | None, found: str, **facts: str) -> StandardRefused:
        return StandardRefused([Fault(id, "", found, line=line, file=self.file, facts=facts)])


def _where(text: str, line: int) -> tuple[int, str]:
    """The number of a line and what stands there; the last one with a word, if it is past all."""
    lines = text.splitlines() or [""]
    at = min(line, len(lines) - 1)
    while at and line >= len(lines) and not lines[at].strip():
        at -= 1
    return at + 1, one_line(lines[at], _SHOWN)


_SECOND: Final = {
    "detail": "“---”之后又开始了另一份文件，一个文件只能写一份标准",
    "detail_en": "a second document begins after “---”; one file holds one standard",
}
_SAID: Final = {
    "mapping values are not allowed": "冒号的位置不对，多半是缩进没有对齐，或者文字里的冒号没有用"
    "引号括起来",
    "expected ':'": "缺少冒号，或者冒号后面没有空一格",
    "expected ',' or '}'": "花括号 { } 没有配对，或者各项之间缺逗号",
    "expected ',' or ']'": "方括号 [ ] 没有配对，或者各项之间缺逗号",
    "expected '-' indicator": "列表各项的“- ”没有对齐",
    "expected key": "缩进没有对齐，或者上面的引号、括号没有配对",
    "expected <document start>": "缩进没有对齐，或者上面的引号、括号没有配对",
    "node content": "这里应当有内容，多半是多写了逗号或括号",
    "block sequence entries are not allowed": "“- ”不能写在这里，请另起一行并对齐缩进",
    "cannot start any token": "有不能作开头的字符，多半是用制表符（Tab）缩进，或者内容以 @、%、"
    "` 开头而没有加引号",
    "unexpected end of stream": "引号没有配对",
    "unexpected document indicator": "引号没有配对",
    "escape character": "双引号里的反斜杠 \\ 用得不对，请改用单引号",
    "hex": "双引号里的反斜杠 \\ 用得不对，请改用单引号",
    "tab character": "用了制表符（Tab）缩进，请改用空格",
    "version": "% 开头的内容要用引号括起来",
    "incompatible": "% 开头的内容要用引号括起来",
    "digit or '.'": "% 开头的内容要用引号括起来",
    "expected '>'": "! 开头的内容要用引号括起来",
    "Unicode character code": "双引号里的反斜杠 \\ 用得不对，请改用单引号",
    "alphabetic or numeric character": "& 和 * 开头的内容要用引号括起来",
    "comment or line break": "同一行里内容后面还有多余的文字",
    "tag": "! 开头的内容要用引号括起来",
    "directive": "% 开头的内容要用引号括起来",
    "block scalar": "| 或 > 后面的写法不对",
    "anchor": "& 开头的内容要用引号括起来",
}
"""What the YAML parser says, and what the writer of a standard should look for."""


class _Builder:
    """Turns what was parsed into plain values and remembers lines; aliases are followed."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.count = 0

    def build(self, node: _Scalar | _Branch, path: str, depth: int) -> Any:
        self.lines.setdefault(path, node.line)
        self._bounded(node.line, depth)
        if isinstance(node, _Scalar):
            self._check_characters(node.text, path, node.line)
            return plain_scalar(node.text) if node.plain else node.text
        if node.mapping:
            return dict(self._entries(node, path, depth))
        items = enumerate(node.items)
        return [self.build(child, join(path, i), depth + 1) for i, child in items]

    def _bounded(self, line: int | None, depth: int) -> None:
        self.count += 1
        if depth > DEEPEST:
            self._fault(TOO_DEEP, "", line, str(DEEPEST))
        if self.count > MOST_VALUES:
            self._fault(TOO_LARGE, "", line, str(MOST_VALUES))
        if depth > DEEPEST or self.count > MOST_VALUES:
            raise StandardRefused(self.faults)

    def _entries(self, node: _Branch, path: str, depth: int) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in zip(node.items[::2], node.items[1::2], strict=True):
            if isinstance(key_node, _Branch):
                found = "{ }" if key_node.mapping else "[ ]"
                self._fault(KEY_NOT_TEXT, path, key_node.line, found)
                continue
            key = key_node.text
            place = self._key(key, seen, path, key_node.line)
            self.lines[place] = key_node.line
            yield key, self.build(value_node, place, depth + 1)

    def _key(self, key: str, seen: set[str], path: str, line: int | None) -> str:
        place = join(path, key)
        self._check_characters(key, place, line)
        if key in seen:
            self._fault(DUPLICATE_KEY, place, line, one_line(key, _SHOWN))
        seen.add(key)
        return place

    def _check_characters(self, text: str, path: str, line: int | None) -> None:
        bad = _BAD.search(text)
        if bad is not None:
            self._fault(BAD_CHARACTER, path, line, _point(bad))

    def _fault(self, id: str, path: str, line: int | None, found: str) -> None:
        self.faults.append(Fault(id, path, found, line=line, file=self.file))

    def take(self, value: Any, path: str = "", depth: int = 0) -> Any:
        """A value already in hand, made plain."""
        self._bounded(None, depth)
        if isinstance(value, dict):
            return dict(self._pairs(value, path, depth))
        if isinstance(value, list | tuple):
            return [self.take(v, join(path, i), depth + 1) for i, v in enumerate(value)]
        if isinstance(value, str):
            self._check_characters(value, path, None)
        return _exact(value)

    def _pairs(self, value: dict[Any, Any], path: str, depth: int) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for name, child in value.items():
            key = str(_exact(name))
            place = self._key(key, seen, path, None)
            yield key, self.take(child, place, depth + 1)


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
    if _WHOLE.match(text):
        return int(text)
    return _decimal(text) if _NUMBER.match(text) else text


def _decimal(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
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
    builder = _Builder(file)
    plain = builder.take(value)
    return Document(plain, {}, file, tuple(builder.faults))


def _exact(value: Any) -> Any:
    """One value as a document may hold it; what is none of these becomes text."""
    if value is None or isinstance(value, bool | str | Fraction):
        return value
    if isinstance(value, int):
        # Beyond some thousand digits Python refuses to write a whole number out.
        return value if value.bit_length() <= 128 else Decimal(f"1E+{value.bit_length() * 3 // 10}")
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        return value if value.is_finite() else str(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    return str(value) if isinstance(value, dt.datetime) else f"<{type(value).__name__}>"
