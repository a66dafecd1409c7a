"""Files that are made to do harm, one of each sort; what must come of each stands beside it."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

from . import makers

_SHEET = "xl/worksheets/s1.xml"
_ONE = makers.sheet_xml("<row><c><v>1</v></c></row>")


def streamed(found: dict[str, str | bytes], name: str, chunks: Iterator[bytes]) -> bytes:
    """An archive of parts, one of which is packed as it comes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, contents in found.items():
            if other != name:
                archive.writestr(other, contents)
        with archive.open(name, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)
    return out.getvalue()


def _rows(rows: int, row: str) -> Iterator[bytes]:
    """A sheet of many rows; the number of each stands in ``row`` as ``{n}``."""
    before, after = makers.sheet_xml("|").split("|")
    yield before.encode()
    for first in range(0, rows, 10_000):
        yield "".join(row.format(n=n + 1) for n in range(first, first + 10_000)).encode()
    yield after.encode()


def two_million_rows() -> bytes:
    row = '<row><c r="A{n}"><v>1</v></c><c t="s"><v>0</v></c></row>'
    return streamed(makers.parts(_ONE), _SHEET, _rows(2_000_000, row))


def blank_rows_to_the_end() -> bytes:
    row = '<row r="{n}" spans="1:2" ht="15"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'
    return streamed(makers.parts(_ONE), _SHEET, _rows(200_000, row))


def wide_rows_of_long_texts() -> bytes:
    """Every cell of it names the same long text: small as a file, huge as cells."""
    text = f"<si><t>{'长' * 2000}</t></si>"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 250 + "</row>"
    more: dict[str, str | bytes] = {
        "xl/sharedStrings.xml": f'<sst xmlns="{makers.MAIN}">{text}</sst>',
        _SHEET: makers.sheet_xml(row * 400),
    }
    return makers.zipped(makers.parts(_ONE, more=more))


def zip_bomb() -> bytes:
    return streamed(makers.parts(_ONE), _SHEET, (bytes(1 << 20) for _ in range(100)))


def zip_bomb_that_lies() -> bytes:
    """It declares that the part has a thousand bytes."""
    contents = bytearray(zip_bomb())
    central = contents.rindex(b"PK\x01\x02")
    struct.pack_into("<I", contents, central + 24, 1000)
    return bytes(contents)


def overlapping_parts() -> bytes:
    """Every entry of its directory names the same packed bytes."""
    contents = makers.zipped({**makers.parts(_ONE), "x.xml": bytes(range(256)) * 4000})
    start, end = contents.rindex(b"PK\x01\x02"), contents.rindex(b"PK\x05\x06")
    entry = contents[start:end]
    entries = b"".join(entry.replace(b"x.xml", b"%05d" % n) for n in range(5000))
    tail = bytearray(contents[end:])
    count, size = struct.unpack_from("<HxxI", tail, 10)[0] + 5000, len(entries) + end - start
    before = contents[contents.index(b"PK\x01\x02") : end]
    struct.pack_into("<HHI", tail, 8, count, count, len(before) + len(entries))
    assert size
    return contents[: contents.index(b"PK\x01\x02")] + before + entries + bytes(tail)


def many_parts() -> bytes:
    return makers.zipped({**makers.parts(_ONE), **{f"x/{n}": "" for n in range(20_000)}})


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "哈">{entities}]>'
    cell = '<row><c t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return makers.zipped(makers.parts(doctype + makers.sheet_xml(cell)))


def outer_entity() -> bytes:
    doctype = '<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>'
    return makers.zipped(makers.parts(doctype + _ONE.replace("1", "&e;", 1)))


def deep_xml() -> bytes:
    deep = (b"<a>" * 100_000 for _ in range(200))
    return streamed(makers.parts(_ONE), _SHEET, deep)


def one_endless_text() -> bytes:
    before, after = makers.sheet_xml("<row><c><v>|</v></c></row>").split("|")
    rng = random.Random(1)
    text = (rng.randbytes(8000).hex().encode() * 60 for _ in range(300))
    return streamed(makers.parts(_ONE), _SHEET, iter((before.encode(), *text, after.encode())))


def formula_bomb() -> bytes:
    formula = "IF(" * 20_000 + "1" + ",1)" * 20_000
    cells = f"<row><c><f>{formula}</f></c><c><f>{formula}</f><v>3</v></c></row>"
    return makers.zipped(makers.parts(makers.sheet_xml(cells)))


def links_and_macros() -> bytes:
    link = '<externalLink><externalBook r:id="rId1"/></externalLink>'
    relation = '<Relationships><Relationship Id="rId1" TargetMode="External"'
    relation += ' Target="http://127.0.0.1:9/x.xlsx"/></Relationships>'
    return makers.zipped(
        makers.parts(
            makers.sheet_xml("<row><c><f>[1]表!A1</f><v>7</v></c></row>"),
            more={
                "xl/externalLinks/externalLink1.xml": link,
                "xl/externalLinks/_rels/externalLink1.xml.rels": relation,
                "xl/vbaProject.bin": makers.old(),
                "xl/connections.xml": "<connections/>",
                "xl/embeddings/oleObject1.bin": b"x",
            },
        )
    )


def many_merges() -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 60_000))
    after = f"<mergeCells>{merges}</mergeCells>"
    return makers.zipped(makers.parts(makers.sheet_xml("<row><c><v>1</v></c></row>", "", after)))


def one_line_of_commas() -> bytes:
    return b"," * (20 << 20) + b"x"


def endless_tag() -> bytes:
    return b"<html><table><tr><td " + b"a=b " * (4 << 20)


def tables_in_tables() -> bytes:
    return b"<html>" + b"<table><tr><td>" * 50_000


def wide_spans() -> bytes:
    cell = b"<td rowspan=199999 colspan=256>x</td>"
    return b"<html><table>" + (b"<tr>" + cell * 3) * 3_000 + b"</table>"


def many_unclosed_tags() -> bytes:
    return b"<html><table>" + b"<tr><td>1<td>2" * 40_000


def old_workbook_cut_open() -> bytes:
    found = makers.old()
    return found[:1000] + bytes(len(found) - 2000) + found[-1000:]


HOSTILE: dict[Callable[[], bytes], str] = {
    two_million_rows: "beyond",
    blank_rows_to_the_end: "file-blank",
    wide_rows_of_long_texts: "file-too-much",
    zip_bomb: "file-bomb",
    zip_bomb_that_lies: "file-damaged",
    overlapping_parts: "file-bomb",
    many_parts: "file-bomb",
    billion_laughs: "file-unsafe",
    outer_entity: "file-unsafe",
    deep_xml: "file-bomb",
    one_endless_text: "file-too-much",
    formula_bomb: "book",
    links_and_macros: "book",
    many_merges: "beyond",
    one_line_of_commas: "file-too-much",
    endless_tag: "file-damaged",
    tables_in_tables: "file-unsafe",
    wide_spans: "beyond",
    many_unclosed_tags: "book",
    old_workbook_cut_open: "file-damaged",
}
"""What comes out: a refusal, a book, or a book with something beyond what is read."""
