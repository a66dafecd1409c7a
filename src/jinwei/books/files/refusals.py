"""Why a file is not opened, and what is told of one that is: ids with a sentence each language.

A sentence says what was found, what is allowed, and the way out. ``{name}`` is the name of the
file as it was given; the other placeholders are facts of the refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Sentence = tuple[str, str]
"""In Chinese, in English."""

_SAVE: Final = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入"
_SAVED: Final = "Open it in Excel or WPS, save it as “Excel Workbook (.xlsx)” and import that"

REFUSALS: Final[dict[str, Sentence]] = {}
"""Why a file is not opened, by the id of :class:`NotOpened`."""
NOTES: Final[dict[str, Sentence]] = {}
"""What is told of a book that was opened, by the ids in ``Book.notes``."""


def _refusal(id: str, zh: str, en: str) -> None:
    REFUSALS[id] = zh, en


def _note(id: str, zh: str, en: str) -> None:
    NOTES[id] = zh, en


_refusal(
    "file-missing",
    "文件“{name}”不在了。请重新选择文件上传。",
    "The file “{name}” is gone. Choose it again.",
)
_refusal(
    "file-empty",
    "文件“{name}”是空的（0 字节）。请检查文件是否保存完整，再重新上传。",
    "The file “{name}” is empty (0 bytes). See whether it was saved, and upload it again.",
)
_refusal(
    "file-blank",
    "文件“{name}”打开了，但所有工作表都没有内容。请确认选对了文件。",
    "The file “{name}” was opened, but no sheet holds anything. Is it the right file?",
)
_refusal(
    "file-too-big",
    "文件“{name}”有 {found} MB，最多 {most} MB。请删去图片和用不到的工作表，"
    "或拆成几个文件分别导入。",
    "The file “{name}” has {found} MB; at most {most} MB are read. Take out pictures and sheets"
    " that are not needed, or split it and import the parts.",
)
_refusal(
    "file-too-much",
    "文件“{name}”展开后的内容太多，超出一次能读取的内存。请拆成几个文件分别导入；如果是 .xls，"
    "先另存为 .xlsx。",
    "The file “{name}” holds more than can be read at once. Split it and import the parts; save"
    " an .xls as .xlsx first.",
)
_refusal(
    "file-too-many-lines",
    "文件“{name}”各工作表合计超过 {most} 行。请拆成几个文件分别导入。",
    "The sheets of “{name}” have more than {most} rows together. Split the file and import the"
    " parts.",
)
_refusal(
    "file-too-many-sheets",
    "文件“{name}”有 {found} 张工作表，最多 {most} 张。请把要导入的工作表另存为一个文件。",
    "The file “{name}” has {found} sheets; at most {most} are read. Save those that you want to"
    " import as a file of their own.",
)
_refusal(
    "file-too-slow",
    "读取文件“{name}”用时过长，已停止。请" + _SAVE + "；仍不行时，拆成几个文件。",
    "Reading the file “{name}” took too long and was stopped. " + _SAVED + "; if that does not"
    " help, split it.",
)
_refusal(
    "file-bomb",
    "文件“{name}”的压缩方式不正常（展开后会大到无法处理），没有打开。请" + _SAVE + "。",
    "The file “{name}” is packed in an unusual way (unpacked it would grow beyond measure) and"
    " was not opened. " + _SAVED + ".",
)
_refusal(
    "file-damaged",
    "文件“{name}”已损坏或不完整，读不出来。请重新下载或重新保存一次；"
    "能用 Excel 或 WPS 打开的话，另存为“Excel 工作簿（.xlsx）”后再导入。",
    "The file “{name}” is damaged or incomplete. Download or save it again; if Excel or WPS can"
    " open it, save it as “Excel Workbook (.xlsx)” and import that.",
)
_refusal(
    "file-unsafe",
    "文件“{name}”里有表格文件不该有的内容（{found}），没有打开。请" + _SAVE + "。",
    "The file “{name}” contains what has no place in a spreadsheet ({found}) and was not"
    " opened. " + _SAVED + ".",
)
_refusal(
    "file-password",
    "文件“{name}”设有打开密码，读不了。请用 Excel 或 WPS 打开，"
    "取消密码（文件—信息—保护工作簿），保存后再导入。",
    "The file “{name}” is protected by a password. Open it in Excel or WPS, remove the password"
    " (File – Info – Protect Workbook), save it and import that.",
)
_refusal(
    "file-other",
    "文件“{name}”实际上是{found}，不是表格。能导入的是 .xlsx、.xls 和 .csv 文件。",
    "The file “{name}” is in fact {found_en}, not a spreadsheet. What can be imported is .xlsx,"
    " .xls and .csv.",
)
_refusal(
    "file-packed",
    "文件“{name}”是压缩包（{found}）。请先解压，再选择里面的 .xlsx、.xls 或 .csv 文件导入。",
    "The file “{name}” is an archive ({found}). Unpack it and import the .xlsx, .xls or .csv"
    " inside.",
)
_refusal(
    "file-to-save-again",
    "文件“{name}”是{found}，这种格式读不了。请" + _SAVE + "。",
    "The file “{name}” is {found_en}, which cannot be read. " + _SAVED + ".",
)
_refusal(
    "file-unknown",
    "认不出文件“{name}”是什么。能导入的是 .xlsx、.xls 和 .csv 文件。请" + _SAVE + "。",
    "What the file “{name}” is cannot be told. What can be imported is .xlsx, .xls and .csv. "
    + _SAVED
    + ".",
)
_refusal(
    "file-no-table",
    "文件“{name}”是网页格式，里面没有表格。请在原系统里重新导出，或" + _SAVE + "。",
    "The file “{name}” is a web page without a table. Export it again, or open it in Excel or"
    " WPS, save it as “Excel Workbook (.xlsx)” and import that.",
)
_refusal(
    "file-quotes",
    "文件“{name}”第 {row} 行起有一个引号没有成对，后面的内容分不清哪格是哪格。请补上引号，或"
    + _SAVE
    + "。",
    "A quotation mark of “{name}” that opens about row {row} is never closed, so that cells"
    " cannot be told apart. Close it, or open the file in Excel or WPS, save it as “Excel"
    " Workbook (.xlsx)” and import that.",
)
_refusal(
    "no-room",
    "服务器磁盘空间不足，文件“{name}”没有读完。请联系系统管理员清理空间后再导入。",
    "The disk of the server is full, and “{name}” was not read to its end. Ask its administrator to"
    " make room, then import it again.",
)
_refusal(
    "pasted-nothing",
    "没有粘贴到内容。请在表格里选中要导入的单元格，复制后粘贴到这里。",
    "Nothing was pasted. Select cells in your spreadsheet, copy them and paste them here.",
)
_refusal(
    "pasted-too-much",
    "粘贴的内容有 {found} 个字，最多 {most} 个。内容多时请直接上传文件。",
    "What was pasted has {found} characters; at most {most} are taken. Upload the file instead.",
)

_note(
    "macros-ignored",
    "文件里有宏，导入时没有运行，只读取单元格里已有的内容。",
    "The file has macros. They were not run; only what stands in the cells was read.",
)
_note(
    "links-ignored",
    "文件引用了其他文件或外部数据。导入时不去取，只用文件里保存的结果。",
    "The file refers to other files or outside data. They were not fetched; the results kept"
    " in the file were used.",
)
_note(
    "objects-ignored",
    "文件里嵌有图片以外的对象（如 Word 文档、控件），没有读取。",
    "The file has embedded objects (documents, controls). They were not read.",
)
_note(
    "sheets-left-out",
    "文件里有图表页或宏表，没有读取。",
    "The file has chart or macro sheets. They were not read.",
)
_note(
    "name-differs",
    "文件的扩展名与内容不符，已按实际内容读取。",
    "The ending of the name does not fit what the file is; it was read as what it is.",
)
_note(
    "encoding-guessed",
    "文本文件没有注明编码，按中文常用编码（GB18030）读取。请看一看文字是否正常。",
    "The text does not say its encoding; it was read as GB18030. See whether it looks right.",
)
_note(
    "garbled-text",
    "文件里有乱码。请用原来的程序打开核对；必要时另存为 .xlsx 再导入。",
    "The file holds garbled text. Look at it in the program that made it; if need be, save it"
    " as .xlsx and import that.",
)
_note(
    "layout-unknown",
    "文件的格式部分已损坏：内容照读，隐藏行列和合并单元格不清楚。",
    "The layout of the file is damaged: its contents were read, but not which rows and columns"
    " are hidden or merged.",
)


class NotOpened(Exception):
    """A file that is not opened: the id of a sentence, and its facts."""

    def __init__(self, id: str, facts: Mapping[str, str] | None = None) -> None:
        super().__init__(id)
        self.id = id
        self.facts = dict(facts or {})

    def __str__(self) -> str:
        return told(self.id, self.facts)

    def __reduce__(self) -> tuple[type[NotOpened], tuple[str, dict[str, str]]]:
        return NotOpened, (self.id, self.facts)


def told(id: str, facts: Mapping[str, str], *, english: bool = False) -> str:
    """The sentence of a refusal or a note."""
    sentence = REFUSALS.get(id) or NOTES[id]
    return sentence[english].format_map(_Facts(facts))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
