"""A roster of any length as an office keeps it, with every kind of fault at a known cell.

Between the faults stand clean lookalikes: odd, and right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from jinwei.books import kinds
from jinwei.books.drafts import Values
from jinwei.books.grid import Cell, Error, Grid, Merge, Ruined, Unreckoned

from .sheets import sheet
from .worlds import NUMBERS, name_of, number_of

NO, NAME, SEX, ETHNICITY, BIRTH, NUMBER, EDUCATION, PHONE, BRANCH, JOINED, FULL, STATUS, MOBILE = (
    range(13)
)
CODE = 15
TARGETS = {
    NAME: "name",
    SEX: "sex",
    ETHNICITY: "ethnicity",
    BIRTH: "birth_on",
    NUMBER: "id_number",
    EDUCATION: "education",
    PHONE: "phone",
    BRANCH: "organization",
    JOINED: "joined_on",
    FULL: "full_on",
    STATUS: "status",
    MOBILE: "mobile",
    CODE: "code",
}
_UPPER = [
    *["序号", "姓名", "性别", "民族", "出生年月", "身份证号码", "学历", "联系电话", "所在党支部"],
    *["党籍时间", "|", "人员类别", "流动党员", "备注", "|", "党员编号"],
]
_LOWER: tuple[Cell, ...] = (None,) * 9 + ("入党时间", "转正时间")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ZERO = dt.date(1899, 12, 30)
_EVERY = 37
"""One line in so many holds a fault; one in five is a lookalike."""


@dataclass
class Person:
    """One line and what it must say: the cells, the values, the trouble at which column."""

    cells: list[Cell]
    values: Values
    trouble: tuple[int, str] | None = None


@dataclass
class Roster:
    grid: Grid
    clean: dict[int, Values] = field(default_factory=dict)
    troubles: set[tuple[int, int | None, str]] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)


def plain(at: int) -> Person:
    """Somebody without any oddity; different for every number."""
    born = dt.date(1950, 1, 1) + dt.timedelta(days=at * 7 % 16000)
    joined = dt.date(born.year + 25, 7, 1)
    full = dt.date(joined.year + 1, 7, 1)
    branch = f"C{at % 3}{at % 18 + 1:02}"
    street = ("天津路街道", "和平里街道", "县直机关")[at % 3]
    place = at % 18 + 1
    named = NUMBERS[place - 1] if place <= 10 else "十" + NUMBERS[place - 11]
    number = number_of(born, at // 2286 * 2 + 101 + at % 2)
    sex = "男" if int(number[16]) % 2 else "女"
    cells: list[Cell] = [
        at, name_of(at), sex, "汉族", born, number, "大学本科", f"138{at:08}",
        f"{street}第{named}党支部", joined, full, "正式党员", "否", None, None,
    ]  # fmt: skip
    values: Values = {
        "name": name_of(at), "sex": sex, "ethnicity": "汉族", "birth_on": born.isoformat(),
        "id_number": number, "education": "大学本科", "phone": f"138{at:08}",
        "organization": branch, "joined_on": joined.isoformat(), "full_on": full.isoformat(),
        "status": "full", "mobile": False,
    }  # fmt: skip
    return Person(cells, values)


def born_on(person: Person, born: dt.date, sequence: int) -> None:
    """Another birth, in the cell and in the number."""
    number = number_of(born, sequence)
    sex = "男" if int(number[16]) % 2 else "女"
    person.cells[BIRTH], person.cells[NUMBER], person.cells[SEX] = born, number, sex
    person.values |= {"birth_on": born.isoformat(), "id_number": number, "sex": sex}


def _put(column: int, cell: Cell, kind: str) -> Callable[[Person, int], None]:
    def put(person: Person, at: int) -> None:
        person.cells[column] = cell
        person.trouble = (column, kind)

    return put


def _number(change: Callable[[str], Cell], kind: str) -> Callable[[Person, int], None]:
    def put(person: Person, at: int) -> None:
        person.cells[NUMBER] = change(str(person.values["id_number"]))
        person.trouble = (NUMBER, kind)

    return put


def _wrong_check(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def _other_sex(person: Person, at: int) -> None:
    person.cells[SEX] = "女" if person.values["sex"] == "男" else "男性"
    person.trouble = (SEX, kinds.SEX_CONTRADICTS)


def _other_birth(person: Person, at: int) -> None:
    born = dt.date.fromisoformat(str(person.values["birth_on"]))
    person.cells[BIRTH] = born - dt.timedelta(days=1)
    person.trouble = (BIRTH, kinds.BIRTH_CONTRADICTS)


def _other_month(person: Person, at: int) -> None:
    born = dt.date.fromisoformat(str(person.values["birth_on"]))
    person.cells[BIRTH] = f"{born.year - 1}.{born.month:02}"
    person.trouble = (BIRTH, kinds.BIRTH_CONTRADICTS)


def _young(person: Person, at: int) -> None:
    born = dt.date.fromisoformat(str(person.values["birth_on"]))
    person.cells[JOINED] = dt.date(born.year + 18, born.month, 1) - dt.timedelta(days=1)
    person.trouble = (JOINED, kinds.JOINED_YOUNG)


def _early_full(person: Person, at: int) -> None:
    joined = dt.date.fromisoformat(str(person.values["joined_on"]))
    person.cells[FULL] = joined - dt.timedelta(days=1)
    person.trouble = (FULL, kinds.FULL_BEFORE_JOINED)


FAULTS: tuple[Callable[[Person, int], None], ...] = (
    _number(_wrong_check, kinds.ID_CHECKSUM),
    _number(lambda n: Ruined(f"{n[:15]}000"), kinds.NUMBER_RUINED),
    _number(lambda n: f"{n[0]}.{n[1:6]}E+17", kinds.NUMBER_RUINED),
    _number(lambda n: float(n), kinds.NUMBER_RUINED),
    _number(lambda n: n[:-1], kinds.ID_LENGTH),
    _number(lambda n: n[:6] + n[8:-1], kinds.ID_OLD),
    _number(lambda n: "O" + n[1:], kinds.ID_FORM),
    _number(lambda n: "99" + n[2:], kinds.ID_REGION),
    _number(lambda n: n[:10] + "1332" + n[14:], kinds.ID_BIRTH),
    _other_sex,
    _other_birth,
    _other_month,
    _young,
    _early_full,
    _put(NAME, None, kinds.NAME_MISSING),
    _put(NAME, "　", kinds.NAME_MISSING),
    _put(NAME, 12345, kinds.NOT_A_NAME),
    _put(SEX, "南", kinds.SEX_UNKNOWN),
    _put(BRANCH, "不存在的党支部甲", kinds.ORGANIZATION_UNKNOWN),
    _put(BRANCH, "老干部党支部", kinds.ORGANIZATION_AMBIGUOUS),
    _put(BRANCH, "TJ2", kinds.ORGANIZATION_MEANT),
    _put(BRANCH, "天津路菜市场联合", kinds.ORGANIZATION_MEANT),
    _put(JOINED, "一九九几年", kinds.NOT_A_DATE),
    _put(JOINED, "1998-13-01", kinds.NOT_A_DATE),
    _put(JOINED, "1998", kinds.NOT_A_DATE),
    _put(JOINED, "1998-02-30", kinds.NO_SUCH_DAY),
    _put(JOINED, "98.7.1", kinds.NOT_A_DATE),
    _put(JOINED, "3/30", kinds.NO_YEAR),
    _put(JOINED, 1998.1, kinds.ZERO_LOST),
    _put(JOINED, "1998.07", kinds.NO_DAY),
    _put(JOINED, 1998.07, kinds.NO_DAY),
    _put(FULL, dt.date(2027, 1, 1), kinds.IN_THE_FUTURE),
    _put(FULL, "￥25", kinds.NOT_A_DATE),
    _put(STATUS, "积极分子", kinds.UNKNOWN_STATUS),
    _put(MOBILE, "也许", kinds.NOT_A_BOOLEAN),
    _put(NAME, Error("#REF!"), kinds.FORMULA_FAILED),
    _put(ETHNICITY, Error("#N/A"), kinds.FORMULA_FAILED),
    _put(JOINED, Unreckoned("DATE(1998,7,1)"), kinds.UNRECKONED),
    _put(NAME, "寮犱笁", kinds.GARBLED),
    _put(EDUCATION, "澶у鏈\ufffd", kinds.GARBLED),
    _put(PHONE, "1.38001E+10", kinds.NUMBER_RUINED),
    _put(13 + 1, "错了列", kinds.BEYOND),
)


def _value(column: int, cell: Cell, value: object) -> Callable[[Person, int], None]:
    def put(person: Person, at: int) -> None:
        person.cells[column] = cell
        person.values[TARGETS[column]] = value  # type: ignore[assignment]

    return put


def _birth(change: Callable[[dt.date], Cell]) -> Callable[[Person, int], None]:
    def put(person: Person, at: int) -> None:
        person.cells[BIRTH] = change(dt.date.fromisoformat(str(person.values["birth_on"])))

    return put


def _same_number(change: Callable[[str], Cell]) -> Callable[[Person, int], None]:
    def put(person: Person, at: int) -> None:
        person.cells[NUMBER] = change(str(person.values["id_number"]))

    return put


def _joined(cell: Cell, value: str) -> Callable[[Person, int], None]:
    """Joined on a day, and old enough for it."""

    def put(person: Person, at: int) -> None:
        born_on(person, dt.date(1955, 1, 1) + dt.timedelta(days=at % 7000), 300 + at % 300)
        person.cells[JOINED], person.cells[FULL] = cell, None
        person.values["joined_on"] = value
        del person.values["full_on"]

    return put


def _leap(person: Person, at: int) -> None:
    born_on(person, dt.date(1960 + 4 * (at % 10), 2, 29), 200 + at % 700)
    joined = dt.date(1960 + 4 * (at % 10) + 18, 3, 1)
    person.cells[JOINED], person.cells[FULL] = joined, joined
    person.values |= {"joined_on": joined.isoformat(), "full_on": joined.isoformat()}


def _just_eighteen(person: Person, at: int) -> None:
    born = dt.date.fromisoformat(str(person.values["birth_on"]))
    day = dt.date(born.year + 18, born.month, min(born.day, 28))
    if day.day != born.day:
        return
    person.cells[JOINED] = f"{day:%Y-%m-%d}"
    person.values["joined_on"] = day.isoformat()


def _ends_in_x(person: Person, at: int) -> None:
    born = dt.date.fromisoformat(str(person.values["birth_on"]))
    sequence = next(n for n in range(700 + at % 50, 999) if number_of(born, n)[-1] == "X")
    born_on(person, born, sequence)
    person.cells[NUMBER] = str(person.values["id_number"]).lower()


def _ends_in_zeros(person: Person, at: int) -> None:
    """A number that ends in 000, and is right."""
    born = dt.date(1950, 1, 1) + dt.timedelta(days=at)
    while not number_of(born, 500).endswith("000"):
        born += dt.timedelta(days=20)
    born_on(person, born, 500)
    joined, full = dt.date(born.year + 20, 1, 1), dt.date(born.year + 21, 1, 1)
    person.cells[JOINED], person.cells[FULL] = joined, full
    person.values |= {"joined_on": joined.isoformat(), "full_on": full.isoformat()}


def _on_the_day(person: Person, at: int) -> None:
    person.cells[FULL] = person.cells[JOINED]
    person.values["full_on"] = person.values["joined_on"]


def _unsaid(person: Person, at: int) -> None:
    """Birth and sex stand in the number alone."""
    person.cells[BIRTH], person.cells[SEX] = None, "-"


LOOKALIKES: tuple[Callable[[Person, int], None], ...] = (
    *(
        _value(NAME, cell, name)
        for cell, name in (
            ("合小明", "合小明"),
            ("总明", "总明"),
            ("小川", "小川"),
            ("注小玲", "注小玲"),
            ("何合计", "何合计"),
            ("王总计", "王总计"),
            ("合", "合"),
            ("李", "李"),
            ("王　明", "王明"),
            (" 张 三 ", "张三"),
            ("李\u200b四", "李四"),
            ("Maria  Li", "Maria Li"),
            ("Ｊｏｈｎ", "John"),
            ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提"),
            ("迪丽•努尔", "迪丽·努尔"),
            ("王涓涓", "王涓涓"),
            ("张骞", "张骞"),
            ("瀛淇", "瀛淇"),
            ("田不", "田不"),
            ("于无", "于无"),
            ("何公式", "何公式"),
        )
    ),
    *(_value(ETHNICITY, cell, "汉族") for cell in ("汉", " 汉族", "汉　族")),
    _value(ETHNICITY, "维吾尔", "维吾尔族"),
    _value(ETHNICITY, "穿青人", "穿青人"),
    _birth(lambda d: f"{d:%Y.%m}"),
    _birth(lambda d: f"{d.year}.{d.month}.{d.day}"),
    _birth(lambda d: int(f"{d:%Y%m%d}")),
    _birth(lambda d: (d - _ZERO).days),
    _birth(lambda d: str((d - _ZERO).days)),
    _birth(lambda d: f"{d.year}年{d.month}月{d.day}日"),
    _birth(lambda d: f"{d.year}年{d.month:02}月"),
    _birth(lambda d: dt.datetime(d.year, d.month, d.day, 12)),
    _birth(lambda d: f"{d:%Y/%m/%d} 00:00:00"),
    _birth(lambda d: f"{d:%Y-%m-%d}".translate(_WIDE)),
    _same_number(lambda n: f"'{n}"),
    _same_number(lambda n: f" {n[:6]} {n[6:14]} {n[14:]}"),
    _same_number(lambda n: n.translate(_WIDE)),
    _same_number(lambda n: f"{n[:6]}-{n[6:14]}-{n[14:]}"),
    _same_number(lambda n: int(n) if n.isdecimal() else n),
    _joined("1998.10.01", "1998-10-01"),
    _joined("二〇〇五年六月一日", "2005-06-01"),
    _joined("二○○五年十一月二十一日", "2005-11-21"),
    _joined("2005年6月1日", "2005-06-01"),
    _joined(19980701, "1998-07-01"),
    _joined("１９９８．７．１", "1998-07-01"),
    *(_value(MOBILE, cell, True) for cell in ("是", "√", "Y", "有", True, 1, "ＹＥＳ")),
    *(_value(MOBILE, cell, False) for cell in ("否", "×", "N", "不是", False, 0, "no")),
    _value(STATUS, "正式", "full"),
    _value(STATUS, "中共党员", "full"),
    _value(STATUS, "预备党员", "probationary"),
    _value(STATUS, "probationary", "probationary"),
    _value(PHONE, 13800138000, "13800138000"),
    _value(PHONE, "138-0013-8000", "13800138000"),
    _value(PHONE, "010-65551234", "010-65551234"),
    _value(BRANCH, "tj02", "TJ02"),
    _value(BRANCH, "ＴＪ０２", "TJ02"),
    _value(BRANCH, "中共天津路菜市场联合党支部委员会", "TJ02"),
    _value(BRANCH, "天津路 菜市场联合党支部", "TJ02"),
    _value(EDUCATION, "研究生（合计三年）", "研究生（合计三年）"),
    _leap,
    _just_eighteen,
    _ends_in_x,
    _ends_in_zeros,
    _on_the_day,
    _unsaid,
)


def roster(lines: int = 10_000, more: Iterable[Person] = ()) -> Roster:
    """The sheet, with what is to be found where. ``more``: persons below the others."""
    rows: list[list[Cell]] = [
        ["县委直属工委2026年党员花名册"],
        ["填报单位：县委直属工委", *[None] * 8, "单位：人"],
        [None if cell == "|" else cell for cell in _UPPER],
        list(_LOWER),
    ]
    clean: dict[int, Values] = {}
    troubles: set[tuple[int, int | None, str]] = set()
    for person in chain(_people(lines), more):
        rows += _between(len(rows))
        rows.append(person.cells)
        if person.trouble:
            troubles.add((len(rows), *person.trouble))
        else:
            clean[len(rows)] = person.values
    troubles |= _repeated(rows, clean, troubles)
    rows += _foot()
    return Roster(sheet(*rows, merges=_merges()), clean, troubles)


def _people(lines: int) -> Iterator[Person]:
    faults = lookalikes = 0
    for at in range(1, lines + 1):
        person = plain(at)
        if at % _EVERY == 0:
            FAULTS[faults % len(FAULTS)](person, at)
            faults += 1
        elif at % 5 == 0:
            LOOKALIKES[lookalikes % len(LOOKALIKES)](person, at)
            lookalikes += 1
        yield person


def _between(above: int) -> list[list[Cell]]:
    """What stands among the rows and is none: blank lines, headings again, subtotals, notes."""
    if above % 500 == 0:
        return [[None], [None if cell == "|" else cell for cell in _UPPER], list(_LOWER)]
    if above % 333 == 0:
        return [["本页小计", None, "35人"], ["县委直属工委2026年党员花名册"]]
    if above % 777 == 0:
        return [[None, "小　计", 12, None, None, None, None, "其中预备2人"], [above]]
    if above % 1111 == 0:
        return [["注：流动党员以支部登记为准。"], ["", " "]]
    return []


def _repeated(
    rows: list[list[Cell]], clean: dict[int, Values], troubles: set[tuple[int, int | None, str]]
) -> set[tuple[int, int | None, str]]:
    """Numbers twice, rows twice, and namesakes who are two persons."""
    first, *_ = clean
    found: set[tuple[int, int | None, str]] = set()
    for again in range(3):
        row = list(rows[first - 1 + again])
        rows.append([None, "另一人", *row[2:]])
        found.add((len(rows), NUMBER, kinds.ID_REPEATED))
        rows.append(row)
        found.add((len(rows), None, kinds.REPEATED))
    for again in range(3, 6):
        one, two = list(rows[first - 1 + again]), list(rows[first - 1 + again])
        born = dt.date.fromisoformat(str(clean[first + again]["birth_on"]))
        two[NUMBER] = number_of(born, 951 if one[SEX] == "男" else 952)
        rows.append(two)
        clean[len(rows)] = {**clean[first + again], "id_number": str(two[NUMBER])}
        one[NUMBER] = None
        rows.append(one)
        found.add((len(rows), NAME, kinds.CONTRADICTS_ROW))
    return found


def _foot() -> list[list[Cell]]:
    return [
        ["合　计", None, "9999人", None, None, None, None, "其中预备12人"],
        ["填表人：张三", None, None, None, None, "审核人：李四", None, None, "负责人：王五"],
        ["填表人：", "张三", None, None, "审核人（签字）：", "李四"],
        [None, None, None, None, None, None, None, None, None, "2026年3月31日"],
        ["注：1.本表一式两份。"],
        ["2.一份报县委组织部，一份留存。"],
    ]


def _merges() -> list[Merge]:
    down = [Merge(3, at, 4, at) for at in (*range(9), 11, 12, 13, CODE)]
    return [Merge(1, 0, 1, 13), Merge(3, 9, 3, 10), *down]
