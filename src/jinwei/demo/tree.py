"""The tree: a work committee of a district with its offices, or one stationed committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from jinwei.demo import units
from jinwei.demo.behaviour import Temper, climate, complete, temper_of_branch
from jinwei.demo.chance import apportion, partition, stream
from jinwei.demo.days import add_years, between, text
from jinwei.demo.names import ordinal
from jinwei.demo.rows import Row, row
from jinwei.demo.units import Unit

ORGANIZATIONS: Final = 569
LEAVES: Final = 400
JOINT: Final = 8
LEAF_KINDS: Final = ("branch", "joint_branch")
UPPER_KINDS: Final = ("work_committee", "committee", "general_branch")


@dataclass(slots=True)
class Organ:
    """An organization with what its behaviour needs.

    ``size`` counts the members registered in it at the day, ``top`` is the office's own
    organization, ``party_day`` the day of the month of its theme day.
    """

    code: str
    name: str
    parent: str | None
    kind: str
    sector: str
    temper: Temper
    top: str = ""
    size: int = 0
    retired: bool = False
    established: date = date(2001, 7, 1)
    dissolved: date | None = None
    party_day: int = 15

    @property
    def is_leaf(self) -> bool:
        """Members are registered here."""
        return self.kind in LEAF_KINDS

    @property
    def is_upper(self) -> bool:
        """Other organizations, not members, stand below it."""
        return self.kind in UPPER_KINDS

    def exists(self, day: date) -> bool:
        return self.established <= day and (self.dissolved is None or day <= self.dissolved)


def organization_row(organ: Organ) -> Row:
    return row(
        "organization",
        code=organ.code,
        name=organ.name,
        parent=organ.parent,
        kind=organ.kind,
        sector=organ.sector,
        region=units.REGION,
        established_on=text(organ.established),
        dissolved_on=text(organ.dissolved),
    )


def district_tree(seed: int, today: date) -> list[Organ]:
    """A root, 55 offices and all below them: 569 organizations that exist at the day."""
    rng = stream(seed, "tree")
    root_name = f"中共{units.CITY}{units.DISTRICT}直属机关工作委员会"
    root = Organ("CH", root_name, None, "work_committee", "office", climate(rng), "CH")
    sizes = apportion(rng.randrange(10_120, 10_351), [unit.size for unit in units.UNITS])
    counts = _branch_counts(sizes)
    organs = [root]
    for index, unit in enumerate(units.UNITS):
        organs += _unit_tree(seed, f"CH{index + 1:02}", unit, sizes[index], counts[index])
    _name_joint_branches(organs)
    organs += _temporary_branches(seed, organs, today)
    organs += _groups(organs, ORGANIZATIONS - len(organs))
    return _settled(seed, organs)


def _branch_counts(sizes: list[int]) -> list[int]:
    """Branches per office: two at least, the rest by size."""
    spare = apportion(LEAVES - 2 * len(sizes), [max(size - 45, 1) for size in sizes])
    return [2 + share for share in spare]


def _unit_tree(seed: int, code: str, unit: Unit, size: int, count: int) -> list[Organ]:
    """The committee (from 100 members) or general branch of one office with its branches."""
    rng = stream(seed, "unit", code)
    kind = "committee" if size >= 100 else "general_branch"
    suffix = "机关党委" if kind == "committee" else "机关党总支"
    name = units.DISTRICT + unit.name.removeprefix("区")
    top = Organ(code, name + suffix, "CH", kind, unit.sector, climate(rng), code, size)
    inner = _inner(rng, top, name, unit.inner)
    sizes = partition(rng, size, count, 6, 50)
    leaves = [
        _unit_leaf(seed, top, name, inner, i, branch_size) for i, branch_size in enumerate(sizes)
    ]
    if size >= 140:
        largest = max(leaves[-3:], key=lambda leaf: leaf.size)
        largest.retired, largest.name = True, f"{name}离退休干部党支部"
        largest.parent = code
    return [top, *inner, *leaves]


def _inner(rng: Random, top: Organ, name: str, parts: tuple[str, ...]) -> list[Organ]:
    """General branches between a committee and its branches."""
    return [
        Organ(
            f"{top.code}Z{number}",
            f"{name}{part}党总支",
            top.code,
            "general_branch",
            top.sector,
            climate(rng),
            top.top,
        )
        for number, part in enumerate(parts, 1)
    ]


def _unit_leaf(
    seed: int, top: Organ, name: str, inner: list[Organ], index: int, size: int
) -> Organ:
    """One branch of an office; the later two thirds belong to the inner general branches."""
    code = f"{top.code}{index + 1:02}"
    rng = stream(seed, "branch", code)
    above = inner[(index - index // 3 - 1) % len(inner)] if inner and index % 3 else top
    temper = temper_of_branch(rng, above.temper)
    full = f"{name}第{ordinal(index + 1)}党支部"
    return Organ(code, full, above.code, "branch", top.sector, temper, top.code, size)


def _name_joint_branches(organs: list[Organ]) -> None:
    """Eight small branches hold the members of units with fewer than three full members."""
    leaves = [organ for organ in organs if organ.is_leaf and not organ.retired]
    seen: set[str] = set()
    for organ in sorted(leaves, key=lambda leaf: (leaf.size, leaf.code)):
        if organ.top in seen or len(seen) == JOINT:
            continue
        seen.add(organ.top)
        organ.kind = "joint_branch"
        organ.name = organ.name.replace("党支部", "联合党支部")


_TEMPORARY_TASKS: Final = (
    "老旧街区改造专班",
    "防汛抢险突击队",
    "重大项目征迁专班",
    "文明创建专班",
    "乡村振兴驻点工作队",
    "营商环境攻坚专班",
)


def _temporary_branches(seed: int, organs: list[Organ], today: date) -> list[Organ]:
    """Branches for a task: set up in the past year, members keep their own branch."""
    tops = [organ for organ in organs if organ.kind == "committee"]
    found = []
    for index, task in enumerate(_TEMPORARY_TASKS):
        rng = stream(seed, "temporary", index)
        top = tops[(index * 6 + 3) % len(tops)]
        code = f"{top.code}L{index + 1}"
        organ = Organ(code, f"{units.DISTRICT}{task}临时党支部", top.code, "temporary_branch",
                      top.sector, climate(rng), top.code)  # fmt: skip
        organ.established = between(rng, add_years(today, -1), today.replace(day=1))
        found.append(organ)
    return found


def _groups(organs: list[Organ], wanted: int) -> list[Organ]:
    """Groups in the largest branches, two to four in each, ``wanted`` in all."""
    leaves = sorted((o for o in organs if o.is_leaf), key=lambda leaf: (-leaf.size, leaf.code))
    groups: list[Organ] = []
    for leaf in leaves:
        left = wanted - len(groups)
        if left <= 0:
            break
        parts = left if left <= 4 else 3
        groups += [_group(leaf, number) for number in range(1, parts + 1)]
    return groups


def _group(leaf: Organ, number: int) -> Organ:
    name = f"{leaf.name}第{ordinal(number)}党小组"
    code = f"{leaf.code}G{number}"
    return Organ(code, name, leaf.code, "group", leaf.sector, leaf.temper, leaf.top)


def _settled(seed: int, organs: list[Organ]) -> list[Organ]:
    """Days of founding and of the theme day, given to every organization."""
    founded: dict[str | None, date] = {}
    for organ in organs:
        rng = stream(seed, "settled", organ.code)
        organ.party_day = rng.randrange(8, 26)
        if organ.kind == "group":
            organ.established = founded[organ.parent]
        elif organ.kind != "temporary_branch":
            organ.established = between(rng, date(1994, 1, 1), date(2012, 12, 31))
        founded[organ.code] = organ.established
    return organs


def committee_tree(seed: int) -> list[Organ]:
    """One stationed committee: three general branches, 25 branches, 162 members."""
    rng = stream(seed, "stationed")
    name = f"{units.CITY}驻澜港"
    top = Organ("ZG", f"中共{name}单位委员会", None, "committee", "office", climate(rng), "ZG", 162)
    middle = _inner(rng, top, name, units.GENERAL_BRANCHES)
    sizes = partition(rng, 162, 25, 3, 13)
    leaves = [_stationed_leaf(seed, top, middle, i, size) for i, size in enumerate(sizes)]
    tempers = complete([leaf.temper for leaf in leaves])
    for leaf, temper in zip(leaves, tempers, strict=True):
        leaf.temper = temper
    return _settled(seed, [top, *middle, *leaves])


def _stationed_leaf(seed: int, top: Organ, middle: list[Organ], index: int, size: int) -> Organ:
    """A branch of the stationed office or of a firm from home; 18 stand under general branches."""
    code = f"ZG{index + 1:02}"
    offices = len(units.OFFICES)
    if index < offices:
        name, sector = units.OFFICES[index], "office"
    elif index < offices + len(units.FIRMS):
        name = units.FIRMS[index - offices]
        sector = "social_organization" if "商会" in name else "private_enterprise"
    else:
        name, sector = f"流动党员第{ordinal(index - offices - len(units.FIRMS) + 1)}", "other"
    above = middle[index % 3] if offices <= index < offices + len(units.FIRMS) else top
    temper = temper_of_branch(stream(seed, "branch", code), above.temper)
    place = "" if "驻澜港" in name else "驻澜港"
    full = f"{units.CITY}{place}{name}党支部"
    return Organ(code, full, above.code, "branch", sector, temper, top.code, size)
