"""Workbooks of today (.xlsx, .xlsm, .xltx): which sheets there are, and what is passed over."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .archive import Archive
from .formats import Shown
from .markup import Attributes, Reader, local
from .refusals import NotOpened
from .shelf import Shelf
from .strings import shared_strings
from .styles import styles
from .worksheet import read_worksheet

_TRUE: Final = frozenset(("1", "true"))
_PASSED_OVER: Final = (
    ("macros-ignored", ("xl/vbaproject.bin", "xl/macrosheets/")),
    ("links-ignored", ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")),
    ("objects-ignored", ("xl/embeddings/", "xl/activex/", "xl/ctrlprops/")),
)
"""Notes, and how the names of parts begin that they speak of."""


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    relation: str
    hidden: bool


class _Contents(Reader):
    """The names of the sheets, and from which year days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[_Named] = []
        self.from_1904 = False
        self.begins = {"sheet": self._sheet, "workbookPr": self._settings}

    def _settings(self, said: Attributes) -> None:
        self.from_1904 = said.get("date1904") in _TRUE

    def _sheet(self, said: Attributes) -> None:
        hidden = said.get("state", "visible") != "visible"
        self.sheets.append(_Named(said.get("name", ""), local(said, "id") or "", hidden))


class _Relations(Reader):
    """What a part refers to: kind and place by the id it uses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}
        self.begins = {"Relationship": self._relation}

    def _relation(self, said: Attributes) -> None:
        if said.get("TargetMode") != "External":
            kind = said.get("Type", "").rpartition("/")[2]
            self.found[said.get("Id", "")] = (kind, said.get("Target", ""))


def read_workbook(path: Path, shelf: Shelf) -> None:
    """Give the sheets of a workbook to the shelf, one after another."""
    archive = Archive(path)
    _pass_over(archive, shelf)
    place = _place_of_the_workbook(archive)
    contents, relations = _Contents(), _relations(archive, place)
    contents.read(archive.chunks(place))
    parts = dict(relations.values())
    strings = _strings(archive, parts)
    formats = _formats(archive, parts, contents.from_1904)
    for named in contents.sheets:
        kind, target = relations.get(named.relation, ("", ""))
        if kind != "worksheet":
            shelf.note("sheets-left-out")
            continue
        with shelf.sheet(named.name, hidden=named.hidden) as sheet:
            read_worksheet(archive.chunks(target), sheet, strings, formats)


def _pass_over(archive: Archive, shelf: Shelf) -> None:
    for note, beginnings in _PASSED_OVER:
        if any(name.startswith(beginnings) for name in archive.names):
            shelf.note(note)


def _place_of_the_workbook(archive: Archive) -> str:
    if "xl/workbook.xml" in archive.names:
        return "xl/workbook.xml"
    found = dict(_relations(archive, "").values())
    if "officeDocument" not in found:
        raise NotOpened("file-damaged", {"why": "no workbook"})
    return found["officeDocument"]


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relations of a part by id, their places from the root of the archive."""
    folder, name = posixpath.split(part)
    reader = _Relations()
    reader.read(archive.chunks(f"{folder}/_rels/{name}.rels"))
    return {
        id: (kind, posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/")))[1:])
        for id, (kind, target) in reader.found.items()
    }


def _strings(archive: Archive, parts: dict[str, str]) -> list[str | None]:
    place = parts.get("sharedStrings")
    return shared_strings(archive.chunks(place)) if place else []


def _formats(archive: Archive, parts: dict[str, str], from_1904: bool) -> list[Shown | None]:
    place = parts.get("styles")
    return styles(archive.chunks(place), from_1904=from_1904) if place else []
