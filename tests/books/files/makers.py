"""Files for the tests, made on the spot: workbooks of every make, texts, and archives by hand."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
import xlwt
from openpyxl.workbook.workbook import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS: tuple[tuple[Any, ...], ...] = (
    ("姓名", "出生日期", "月缴", "备注"),
    ("王小明", dt.date(1960, 2, 3), 25.5, "无"),
    ("李　红", dt.date(1971, 12, 31), 30, None),
)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def modern(rows: Iterable[Iterable[Any]] = ROWS) -> bytes:
    """An .xlsx as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def old(rows: Iterable[Iterable[Any]] = ROWS, *, from_1904: bool = False) -> bytes:
    """An .xls of 1997 to 2003."""
    book = xlwt.Workbook()
    book.dates_1904 = from_1904
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet = book.add_sheet("名册")
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write(at, place, cell, day)
            elif cell is not None:
                sheet.write(at, place, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_xml(data: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet from its rows."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{_RELATIONS}">{before}'
        f"<sheetData>{data}</sheetData>{after}</worksheet>"
    )


def parts(*sheets: str, more: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of a small workbook, from the XML of its sheets."""
    names = range(1, len(sheets) + 1)
    relation = '<Relationship Id="{}" Type="' + _RELATIONS + '/{}" Target="{}"/>'
    book = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in names)
    inside = "".join(relation.format(f"rId{n}", "worksheet", f"worksheets/s{n}.xml") for n in names)
    inside += relation.format("rIdS", "sharedStrings", "sharedStrings.xml")
    inside += relation.format("rIdT", "styles", "/xl/styles.xml")
    head = f'<Relationships xmlns="{_PACKAGE}">'
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"/>',
        "_rels/.rels": f"{head}{relation.format('rId1', 'officeDocument', 'xl/workbook.xml')}"
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}"><workbookPr/>'
        f"<sheets>{book}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"{head}{inside}</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>甲</t></si><si><r><t>乙</t></r>'
        '<r><t xml:space="preserve"> 丙</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164"'
        ' formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    found |= {f"xl/worksheets/s{n}.xml": xml for n, xml in zip(names, sheets, strict=True)}
    return found | dict(more or {})


def zipped(found: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, contents in found.items():
            archive.writestr(name, contents)
    return out.getvalue()


WEBPAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>导出</title>
<style>td {color: red}</style></head><body>
<table border=1><tr><th colspan=2>党员名册<th>备注</tr>
<tr><td rowspan=2>第一<br>支部</td><td>王小明&nbsp;</td><td>无</td></tr>
<tr style="display:none"><td>110101199001011237</td><td>&lt;1.10101E+17</td></tr>
<tr><td>1.10101E+17</td><td>#N/A</td></tr></table></body></html>"""

XML_2003 = """<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名册"><Table><Column/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">党员名册</Data></Cell>
<Cell><Data ss:Type="String">备注</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell><Data ss:Type="Number">12.0</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="DateTime">1990-05-06T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Formula="=A1"/>
<Cell><Data ss:Type="Error">#REF!</Data></Cell></Row></Table></Worksheet></Workbook>"""
