"""Every way in which a data set is refused, with its sentence in both languages.

Sentences name the place by ``place_zh`` or ``place_en`` (table, row, column), or by ``file``.
"""

from __future__ import annotations

from typing import Final

from jinwei.engine.faults import register

_DATA: Final = "data"

MISSING_FILE: Final = register(
    "data-missing-file",
    _DATA,
    zh="没有找到“{found}”；请检查文件或文件夹的位置和名称。",
    en="“{found}” was not found; check the location and the name of the file or folder.",
)
UNSUPPORTED_FILE: Final = register(
    "data-unsupported-file",
    _DATA,
    zh="“{found}”不是可以读取的数据文件；请用工作簿（.xlsx）、YAML 文件，"
    "或放有 .csv 或 .parquet 文件的文件夹。",
    en="“{found}” is no file that can be read; use a workbook (.xlsx), a YAML file, or a folder of"
    " .csv or .parquet files.",
)
UNREADABLE: Final = register(
    "data-unreadable",
    _DATA,
    zh="文件“{file}”打不开，可能已损坏或格式不对（{found}）；请重新导出或另存后再试。",
    en="The file “{file}” cannot be read, it may be damaged or of another format ({found});"
    " export or save it again.",
)
EMPTY: Final = register(
    "data-empty",
    _DATA,
    zh="“{file}”里没有任何表；数据应有以“组织”“会议”等命名的工作表或文件。",
    en="“{file}” holds no table; sheets or files named organization, meeting and so on are"
    " expected.",
)
WRONG_SHAPE: Final = register(
    "data-wrong-shape",
    _DATA,
    zh="“{where}”写的是{found_zh}，应为{expected_zh}；"
    "数据的写法是“表名: [行, 行]”，每行是“列名: 值”。",
    en="“{where}” is {found}, expected is {expected_en}; a data set is written"
    " “table: [row, row]”, each row “column: value”.",
)
NO_HEADINGS: Final = register(
    "data-no-headings",
    _DATA,
    zh="{place_zh}是空的，没有表头；请在第一行写列名，或删去这张表。",
    en="{place_en} is empty and has no headings; write the column names in the first row, or"
    " remove the table.",
)
UNKNOWN_TABLE: Final = register(
    "data-unknown-table",
    _DATA,
    zh="“{found}”不是数据表的名称；请改成规定的表名，例如“组织”“会议”“党费”。",
    en="“{found}” is not the name of a table; use one of the known names, such as organization,"
    " meeting or dues.",
)
DUPLICATE_TABLE: Final = register(
    "data-duplicate-table",
    _DATA,
    zh="{table_zh}表出现了两次（“{found}”）；同一张表只能有一份，请合并。",
    en="Table {table} is given twice (“{found}”); put all its rows into one.",
)
UNKNOWN_COLUMN: Final = register(
    "data-unknown-column",
    _DATA,
    zh="{table_zh}表没有“{found}”这一列；请改成规定的列名，或删去这一列。可用的列：{allowed_zh}。",
    en="Table {table} has no column “{found}”; use one of its column names or remove the column:"
    " {allowed_en}.",
)
DERIVED_COLUMN: Final = register(
    "data-derived-column",
    _DATA,
    zh="{table_zh}表的“{found}”由系统计算，不能填写；请删去这一列。",
    en="Column “{found}” of table {table} is computed and cannot be given; remove the column.",
)
DUPLICATE_HEADING: Final = register(
    "data-duplicate-heading",
    _DATA,
    zh="{place_zh}重复出现（“{found}”）；同一列只能写一次。",
    en="{place_en} is given more than once (“{found}”); give each column once.",
)
MISSING_COLUMN: Final = register(
    "data-missing-column",
    _DATA,
    zh="{table_zh}表缺少必填的列“{column_zh}”（{column}）；现有的列是：{found}。请补上这一列。",
    en="Table {table} lacks the required column “{column}”; its columns are: {found}. Add the"
    " column.",
)
EXTRA_CELL: Final = register(
    "data-extra-cell",
    _DATA,
    zh="{place_zh}在没有列名的列里有内容“{found}”；请补上列名，或检查是不是错了列。",
    en="{place_en} has “{found}” in a column without a heading; give it one, or check whether the"
    " cells have shifted.",
)
NOT_A_VALUE: Final = register(
    "data-not-a-value",
    _DATA,
    zh="{place_zh}写的是“{found}”，不是单个值；一格只能写一个值。",
    en="{place_en} holds “{found}”, which is no single value; a cell holds one value.",
)
CONTROL_CHARACTER: Final = register(
    "data-control-character",
    _DATA,
    zh="{place_zh}含有看不见的控制字符（{found}）；请删去后重新输入。",
    en="{place_en} contains an invisible control character ({found}); type the text again.",
)
NOT_A_DATE: Final = register(
    "data-not-a-date",
    _DATA,
    zh="{place_zh}写的是“{found}”，不是日期；请写成 2025-03-31 这样。",
    en="{place_en} says “{found}”, which is no date; write it like 2025-03-31.",
)
NOT_A_MONTH: Final = register(
    "data-not-a-month",
    _DATA,
    zh="{place_zh}写的是“{found}”，不是月份；请写成 2025-03 这样。",
    en="{place_en} says “{found}”, which is no month; write it like 2025-03.",
)
NOT_A_NUMBER: Final = register(
    "data-not-a-number",
    _DATA,
    zh="{place_zh}写的是“{found}”，不是数字；请只写数字，例如 12 或 12.50，不带单位和逗号。",
    en="{place_en} says “{found}”, which is no number; write digits only, such as 12 or 12.50,"
    " without unit or comma.",
)
NOT_WHOLE: Final = register(
    "data-not-whole",
    _DATA,
    zh="{place_zh}写的是“{found}”，不是整数；这里只能写整数，例如 12。",
    en="{place_en} says “{found}”, which is not whole; write a whole number such as 12.",
)
TOO_PRECISE: Final = register(
    "data-too-precise",
    _DATA,
    zh="{place_zh}写的是“{found}”，小数超过两位；最多写两位小数，例如 12.50。",
    en="{place_en} says “{found}”, with more than two decimals; write at most two, such as 12.50.",
)
TOO_LARGE: Final = register(
    "data-number-too-large",
    _DATA,
    zh="{place_zh}写的是“{found}”，数字太大；整数部分最多 10 位。",
    en="{place_en} says “{found}”, which is too large; at most 10 digits before the point.",
)
NOT_A_BOOLEAN: Final = register(
    "data-not-a-boolean",
    _DATA,
    zh="{place_zh}写的是“{found}”；这里只能写：{allowed_zh}。",
    en="{place_en} says “{found}”; write one of: {allowed_en}.",
)
UNKNOWN_CODE: Final = register(
    "data-unknown-code",
    _DATA,
    zh="{place_zh}写的是“{found}”，没有这一项；请写其中之一：{allowed_zh}。",
    en="{place_en} says “{found}”, which is not among the codes; write one of: {allowed_en}.",
)
MISSING_KEY: Final = register(
    "data-missing-key",
    _DATA,
    zh="{place_zh}是空的；每一行都要有自己的编号，其他表靠它引用。",
    en="{place_en} is empty; every row needs its own code, by which other tables refer to it.",
)
MISSING_VALUE: Final = register(
    "data-missing-value",
    _DATA,
    zh="{place_zh}是空的；这一列必须填写。",
    en="{place_en} is empty; this column must be filled in.",
)
DUPLICATE_KEY: Final = register(
    "data-duplicate-key",
    _DATA,
    zh="{place_zh}写的是“{found}”，与{first_zh}重复；编号不能重复，请改正其中一个。",
    en="{place_en} says “{found}”, as {first_en} does; codes must differ, correct one of them.",
)
UNKNOWN_REFERENCE: Final = register(
    "data-unknown-reference",
    _DATA,
    zh="{place_zh}写的是“{found}”，{target_zh}表里没有这个编号；请改正编号，或在{target_zh}表里补上。",
    en="{place_en} says “{found}”, which table {target} does not hold; correct the code or add it"
    " to table {target}.",
)
CYCLE: Final = register(
    "data-cycle",
    _DATA,
    zh="{place_zh}造成上下级循环：{found}（{when_zh}）；一个组织不能是自己的上级，请改正其中一个上级。",
    en="{place_en} closes a circle of superiors: {found} ({when_en}); no organization can stand"
    " above itself, correct one of the superiors.",
)
OVERLAP: Final = register(
    "data-overlap",
    _DATA,
    zh="{place_zh}：“{found}”的起止日期（{span_zh}）与{other_zh}（{other_span_zh}）重叠；"
    "同一天只能有一条，请让前一条的“至”早于后一条的“自”。",
    en="{place_en}: the dates of “{found}” ({span_en}) overlap with {other_en} ({other_span_en});"
    " only one may hold on a day, so let the earlier one end before the later one begins.",
)
END_BEFORE_BEGINNING: Final = register(
    "data-end-before-beginning",
    _DATA,
    zh="{place_zh}写的是“{found}”，早于“{begin_zh}”的 {begin}；结束不能早于开始，请改正其中一个。",
    en="{place_en} says “{found}”, which is before {begin}, its “{begin_column}”; an end cannot"
    " lie before its beginning, correct one of them.",
)
MORE: Final = register(
    "data-more",
    _DATA,
    zh="同类问题（{kind}）还有 {found} 处没有列出，从 {where} 起；改好以上各处后再试一次。",
    en="{found} more faults of the same kind ({kind}) are not listed, from {where} on; correct"
    " those above and try again.",
)
