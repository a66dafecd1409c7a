"""What is measured and what of it is enough: the first clause of a rule read aloud."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from jinwei.engine.catalogue import TABLES, Column
from jinwei.engine.measures import Measure
from jinwei.engine.measures.counting import Count, Sum
from jinwei.engine.measures.judging import Findings, Judgement
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.measures.shares import MemberShare, Rating, Share
from jinwei.engine.measures.standing import Check, Level, Presence
from jinwei.engine.periods import Per
from jinwei.engine.plan import OwnFacts
from jinwei.engine.schema import Part, Target

from .conditions import counted_in, exact, filter_told, heading, noun, percent, unit
from .words import Words

_TEXTS: Final = {
    "of_windows": ("{every}至少 {n} {unit}{noun}", "{noun} at least {n} × {every}"),
    "of_different": (
        "{every}{noun}，不同的{column}至少 {n} 个",
        "at least {n} different {column} of {noun} {every}",
    ),
    "each": ("下属的每个{each}，{rule}", "in each {each} below: {rule}"),
    "count": ("{seen}{noun}{target}", "{noun}{seen}{target}"),
    "distinct": (
        "{seen}{noun}，不同的{column}{target}",
        "different {column} of {noun}{seen}{target}",
    ),
    "sum": ("{seen}{noun}的{column}合计{target}", "{column} of {noun}{seen} together{target}"),
    "sum_member": (
        "{seen}{noun}的{column}人均{target}",
        "{column} of {noun}{seen} a member{target}",
    ),
    "level": ("{column}{target}", "{column}{target}"),
    "all": ("{seen}{noun}都做到：{what}", "every {noun}{seen}: {what}"),
    "part": ("{seen}{noun}中，{what}的占 {share} 以上", "of {noun}{seen}, {share} or more: {what}"),
    "all_members": ("每名{noun}都做到：{what}", "all {noun}: {what}"),
    "part_members": ("{noun}中，{what}的占 {share} 以上", "of {noun}, {share} or more: {what}"),
    "own_count": ("本人{noun}{bounds}", "own {noun} {bounds}"),
    "own_sum": ("本人{noun}的{column}合计{bounds}", "{column} of own {noun} {bounds}"),
    "presence": ("期内应有{table}：{items}", "{table} in the period: {items}"),
    "presence_force": ("应有人在任：{items}", "somebody in post: {items}"),
    "presence_some": ("，至少 {n} 项", ", at least {n} of them"),
    "judged": ("由考评人员具名评定：{levels}", "judged by a named assessor: {levels}"),
    "newest": (
        "看最近一{unit}{noun}的{column}：{levels}",
        "the newest {noun}, its {column}: {levels}",
    ),
    "level_of": ("{level}计 {share}", "{level} counts {share}"),
    "found": (
        "由考评人员查看，有下列问题的扣分：{items}",
        "looked at by a named assessor, taken off once each: {items}",
    ),
    "item": ("{item}扣 {points} 分", "{item} {points} off"),
    "rating": (
        "期内{noun}的{positive}占{all} {share} 以上",
        "{positive} of {all} in {noun}, {share} or more",
    ),
    "rating_free": ("期内{noun}的{positive}占{all}的比例", "{positive} of {all} in {noun}"),
    "target": ("{aim} {target}{unit}", ": {aim} {target}"),
    "share_of": ("{column}的 {share}", "{share} of {column}"),
    "share_least": ("最少 {n}", "at least {n}"),
    "share_up": ("进位取整", "rounded up"),
    "brackets": ("（{inside}）", " ({inside})"),
}
_AIMS: Final = {
    "least": ("不少于", "at least"),
    "most": ("不超过", "at most"),
}
_SEEN: Final = {
    "dated": ("期内的", " in the period"),
    "due": ("期内到期的", " due in the period"),
    "in_force": ("现有的", " in force"),
}
_BOUNDS: Final = {
    "at_least": ("不少于 {n}", "at least {n}"),
    "at_most": ("不超过 {n}", "at most {n}"),
    "above": ("超过 {n}", "above {n}"),
    "below": ("少于 {n}", "below {n}"),
}
_EVERY: Final = {
    "month": ("每月", "every month"),
    "quarter": ("每季度", "every quarter"),
    "half_year": ("每半年", "every half year"),
    "year": ("每年", "every year"),
}


def measure_told(say: Words, subject: str, part: Part) -> str:
    """What a part measures, and what of it is enough."""
    return _MEASURES[type(part.measure)](say, subject, part, part.measure)


def every(say: Words, per: Per) -> str:
    """每月, every quarter."""
    if per.unit is not None:
        return _EVERY[per.unit][say.english]
    return f"every {per.months} months" if say.english else f"每 {per.months} 个月"


def _text(say: Words, key: str, **values: object) -> str:
    return _TEXTS[key][say.english].format(**values)


def _and(say: Words) -> str:
    return ", " if say.english else "，"


# --- targets -------------------------------------------------------------------------------------


def _target(say: Words, subject: str, target: Target | None, unit: str = "") -> str:
    """不少于 3 次, at most 50; nothing where every one earns."""
    if target is None:
        return ""
    aim = _AIMS["most" if target.ceiling else "least"][say.english]
    if target.share_of is None:
        told, unit = exact(target.number), f" {unit}" if unit else ""
        return _text(say, "target", aim=aim, target=told, unit=unit)
    column = heading(say, subject, target.share_of.name)
    told = _text(say, "share_of", column=column, share=percent(target.number))
    inside = []
    if target.minimum is not None:
        inside.append(_text(say, "share_least", n=exact(target.minimum)))
    if target.round_up:
        inside.append(_text(say, "share_up"))
    told += _text(say, "brackets", inside=_and(say).join(inside)) if inside else ""
    return _text(say, "target", aim=aim, target=told, unit="")


def _share(part: Part) -> Fraction:
    return part.target.number if part.target is not None else Fraction(1)


# --- measures ------------------------------------------------------------------------------------


def _occurrences(say: Words, subject: str, part: Part, measure: Occurrences) -> str:
    rule = _text(
        say,
        "of_windows" if measure.distinct is None else "of_different",
        every=every(say, measure.per),
        n=measure.at_least,
        unit=unit(measure.fact),
        noun=noun(say, measure.fact, measure.where),
        column=_different(say, measure.distinct),
    )
    if measure.each is None:
        return rule
    return _text(say, "each", each=noun(say, "organization", measure.each), rule=rule)


def _different(say: Words, column: Column | None) -> str:
    """What there must be different ones of: members, not their codes."""
    if column is None:
        return ""
    return say.table("member") if column.name == "member" else say.column(column)


def _count(say: Words, subject: str, part: Part, measure: Count) -> str:
    counted = "个" if measure.distinct else unit(measure.fact)
    return _text(
        say,
        "distinct" if measure.distinct else "count",
        seen=_SEEN["in_force" if measure.in_force else "dated"][say.english],
        noun=noun(say, measure.fact, measure.where),
        column=_different(say, measure.distinct),
        target=_target(say, subject, part.target, counted),
    )


def _sum(say: Words, subject: str, part: Part, measure: Sum) -> str:
    return _text(
        say,
        "sum_member" if measure.per_member else "sum",
        seen=_SEEN["dated"][say.english],
        noun=noun(say, measure.fact, measure.where),
        column=say.column(measure.column),
        target=_target(say, subject, part.target, counted_in(say, measure)),
    )


def _share_of_rows(say: Words, subject: str, part: Part, measure: Share) -> str:
    share = _share(part)
    return _text(
        say,
        "all" if share == 1 else "part",
        seen=_SEEN[measure.seen.mode][say.english],
        noun=noun(say, measure.fact, measure.where),
        what=filter_told(say, measure.fact, measure.satisfying),
        share=percent(share),
    )


def _member_share(say: Words, subject: str, part: Part, measure: MemberShare) -> str:
    share = _share(part)
    if measure.own is not None:
        what = _own(say, measure.own)
    else:
        what = filter_told(say, "member", measure.satisfying)
    members = noun(say, "member", measure.where)
    key = "all_members" if share == 1 else "part_members"
    return _text(say, key, noun=members, what=what, share=percent(share))


def _own(say: Words, own: OwnFacts) -> str:
    column = own.slot.column
    summed = own.slot.what == "sum" and column is not None
    scale = column.scale if summed and column is not None else 1
    counted = "" if summed or say.english else f" {unit(own.fact)}"
    bounds = _and(say).join(
        _BOUNDS[operator][say.english].format(n=exact(bound / scale)) + counted
        for operator, bound in own.tests
    )
    key = "own_sum" if summed else "own_count"
    shown = say.column(column) if column is not None else ""
    rows = noun(say, own.fact, own.slot.where)
    return _text(say, key, noun=rows, column=shown, bounds=bounds)


def _level(say: Words, subject: str, part: Part, measure: Level) -> str:
    target = _target(say, subject, part.target)
    return _text(say, "level", column=say.column(measure.column), target=target)


def _check(say: Words, subject: str, part: Part, measure: Check) -> str:
    return filter_told(say, subject, measure.where)


def _presence(say: Words, subject: str, part: Part, measure: Presence) -> str:
    items = say.comma.join(say.value(measure.fact, measure.column, i) for i in measure.listed)
    table = noun(say, measure.fact, measure.where)
    key = "presence_force" if measure.in_force else "presence"
    told = _text(say, key, table=table, items=items)
    if part.target is None or part.target.number == len(measure.all_of):
        return told
    return told + _text(say, "presence_some", n=exact(part.target.number))


def _judgement(say: Words, subject: str, part: Part, measure: Judgement) -> str:
    column = measure.column
    fact = measure.fact if column else "judgement"
    by = column or _judged_level()
    levels = say.comma.join(
        _text(say, "level_of", level=say.value(fact, by, level), share=percent(factor))
        for level, factor in measure.levels
    )
    if column is None:
        return _text(say, "judged", levels=levels)
    rows = noun(say, measure.fact, measure.where)
    shown, counted = say.column(column), unit(measure.fact)
    return _text(say, "newest", unit=counted, noun=rows, column=shown, levels=levels)


def _findings(say: Words, subject: str, part: Part, measure: Findings) -> str:
    level = _judged_level()
    items = say.comma.join(
        _text(say, "item", item=say.value("judgement", level, item), points=exact(off))
        for item, off in measure.deduct
    )
    return _text(say, "found", items=items)


def _rating(say: Words, subject: str, part: Part, measure: Rating) -> str:
    return _text(
        say,
        "rating" if part.target is not None else "rating_free",
        noun=noun(say, measure.fact, measure.where),
        positive=say.column(measure.positive),
        all=say.column(measure.all),
        share=percent(_share(part)),
    )


def _judged_level() -> Column:
    column = TABLES["judgement"].column("level")
    assert column is not None
    return column


_MEASURES: Final[dict[type[Measure], Callable[[Words, str, Part, Any], str]]] = {
    Occurrences: _occurrences,
    Count: _count,
    Sum: _sum,
    Share: _share_of_rows,
    MemberShare: _member_share,
    Level: _level,
    Check: _check,
    Presence: _presence,
    Judgement: _judgement,
    Findings: _findings,
    Rating: _rating,
}
