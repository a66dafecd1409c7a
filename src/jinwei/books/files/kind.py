"""What a file is, by its contents: the name says nothing that could be relied on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Final

from .archive import Archive
from .encoding import Encoding, encoding_of
from .old import read_old
from .refusals import NotOpened
from .separated import read_separated
from .shelf import Shelf
from .spreadsheetml import read_spreadsheetml
from .webpage import read_webpage
from .workbook import read_workbook

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF: Final = (b"\x09\x08", b"\x09\x04\x06\0", b"\x09\x02\x06\0", b"\x09\0\x04\0")
_OTHERS: Final = (
    (b"%PDF", "一个 PDF 文件", "a PDF"),
    (b"\x89PNG", "一张图片", "a picture"),
    (b"\xff\xd8\xff", "一张照片", "a photograph"),
    (b"GIF8", "一张图片", "a picture"),
    (b"BM", "一张图片", "a picture"),
    (b"II*\0", "一张图片", "a picture"),
    (b"MM\0*", "一张图片", "a picture"),
    (b"{\\rtf", "一个 RTF 文档", "an RTF document"),
    (b"MZ", "一个程序", "a program"),
    (b"\x7fELF", "一个程序", "a program"),
    (b"SQLite format 3", "一个数据库文件", "a database"),
)
_PICTURES_INSIDE: Final = (b"WEBP", b"heic", b"heix", b"mif1", b"avif")
_PACKED: Final = ((b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gz"), (b"BZh", "bz2"))
_PARTS: Final = (
    ("word/", "file-other", "一个 Word 文档", "a Word document"),
    ("ppt/", "file-other", "一个 PowerPoint 文件", "a PowerPoint file"),
    ("xl/workbook.bin", "file-to-save-again", "二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"),
    ("content.xml", "file-to-save-again", "ODF 文件（.ods、.odt）", "an ODF file (.ods, .odt)"),
)
_STREAMS: Final = (
    ("WordDocument", "file-other", "一个 Word 文档", "a Word document"),
    ("PowerPoint Document", "file-other", "一个 PowerPoint 文件", "a PowerPoint file"),
)
_BOOKS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")
_HEAD: Final = 4096
_NAMES: Final[dict[Callable[..., None], frozenset[str]]] = {
    read_workbook: frozenset((".xlsx", ".xlsm", ".xltx", ".xltm")),
    read_old: frozenset((".xls", ".xlt", ".et", ".ett")),
    read_separated: frozenset((".csv", ".txt", ".tsv", ".tab", ".prn")),
    read_webpage: frozenset((".html", ".htm")),
    read_spreadsheetml: frozenset((".xml",)),
}
"""How the names of files end that are read by each."""


def read(path: Path, name: str, shelf: Shelf) -> None:
    """Give what a file holds to the shelf, or say why not: :class:`NotOpened`."""
    with open(path, "rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise NotOpened("file-empty")
    shelf.title = PurePath(name).stem
    reader, encoding = _reader(path, head)
    if PurePath(name).suffix.lower() not in _NAMES[reader]:
        shelf.note("name-differs")
    if encoding is None:
        reader(path, shelf)
    else:
        reader(path, encoding, shelf)


def _reader(path: Path, head: bytes) -> tuple[Callable[..., None], Encoding | None]:
    if head.startswith(_ZIP):
        _refuse_parts(path)
        return read_workbook, None
    if head.startswith(_OLE):
        _refuse_streams(path)
        return read_old, None
    if head.startswith(_BIFF):
        return read_old, None
    _refuse_others(head)
    encoding = encoding_of(path)
    if encoding is None:
        raise NotOpened("file-unknown")
    return _reader_of_text(path, encoding), encoding


def _refuse_parts(path: Path) -> None:
    names = Archive(path).names
    if "encryptedpackage" in names:
        raise NotOpened("file-password")
    if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        return
    for beginning, id, found, found_en in _PARTS:
        if any(name.startswith(beginning) for name in names):
            raise NotOpened(id, {"found": found, "found_en": found_en})
    if "[content_types].xml" not in names:
        raise NotOpened("file-packed", {"found": "zip"})


def _refuse_streams(path: Path) -> None:
    """Streams of a compound file by their names, which stand in it as UTF-16."""
    contents = path.read_bytes()
    if _in("EncryptedPackage", contents):
        raise NotOpened("file-password")
    if any(_in(name, contents) for name in _BOOKS):
        return
    for name, id, found, found_en in _STREAMS:
        if _in(name, contents):
            raise NotOpened(id, {"found": found, "found_en": found_en})
    raise NotOpened("file-unknown")


def _in(name: str, contents: bytes) -> bool:
    return name.encode("utf-16-le") in contents


def _refuse_others(head: bytes) -> None:
    for beginning, found, found_en in _OTHERS:
        if head.startswith(beginning) and (len(beginning) > 2 or b"\0" in head):
            raise NotOpened("file-other", {"found": found, "found_en": found_en})
    if head[8:12] in _PICTURES_INSIDE:
        raise NotOpened("file-other", {"found": "一张图片", "found_en": "a picture"})
    for beginning, found in _PACKED:
        if head.startswith(beginning):
            raise NotOpened("file-packed", {"found": found})


def _reader_of_text(path: Path, encoding: Encoding) -> Callable[..., None]:
    with open(path, encoding=encoding.name, errors="replace") as file:
        head = file.read(_HEAD).lstrip("\ufeff \t\r\n").lower()
    if head.startswith("mime-version:"):
        found = {"found": "单个文件网页（.mht）", "found_en": "a web archive (.mht)"}
        raise NotOpened("file-to-save-again", found)
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<workbook" in head:
        return read_spreadsheetml
    if head.startswith("<") and any(t in head for t in ("<html", "<table", "<!doctype html")):
        return read_webpage
    if head.startswith("<?xml"):
        raise NotOpened("file-other", {"found": "一个 XML 文件", "found_en": "an XML file"})
    return read_separated
