"""Files that went wrong in a thousand ways, each made from its number alone."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from . import makers

Rng = random.Random
Mutation = Callable[[bytes, Rng], bytes]

_TOKENS = (
    *(
        b'"',
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"&#x110000;",
        b"]]>",
        b"<!DOCTYPE a>",
        b"<!--",
        b"\xff\xfe",
    ),
    *(b"1e999", b"-1e308", b"NaN", b"999999999999999999999", b"\0\0\0\0", "锟斤拷".encode()),
    *(b"A0", b"XFE1", b"A1048577", b"<c><c><c>", b"</row>", b"</sheetData>", b'rowspan="99999999"'),
    *(b"=cmd|'/c calc'!A1", b'=HYPERLINK("http://127.0.0.1/")', b"=" + b"(" * 3000, b"\t" * 300),
)
_HEADS = (
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x09\x08\x10\x00\x00\x06",
    ),
    *(b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"<html><table>", b"<?xml version='1.0'?>", b"\xff\xfe"),
    *(b"\xef\xbb\xbf", b"\x1f\x8b", b"sep=\n", b"ID;PWXL\n", b"Rar!\x1a\x07"),
)
_ENDINGS = (".xlsx", ".xls", ".csv", ".et", ".txt", ".xlsm", "", ".XLSX", ".html", ".ods")


@cache
def seeds() -> tuple[bytes, ...]:
    """Sound files of every kind that is read."""
    rows = [*makers.ROWS, *([f"第{n}行", n, n / 7, "汉族"] for n in range(60))]
    text = "\r\n".join(",".join(str(cell) for cell in row) for row in rows)
    data = (
        '<row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>38353</v></c></row>'
    )
    data += '<row r="3"><c r="A3" t="inlineStr"><is><t>字</t></is></c><c r="C3"><f>A1</f></c></row>'
    merges = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    by_hand = makers.sheet_xml(data, '<cols><col min="2" max="3" hidden="1"/></cols>', merges)
    return (
        makers.modern(rows),
        makers.zipped(makers.parts(by_hand, by_hand), zipfile.ZIP_STORED),
        makers.old(rows),
        text.encode(),
        text.encode("gb18030"),
        text.encode("utf-16"),
        makers.WEBPAGE.encode("gb18030"),
        makers.XML_2003.encode(),
    )


def mutated(number: int) -> tuple[str, bytes]:
    """Name and contents of the file of a number."""
    rng = Rng(number)
    contents = rng.choice(seeds())
    archive = contents.startswith(b"PK")
    for _ in range(rng.choice((1, 1, 2, 5))):
        kinds = (*_PLAIN, *_OF_ARCHIVES) if archive and contents.startswith(b"PK") else _PLAIN
        contents = rng.choice(kinds)(contents, rng)
    return f"第{number}号{rng.choice(_ENDINGS)}", contents


def _truncated(contents: bytes, rng: Rng) -> bytes:
    return contents[: rng.randrange(len(contents) + 1)]


def _flipped(contents: bytes, rng: Rng) -> bytes:
    out = bytearray(contents)
    for _ in range(rng.choice((1, 3, 30, 300)) if out else 0):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _blotted(contents: bytes, rng: Rng) -> bytes:
    """A stretch of it is zero, or random, or stands twice."""
    first = rng.randrange(len(contents) + 1)
    last = first + rng.randrange(600)
    middle = rng.choice((bytes(last - first), rng.randbytes(50), contents[first:last] * 2))
    return contents[:first] + middle + contents[last:]


def _inserted(contents: bytes, rng: Rng) -> bytes:
    at = rng.randrange(len(contents) + 1)
    return contents[:at] + rng.choice(_TOKENS) * rng.choice((1, 1, 2, 50)) + contents[at:]


def _headed(contents: bytes, rng: Rng) -> bytes:
    """The beginning of another kind of file."""
    head = rng.choice(_HEADS)
    return head + contents[rng.choice((0, len(head))) :]


def _joined(contents: bytes, rng: Rng) -> bytes:
    return contents + rng.choice(seeds())


def _numbers(contents: bytes, rng: Rng) -> bytes:
    """Some four bytes say another length."""
    out = bytearray(contents)
    for _ in range(5 if len(out) > 4 else 0):
        number = rng.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, rng.randrange(1 << 16)))
        struct.pack_into("<I", out, rng.randrange(len(out) - 4), number)
    return bytes(out)


def _unpacked(contents: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(contents)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # another mutation has damaged it before
        return {}


def _part_changed(contents: bytes, rng: Rng) -> bytes:
    """One part is changed and all is packed again: the sums are right, the XML is not."""
    found = _unpacked(contents)
    if not found:
        return contents
    name = rng.choice(sorted(found))
    change = rng.choice((_inserted, _inserted, _flipped, _truncated, _blotted))
    return makers.zipped(found | {name: change(found[name], rng)})


def _part_moved(contents: bytes, rng: Rng) -> bytes:
    """One part is missing, stands under another name, or has the contents of another."""
    found = _unpacked(contents)
    if not found:
        return contents
    one, other = rng.choice(sorted(found)), rng.choice(sorted(found))
    taken = found.pop(one)
    new = rng.choice(("", "../../../etc/passwd", "/xl/workbook.xml", one.upper(), other))
    return makers.zipped(found | ({new: taken} if new else {}))


def _packed_otherwise(contents: bytes, rng: Rng) -> bytes:
    found = _unpacked(contents)
    how = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    return makers.zipped(found, how) if found else contents


_PLAIN: tuple[Mutation, ...] = (
    *(_truncated, _flipped, _blotted, _inserted, _headed, _joined, _numbers),
)
_OF_ARCHIVES: tuple[Mutation, ...] = (
    *(_part_changed, _part_changed, _part_changed, _part_moved, _packed_otherwise),
)
