"""Opening a template: what is refused, and why, before anything is read from it."""

from __future__ import annotations

import zipfile
from importlib import import_module
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from django.conf import settings
from django.utils.translation import gettext as _

from jinwei.ledgers.attachments import SUFFIXES, NotTaken, UploadedFile, content_type

_XLSX: Final = next(kind for kind, endings in SUFFIXES.items() if ".xlsx" in endings)
_UNPACKED: Final = 48 * 1024 * 1024
_PARTS: Final = 500
_ROWS, _COLUMNS = 2000, 120
"""A template is an empty table: larger ones are something else."""
_BROKEN: Final = (
    *(zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError),
    *(AttributeError, IndexError, EOFError, OSError, NotImplementedError),
)
"""What the reader of workbooks stumbles with over a damaged one."""


def check(file: UploadedFile) -> None:
    """Refuse what is no harmless workbook. Raises :class:`NotTaken`."""
    said = {"name": file.name or ""}
    if (file.name or "").lower().endswith((".xlsm", ".xltm", ".xlsb")):
        raise NotTaken(_("“%(name)s”可能带宏。请另存为不带宏的 xlsx 再上传。") % said)
    if content_type(file) != _XLSX:
        raise NotTaken(_("“%(name)s”不是 xlsx 表格。请另存为 xlsx 再上传。") % said)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_parts(archive, said)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _damaged(said) from error
    file.seek(0)
    opened(file, said["name"])
    file.seek(0)


def opened(file: Any, name: str) -> Any:
    """The workbook with its looks. Raises :class:`NotTaken` for a damaged or a huge one."""
    said = {"name": name}
    try:
        book: Any = import_module("openpyxl").load_workbook(file, keep_links=False)
        sheets = book.worksheets
    except _BROKEN as error:
        raise _damaged(said) from error
    if not sheets:
        raise _damaged(said)
    if any(one.max_row > _ROWS or one.max_column > _COLUMNS for one in sheets):
        raise NotTaken(
            _("“%(name)s”太大：表样最多 %(rows)d 行、%(columns)d 列。请删去里面的数据，只留空表。")
            % {**said, "rows": _ROWS, "columns": _COLUMNS}
        )
    return book


def _refuse_parts(archive: zipfile.ZipFile, said: dict[str, str]) -> None:
    parts = archive.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _unpacked():
        raise NotTaken(_("“%(name)s”展开以后太大，不像一张空表。请删去里面的数据再上传。") % said)
    if any(part.filename.lower().startswith("xl/externallinks/") for part in parts):
        raise NotTaken(
            _("“%(name)s”里有指向别的文件的链接。请在表格软件里断开链接，另存以后再上传。") % said
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part)[:4096]:
            raise _damaged(said)


def _unpacked() -> int:
    return max(_UNPACKED, settings.ATTACHMENT_BYTES)


def _damaged(said: dict[str, str]) -> NotTaken:
    return NotTaken(_("“%(name)s”打不开，文件可能损坏了。请在表格软件里另存一份再上传。") % said)
