"""Generated cases: valid standards with small data sets around them, of real variety.

`standards_and_data()` gives `(standard, tables, as_of, period)`. Whatever it draws is valid by the
standards language and by `facts.md`. The dates of a case come from a pool around the ends of its
period, its months and its `as_of`; the tables hold what the standard asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from jinwei.engine.catalogue import (
    BOOLEAN,
    CODE,
    DATE,
    HUNDREDTHS,
    MONTH,
    REFERENCE,
    TABLES,
    TEXT,
    WHOLE,
    Column,
)

from .reading import calendar_block, period_bounds, windows_of

Draw = Callable[[st.SearchStrategy], Any]

STANDARD_ID = "case"
TIERS = ["basic", "regulated"]
LEVELS = {"excellent": 1.0, "good": 0.8, "fair": 0.6, "poor": 0}
FINDINGS = {"vacancy": 3, "unclear": 0.5, "late": 1}
ORGANIZATION_NUMBERS = ["members", "full_members", "groups", "full_time_staff", "committee_size"]
POINTS = [4, 2, 10, 1, 2.5, 0.75, 3.33, 7]
AMOUNTS = [10, 0, 1, 2.5, "3.75", 12.34, 50, 0.01]

FACTS_OF_MEMBERS = [
    "attendance",
    "training",
    "service",
    "dues",
    "honor",
    "incident",
    "filing",
    "appraisal",
    "talk",
    "case",
    "post",
]
FACTS_OF_ORGANIZATIONS = [
    "meeting",
    "fund",
    "rectification",
    "project",
    "survey",
    "venue",
    "term",
    *FACTS_OF_MEMBERS,
]
SHARE_DUE = {
    "rectification": "due_on",
    "filing": "due_on",
    "project": "due_on",
    "case": "due_on",
    "dues": "due_on",
    "term": "expires_on",
}
LISTED = {
    "filing": "kind",
    "meeting": "kind",
    "post": "post",
    "honor": "level",
    "incident": "kind",
    "project": "kind",
    "attendance": "status",
}
GRADED = {"appraisal": "grade", "honor": "level", "incident": "level", "case": "outcome"}
RATED = {
    "survey": ("satisfied", "answered"),
    "venue": ("items_met", "items_required"),
    "meeting": ("attended", "expected"),
    "dues": ("paid", "due"),
}
IN_TIME = {
    "rectification": ("closed_on", "due_on"),
    "case": ("closed_on", "due_on"),
    "project": ("finished_on", "due_on"),
    "filing": ("filed_on", "due_on"),
    "dues": ("paid_on", "due_on"),
    "meeting": ("recorded_on", "held_on"),
}
PER = ["quarter", "month", "half_year", "year"]

TEXTS = {
    ("organization", "kind"): ["branch", "group", "committee", "joint_branch"],
    ("organization", "sector"): ["office", "village"],
    ("organization", "region"): ["110000", "120000"],
    ("member", "status"): ["full", "probationary", "left", "suspended"],
    ("member", "category"): ["ordinary", "backbone", "mobile"],
    ("member", "sex"): ["男", "女"],
    ("meeting", "kind"): ["study", "lecture", "theme_day"],
    ("meeting", "topic"): ["发展党员", "讨论发展党员事项", "学习"],
    ("attendance", "kind"): ["study", "lecture", "theme_day"],
    ("attendance", "topic"): ["发展党员", "讨论发展党员事项", "学习"],
    ("attendance", "status"): ["present", "late", "absent"],
    ("post", "post"): ["secretary", "organization", "publicity", "staff"],
    ("filing", "kind"): ["annual_plan", "rules", "report"],
    ("fund", "kind"): ["budget", "spent"],
    ("project", "kind"): ["breakthrough", "brand"],
    ("honor", "level"): ["city", "unit", "province"],
    ("incident", "kind"): ["falsification", "criticism"],
    ("incident", "level"): ["city", "branch"],
    ("case", "procedure"): ["election", "admission"],
    ("case", "outcome"): ["done", "stopped"],
    ("appraisal", "grade"): ["excellent", "qualified", "basic", "unqualified"],
}
OTHER_TEXTS = ["a", "b", "ab"]


# ---------------------------------------------------------------- drawing


@dataclass
class Case:
    """What the rest of a case depends on."""

    draw: Draw
    subject: str
    period: Any
    named: date
    start: date
    end: date
    as_of: date
    dates: list[date]
    total: str
    parameters: dict[str, dict] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)

    def pick(self, choices: list) -> Any:
        return self.draw(st.sampled_from(choices))

    def chance(self, one_in: int) -> bool:
        """True once in so many times; shrinks to False."""
        return self.draw(st.integers(0, one_in - 1)) == one_in - 1

    def whole(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def size(self, least: int, most: int) -> int:
        """A whole number, the larger half twice as often; shrinks to the least."""
        upper = list(range((least + most) // 2, most + 1))
        return self.pick(list(range(least, most + 1)) + upper + upper)

    def some(self, choices: list, least: int = 1, most: int = 3) -> list:
        most = min(most, len(choices))
        return self.draw(
            st.lists(st.sampled_from(choices), min_size=least, max_size=most, unique=True)
        )

    def a_date(self) -> date:
        return self.pick(self.dates)

    def a_seen_date(self) -> date:
        """Mostly a day inside the period and not after `as_of`, where there is one."""
        seen = [day for day in self.dates if self.start <= day <= min(self.end, self.as_of)]
        return self.a_date() if not seen or self.chance(4) else self.pick(seen)

    def written_date(self) -> str | date:
        """Dates stand as ISO text or as dates."""
        day = self.a_date()
        return day if self.chance(3) else day.isoformat()

    @property
    def facts(self) -> list[str]:
        return FACTS_OF_MEMBERS if self.subject == "member" else FACTS_OF_ORGANIZATIONS

    def fact(self, among: Any = None) -> str:
        """A fact the subject can have, noted as used."""
        name = self.pick([f for f in self.facts if among is None or f in among])
        self.use(name)
        return name

    def use(self, name: str) -> None:
        if name not in self.used:
            self.used.append(name)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def own_period(draw: Draw) -> dict:
    """From and to, not always on the first and last of a month."""
    start = date(2023, 9, 1) + days(draw(st.integers(0, 300)))
    end = start + days(draw(st.integers(20, 420)))
    if draw(st.booleans()):
        return {"from": start.isoformat(), "to": end.isoformat()}
    return {"from": start, "to": end}


def draw_period(draw: Draw) -> tuple[Any, date]:
    """The period as written, and a day that names it."""
    named = date(2024, 1, 1) + days(draw(st.integers(0, 365)))
    choice = draw(st.sampled_from(["year", "quarter", "own", "half_year", "month", "year", "own"]))
    return (own_period(draw) if choice == "own" else choice), named


def draw_as_of(draw: Draw, start: date, end: date) -> date:
    """Inside, at the ends of windows, at the end, after, before."""
    length = (end - start).days
    month_end = calendar_block(1, start + days(draw(st.integers(0, length))))[1]
    inside = start + days(draw(st.integers(0, length)))
    after = end + days(draw(st.integers(1, 120)))
    before = start - days(draw(st.integers(1, 60)))
    return draw(st.sampled_from([inside, month_end, end, after, inside, inside, after, before]))


def date_pool(start: date, end: date, as_of: date) -> list[date]:
    """Days around the ends of the period, its months and `as_of`, and some far away."""
    pool = [start + (end - start) / 2, start + (end - start) / 3]
    for day in (start, end, as_of):
        pool += [day, day - days(1), day + days(1)]
    for _, last in windows_of("month", start, end):
        pool += [last, last + days(1), last - days(12)]
    pool += [start - days(40), start - days(400), end + days(45)]
    return list(dict.fromkeys(pool))


def draw_case(draw: Draw) -> Case:
    period, named = draw_period(draw)
    start, end = period_bounds(period, named)
    as_of = draw_as_of(draw, start, end)
    return Case(
        draw=draw,
        subject=draw(st.sampled_from(["organization", "organization", "member"])),
        period=period,
        named=named,
        start=start,
        end=end,
        as_of=as_of,
        dates=date_pool(start, end, as_of),
        total=draw(st.sampled_from(["rate", "rate", "sum"])),
    )


def drawn_period_name(case: Case) -> str | date | None:
    """None names the period that contains `as_of`."""
    inside = case.start <= case.as_of <= case.end
    if isinstance(case.period, dict) or inside:
        return case.pick([None, case.named]) if inside else case.pick([case.start, None])
    return case.pick([case.named.isoformat(), case.named])


# ---------------------------------------------------------------- filters


def texts_of(table: str, column: str) -> list[str]:
    return TEXTS.get((table, column), OTHER_TEXTS)


def text_condition(case: Case, table: str, column: Column) -> Any:
    values = texts_of(table, column.name)
    forms = ["value", "list", "value", "not", "not list", "present", "null"]
    if column.kind == TEXT:
        forms.append("contains")
    form = case.pick(forms)
    if form == "value":
        return case.pick(values[:2])
    if form == "list":
        return case.some(values, 1, 3)
    if form == "not":
        return {"not": case.pick(values)}
    if form == "not list":
        return {"not": case.some(values, 1, 2)}
    if form == "contains":
        return {"contains": case.pick(["发展党员", "学", "a", "an", "plan"])}
    return None if form == "null" else {"present": case.pick([True, False])}


def number_side(case: Case, table: str, column: Column) -> Any:
    """A literal or a column of the table, perhaps times something."""
    others = [c.name for c in TABLES[table].named if c.numeric and c.name != column.name]
    if others and case.chance(2):
        side = {"column": case.pick(others)}
        if case.chance(2):
            side["times"] = case.pick([0.8, 2, 0.125, 1.5])
        return side
    return case.pick([1, 2, 0, 3, 2.5, 10, 12.34])


def number_condition(case: Case, table: str, column: Column) -> Any:
    form = case.pick(["compare", "compare", "between", "value", "list", "not", "present", "null"])
    if form == "compare":
        return {
            case.pick(["at_least", "at_most", "above", "below"]): number_side(case, table, column)
        }
    if form == "between":
        return {"at_least": case.pick([0, 1]), "below": case.pick([3, 10.5])}
    if form == "value":
        return case.pick([1, 2, 0, 10, 2.5])
    if form == "list":
        return case.some([1, 2, 0, 10], 1, 3)
    if form == "not":
        return {"not": case.pick([1, 0, 10])}
    return None if form == "null" else {"present": case.pick([True, False])}


def date_side(case: Case, table: str, column: Column) -> Any:
    others = [c.name for c in TABLES[table].named if c.kind == DATE and c.name != column.name]
    form = case.pick(["as_of", "offset", "literal"] + (["column", "plus"] if others else []))
    if form == "literal":
        return case.written_date()
    if form == "as_of":
        return "as_of"
    if form == "offset":
        return {"as_of": case.pick([-30, -180, 30, 0])}
    side = {"column": case.pick(others)}
    if form == "plus":
        side["plus_days"] = case.pick([7, 1, 30, -5])
    return side


def date_condition(case: Case, table: str, column: Column) -> Any:
    form = case.pick(["compare", "compare", "between", "present", "null", "value", "not", "list"])
    if form == "compare":
        return {
            case.pick(["at_least", "at_most", "above", "below"]): date_side(case, table, column)
        }
    if form == "between":
        return {"at_least": case.written_date(), "at_most": "as_of"}
    if form == "value":
        return case.written_date()
    if form == "list":
        return [case.written_date() for _ in range(2)]
    if form == "not":
        return {"not": case.written_date()}
    return None if form == "null" else {"present": case.pick([True, True, False])}


def flag_condition(case: Case, table: str, column: Column) -> Any:
    return case.pick([True, False, None, {"present": True}, {"not": True}, {"present": False}])


def month_condition(case: Case, table: str, column: Column) -> Any:
    months = [day.isoformat()[:7] for day in case.dates]
    return case.pick([{"present": True}, {"not": case.pick(months)}, case.some(months, 1, 3)])


CONDITIONS = {
    TEXT: text_condition,
    CODE: text_condition,
    WHOLE: number_condition,
    HUNDREDTHS: number_condition,
    DATE: date_condition,
    BOOLEAN: flag_condition,
    MONTH: month_condition,
}


def can_filter(table: str, column: Column) -> bool:
    return column.kind != REFERENCE and column.name != "code"


def draw_filter(case: Case, table: str, most: int = 2) -> dict:
    """One or two conditions on the columns of a table."""
    columns = [c for c in TABLES[table].named if can_filter(table, c)]
    names = case.some([c.name for c in columns], 1, most)
    chosen = [c for c in columns if c.name in names]
    return {c.name: CONDITIONS[c.kind](case, table, c) for c in chosen}


def common_filter(case: Case, table: str) -> dict:
    """A filter that many rows pass: on the kind, the level, the status, the post."""
    for column in ("kind", "level", "status", "post", "grade", "procedure"):
        if (table, column) in TEXTS:
            values = TEXTS[table, column]
            return {column: case.pick([values[0], values[:2], values[1]])}
    return {}


def add_where(case: Case, table: str, options: dict) -> dict:
    form = case.pick(["none", "common", "common", "any"])
    where = common_filter(case, table) if form == "common" else {}
    if form == "any":
        where = draw_filter(case, table)
    if where:
        options["where"] = where
    return options


# ---------------------------------------------------------------- measures (5)


def draw_per(case: Case) -> Any:
    if case.chance(4):
        return {"months": case.pick([1, 2, 5, 6])}
    return case.pick(PER)


def draw_occurrences(case: Case) -> dict:
    fact = case.fact()
    options = add_where(case, fact, {"fact": fact, "per": draw_per(case)})
    if case.chance(2):
        options["at_least"] = case.pick([1, 2, 3])
    if case.chance(4):
        options["distinct"] = draw_distinct(case, fact)
    if case.subject == "organization" and case.chance(2):
        options["each"] = case.pick([{"kind": "group"}, {"kind": ["group", "branch"]}, {}])
        options["each"] = options["each"] or draw_filter(case, "organization", 1)
    return options


def draw_distinct(case: Case, fact: str) -> str:
    return case.pick([TABLES[fact].date] + [c.name for c in TABLES[fact].named])


def draw_count(case: Case) -> dict:
    fact = case.fact()
    options = add_where(case, fact, {"fact": fact})
    if case.chance(3):
        options["distinct"] = draw_distinct(case, fact)
    return maybe_in_force(case, fact, options)


def maybe_in_force(case: Case, fact: str, options: dict) -> dict:
    if fact in ("post", "term") and not case.chance(3):
        options["in_force"] = True
    return options


def number_columns(fact: str) -> list[str]:
    return [c.name for c in TABLES[fact].named if c.numeric]


def draw_sum(case: Case) -> dict:
    fact = case.fact([f for f in case.facts if number_columns(f)])
    options = add_where(case, fact, {"fact": fact, "column": case.pick(number_columns(fact))})
    if case.subject == "organization" and case.chance(2):
        options["per_member"] = True
    return options


def draw_pair(case: Case, fact: str) -> dict:
    """One column against another: in time, in full, enough of them."""
    done, due = IN_TIME.get(fact, (None, None))
    part, whole = RATED.get(fact, (None, None))
    found: dict = {}
    if done and (not part or case.chance(2)):
        side = {"column": due}
        found[done] = {"at_most": side | case.pick([{}, {"plus_days": 7}, {"plus_days": 40}])}
    if part and (not found or case.chance(3)):
        side = {"column": whole}
        found[part] = {"at_least": side | case.pick([{}, {"times": 0.8}, {"times": 0.125}])}
    return found or draw_filter(case, fact)


def draw_share(case: Case) -> dict:
    fact = case.fact(list(SHARE_DUE) if case.chance(2) else None)
    satisfying = draw_pair(case, fact) if case.chance(2) else draw_filter(case, fact)
    options = add_where(case, fact, {"fact": fact, "satisfying": satisfying})
    if fact in SHARE_DUE and not case.chance(3):
        options["due"] = SHARE_DUE[fact]
    else:
        options = maybe_in_force(case, fact, options)
    return maybe_when_empty(case, options)


def maybe_when_empty(case: Case, options: dict) -> dict:
    if case.chance(3):
        options["when_empty"] = "met"
    return options


def draw_satisfying(case: Case) -> dict:
    form = case.pick(["count", "sum", "filter"])
    if form == "filter":
        return draw_filter(case, "member")
    facts = [f for f in FACTS_OF_MEMBERS if form == "count" or number_columns(f)]
    fact = case.pick(facts)
    case.use(fact)
    own = add_where(case, fact, {"fact": fact})
    if form == "sum":
        own["column"] = case.pick(number_columns(fact))
    elif case.chance(3):
        own["distinct"] = draw_distinct(case, fact)
    return {
        form: own,
        case.pick(["at_least", "at_least", "at_most", "above", "below"]): case.pick(
            [1, 2, 10, 2.5]
        ),
    }


def draw_member_share(case: Case) -> dict:
    options = {"satisfying": draw_satisfying(case)}
    if case.chance(2):
        options["where"] = case.pick([{"status": "full"}, {"status": ["full", "probationary"]}, {}])
        options["where"] = options["where"] or draw_filter(case, "member")
    return maybe_when_empty(case, options)


def draw_level(case: Case) -> dict:
    return {"column": case.pick(ORGANIZATION_NUMBERS)}


def draw_check(case: Case) -> dict:
    if case.subject == "organization" and case.chance(2):
        return {"where": {"term_expires_on": {"at_least": "as_of"}}}
    return {"where": draw_filter(case, case.subject)}


def draw_presence(case: Case) -> dict:
    fact = case.fact(LISTED)
    column = LISTED[fact]
    options = {"fact": fact, "column": column, "all_of": case.some(TEXTS[fact, column], 1, 3)}
    return maybe_in_force(case, fact, options)


def draw_judgement(case: Case) -> dict:
    if not case.chance(3):
        case.use("judgement")
        return {"levels": {name: LEVELS[name] for name in case.some(list(LEVELS), 2, 4)}}
    fact = case.fact(GRADED)
    values = TEXTS[fact, GRADED[fact]]
    return {
        "fact": fact,
        "column": GRADED[fact],
        "levels": {value: case.pick([1.0, 0.8, 0.55, 0]) for value in case.some(values, 1, 4)},
    }


def draw_findings(case: Case) -> dict:
    case.use("judgement")
    return {"deduct": {name: FINDINGS[name] for name in case.some(list(FINDINGS), 1, 3)}}


def draw_rating(case: Case) -> dict:
    fact = case.fact(RATED)
    positive, everything = RATED[fact]
    return maybe_when_empty(case, {"fact": fact, "positive": positive, "all": everything})


MEASURES = {
    "occurrences": draw_occurrences,
    "count": draw_count,
    "sum": draw_sum,
    "share": draw_share,
    "member_share": draw_member_share,
    "level": draw_level,
    "check": draw_check,
    "presence": draw_presence,
    "judgement": draw_judgement,
    "findings": draw_findings,
    "rating": draw_rating,
}
SCORES = {
    "occurrences": ["proportional", "all_or_nothing", "deduct", "earn", "steps", "value"],
    "count": ["proportional", "all_or_nothing", "deduct", "earn", "steps", "value"],
    "sum": ["proportional", "all_or_nothing", "deduct", "earn", "steps", "value"],
    "share": ["proportional", "all_or_nothing", "deduct", "steps", "value"],
    "member_share": ["proportional", "all_or_nothing", "deduct", "steps", "value"],
    "level": ["proportional", "all_or_nothing", "deduct", "steps", "value"],
    "check": ["proportional", "all_or_nothing", "deduct", "steps"],
    "presence": ["proportional", "all_or_nothing", "deduct", "steps", "value"],
    "judgement": [None],
    "findings": [None],
    "rating": ["proportional", "all_or_nothing", "value"],
}
BY_SHORTFALL = ("deduct", "steps")
BY_ROWS = ("share", "member_share", "presence")
NEVER_FOR_MEMBERS = ("member_share", "level")


# ---------------------------------------------------------------- targets and scores (6)


def draw_figure(case: Case, measure: str) -> Any:
    """A number a target may name."""
    if measure in ("share", "member_share", "rating", "judgement", "findings"):
        return case.pick([0.5, 1, 0.8, 0.333, 0.25])
    if measure == "sum":
        return case.pick([10, 1, 2.5, 100, 12.34, 0])
    return case.pick([1, 2, 3, 4, 0])


def as_parameter(case: Case, value: Any) -> Any:
    """Sometimes the number stands in a parameter."""
    if not case.chance(6):
        return value
    name = f"p{len(case.parameters) + 1}"
    case.parameters[name] = {"value": value, "unit": "x", "title": both(name)}
    return {"parameter": name}


def draw_target(case: Case, measure: str, ceiling: bool) -> Any:
    forms = ["number", "number"]
    if ceiling:
        forms += ["ceiling"]
    if case.subject == "organization" and measure in ("count", "sum", "level"):
        forms += ["share_of"]
    form = case.pick(forms)
    if form == "ceiling":
        return {"at_most": as_parameter(case, case.pick([0, draw_figure(case, measure)]))}
    if form == "share_of":
        return draw_share_of(case)
    return as_parameter(case, draw_figure(case, measure))


def draw_share_of(case: Case) -> dict:
    target = {
        "share_of": case.pick(ORGANIZATION_NUMBERS),
        "share": case.pick([0.5, 0.02, 1, 0.333]),
    }
    if case.chance(2):
        target["minimum"] = case.pick([1, 0.5, 2])
    if case.chance(2):
        target["round"] = "up"
    return target


def hundredths_of(points: float, share: float) -> float | int:
    return round(abs(points) * share, 2)


def draw_steps(case: Case, points: float, of: str) -> dict:
    """Ascending thresholds, ascending points, none above the indicator's."""
    scale = case.pick([[1, 2, 3], [1, 3, 5], [2, 4, 6], [0.5, 1, 10]])
    shares = [0.25, 0.5, 1] if case.chance(2) else [0.3, 0.6, 0.9]
    length = case.whole(1, 3)
    rows = [[at, hundredths_of(points, share)] for at, share in zip(scale, shares, strict=True)]
    return {"steps": rows[-length:], "of": of}


def draw_score(case: Case, measure: str, form: str, points: float) -> Any:
    if form == "deduct":
        score = {"deduct": case.pick([1, 0.5, 0.25, 2, 0.33])}
        if measure == "occurrences" and case.chance(2):
            score["per"] = case.pick(["window", "occurrence"])
        return score
    if form == "earn":
        return {"earn": case.pick([1, 2, 0.5, 0.15])}
    if form == "steps":
        return draw_steps(case, points, "shortfall")
    if form == "value":
        return draw_steps(case, points, "value")
    return form


def takes_target(case: Case, measure: str, form: str | None, in_parts: bool) -> bool:
    """Whether a target is written: must, must not, or may (6)."""
    if measure in ("occurrences", "check") or form == "earn":
        return False
    if measure in BY_ROWS:
        return form == "value" or (form not in BY_SHORTFALL and case.chance(3))
    if measure in ("judgement", "findings"):
        return case.chance(3)
    return form != "value" or in_parts or case.chance(2)


def takes_ceiling(measure: str, form: str | None) -> bool:
    if form == "all_or_nothing":
        return measure in ("count", "sum", "level", "share", "presence", "rating", "member_share")
    return form in BY_SHORTFALL and measure in ("count", "sum", "level")


def draw_piece(case: Case, measure: str, form: str | None, points: float, parts: bool) -> dict:
    """measure, target, due and score of an indicator or of a part."""
    piece = {"measure": {measure: MEASURES[measure](case)}}
    if takes_target(case, measure, form, parts):
        piece["target"] = draw_target(case, measure, takes_ceiling(measure, form))
    by_target = "target" in piece or form not in ("earn", "value")
    if measure != "occurrences" and by_target and case.chance(3):
        piece["due"] = case.pick(["always", "end"])
    if form is not None and not (form == "proportional" and case.chance(2)):
        piece["score"] = draw_score(case, measure, form, points)
    return piece


def measures_for(case: Case) -> list[str]:
    return [m for m in MEASURES if case.subject != "member" or m not in NEVER_FOR_MEMBERS]


# ---------------------------------------------------------------- indicators (2)


def both(word: str) -> dict[str, str]:
    return {"zh": word, "en": word}


def draw_negative(case: Case) -> dict:
    """Negative points: deduct and steps of shortfall only (6)."""
    points = -case.pick(POINTS)
    measure = case.pick([m for m in measures_for(case) if "deduct" in SCORES[m]])
    return {
        "points": points,
        **draw_piece(case, measure, case.pick(["deduct", "steps"]), points, False),
    }


def draw_simple(case: Case) -> dict:
    points = case.pick(POINTS)
    measure = case.pick(measures_for(case))
    return {
        "points": points,
        **draw_piece(case, measure, case.pick(SCORES[measure]), points, False),
    }


def draw_parts(case: Case) -> dict:
    """Parts scored by earn are not mixed with others (2)."""
    points, earning = case.pick(POINTS), case.chance(3)
    return {
        "points": points,
        "parts": [draw_part(case, points, earning) for _ in range(case.whole(2, 3))],
    }


def draw_part(case: Case, points: float, earning: bool) -> dict:
    if earning:
        return draw_piece(case, case.pick(["count", "sum", "occurrences"]), "earn", points, True)
    measure = case.pick(measures_for(case))
    forms = [f for f in SCORES[measure] if f != "earn"]
    if measure == "occurrences":
        forms.remove("value")
    return draw_piece(case, measure, case.pick(forms), points, True)


def draw_indicator(case: Case, name: str) -> dict:
    form = case.pick(["simple"] * 5 + ["parts", "bonus"])
    if case.total == "sum" and case.chance(3):
        body = draw_negative(case)
    elif form == "parts":
        body = draw_parts(case)
    else:
        body = draw_simple(case)
        if form == "bonus":
            body["bonus"] = True
    if case.chance(2):
        body["tier"] = case.pick(TIERS)
    if case.chance(6):
        body["applies_to"] = draw_applies_to(case)
    return {"id": name, "title": both(name), **body}


def draw_applies_to(case: Case) -> dict:
    if case.subject == "organization" and case.chance(3):
        return {case.pick(ORGANIZATION_NUMBERS): {"at_least": case.pick([1, 2, 3])}}
    common = common_filter(case, case.subject)
    return common if case.chance(2) else draw_filter(case, case.subject, 1)


# ---------------------------------------------------------------- the document (1, 8)


def draw_stars(case: Case) -> list[dict]:
    rows = []
    for stars, score in case.pick([[(5, 90), (3, 60.5), (1, 20)], [(4, 50)], [(5, 1), (2, 0)]]):
        row: dict[str, Any] = {"stars": stars, "score": score}
        if case.chance(2):
            row["tiers"] = {
                tier: case.pick([1, 0.5, 1.0, 0.333]) for tier in case.some(TIERS, 1, 2)
            }
        rows.append(row)
    return rows


def draw_vetoes(case: Case) -> list[dict]:
    vetoes = []
    for index in range(case.whole(1, 2)):
        fact = case.fact()
        veto = {"id": f"V{index + 1}", "title": both("veto"), "fact": fact}
        veto["where"] = common_filter(case, fact) or draw_filter(case, fact)
        vetoes.append(veto | {"stars_at_most": case.pick([1, 0, 3])})
    return vetoes


def draw_rewards(case: Case) -> dict:
    """Stars, grades and vetoes."""
    if not case.chance(2):
        return {}
    rewards: dict[str, Any] = {"stars": draw_stars(case)}
    if case.chance(2):
        good = {"grade": {"zh": "好", "en": "good"}, "stars": [4, 5]}
        poor = {"grade": {"zh": "差", "en": "poor"}, "stars": [0, 1, 2]}
        rewards["grades"] = [good, poor]
    if case.chance(2):
        rewards["vetoes"] = draw_vetoes(case)
    return rewards


def draw_totals(case: Case) -> dict:
    written: dict[str, Any] = {}
    if case.total == "sum" or case.chance(2):
        written["total"] = case.total
    if case.chance(2):
        name = "base" if case.total == "sum" else "full_marks"
        written[name] = case.pick([60, 50.5, 10] if name == "base" else [100, 60, 33.3])
    if case.chance(2):
        written["bonus_cap"] = case.pick([5, 1, 2.5])
    return written


def draw_dimensions(case: Case) -> list[dict]:
    count = case.size(1, 5)
    cut = case.whole(1, count)
    indicators = [draw_indicator(case, f"A{index + 1}") for index in range(count)]
    return [
        {"id": name, "title": both(name), "indicators": own}
        for name, own in (("one", indicators[:cut]), ("two", indicators[cut:]))
        if own
    ]


def draw_standard(case: Case) -> dict:
    standard = {
        "schema": 1,
        "id": STANDARD_ID,
        "version": "1",
        "title": both("case"),
        "issuer": both("issuer"),
        "subject": case.subject,
        "period": case.period,
        "tiers": TIERS,
        **draw_totals(case),
        "dimensions": draw_dimensions(case),
        **draw_rewards(case),
    }
    if case.chance(6):
        standard["applies_to"] = draw_applies_to(case)
    if case.parameters:
        standard["parameters"] = case.parameters
    return standard


# ---------------------------------------------------------------- organizations and members


def order_dates(table: str, row: dict) -> dict:
    """No end before its beginning (facts, the end)."""
    for start, end in TABLES[table].ends:
        if row.get(start) and row.get(end) and row[end] < row[start]:
            row[end] = row[start]
    return row


def iso(row: dict) -> dict:
    """Dates as the data set writes them."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}


def rarely_dated(case: Case, one_in: int) -> date | None:
    return case.a_date() if case.chance(one_in) else None


def draw_organization(case: Case, index: int) -> dict:
    codes = [f"O{i + 1}" for i in range(index)]
    kinds = TEXTS["organization", "kind"]
    return order_dates(
        "organization",
        {
            "code": f"O{index + 1}",
            "name": f"O{index + 1}",
            "parent": case.pick([codes[0], *codes, None]) if codes else None,
            "kind": case.pick(kinds if index == 0 else ["group", *kinds]),
            "sector": case.pick(["office", "village", None]),
            "established_on": rarely_dated(case, 6) or case.pick([date(2015, 7, 1), None]),
            "dissolved_on": rarely_dated(case, 8),
        },
    )


def draw_spans(case: Case) -> list[tuple[date | None, date | None]]:
    """Spans that do not overlap, perhaps with gaps, perhaps open at the ends."""
    cuts = sorted(case.some(case.dates, 1, 2))
    bounds: list[tuple[date | None, date | None]] = []
    since = None
    for cut in cuts:
        bounds.append((since, cut - days(1)))
        since = cut
    bounds.append((since, None))
    return [span for span in bounds if not case.chance(5)]


def draw_superiors(case: Case, organizations: list[dict]) -> list[dict]:
    """Changes of the superior, and second superiors for a purpose; no cycle at any date."""
    rows = []
    for index, organization in enumerate(organizations):
        above = [o["code"] for o in organizations[:index]]
        spans = draw_spans(case) if above and case.chance(4) else []
        for start, end in spans:
            rows.append(superior_row(case, organization, above, start, end, None))
        if above and case.chance(6):
            rows.append(superior_row(case, organization, above, None, None, "campaign"))
    return rows


def superior_row(
    case: Case, organization: dict, above: list[str], start: Any, end: Any, purpose: str | None
) -> dict:
    return {
        "organization": organization["code"],
        "parent": case.pick(above),
        "from_on": start,
        "to_on": end,
        "purpose": purpose,
    }


def draw_member(case: Case, index: int, codes: list[str]) -> dict:
    status = case.pick(["full", "full", "full", "probationary", "left", "suspended"])
    row = {
        "code": f"M{index + 1}",
        "name": f"M{index + 1}",
        "organization": case.pick(codes),
        "status": status,
        "category": case.pick(["ordinary", "backbone", None]),
        "sex": case.pick(["男", "女", None]),
        "mobile": case.pick([False, True, None]),
        "joined_on": case.pick([date(2010, 7, 1), None, case.a_date()]),
        "full_on": rarely_dated(case, 3),
        "here_since": rarely_dated(case, 5),
        "suspended_on": rarely_dated(case, 2) if status == "suspended" else None,
        "left_on": rarely_dated(case, 2 if status == "left" else 8),
    }
    return order_dates("member", row)


def draw_memberships(case: Case, members: list[dict], codes: list[str]) -> list[dict]:
    rows = []
    for member in members:
        if case.chance(6):
            for start, end in draw_spans(case):
                rows.append(
                    {
                        "member": member["code"],
                        "organization": case.pick(codes),
                        "from_on": start,
                        "to_on": end,
                    }
                )
    return rows


# ---------------------------------------------------------------- facts


def draw_cell(case: Case, table: str, column: Column, references: dict[str, list]) -> Any:
    if not column.required and case.chance(8):
        return None
    if (table, column.name) == ("post", "member"):
        return case.pick([*references["member"], "X1"])
    if column.kind == REFERENCE:
        return case.pick(references[column.refers_to] or [None])
    if column.kind == DATE:
        dating = column.name in (TABLES[table].date, SHARE_DUE.get(table))
        return case.a_seen_date() if dating else case.a_date()
    if column.kind == BOOLEAN:
        return case.pick([True, False])
    if column.kind == WHOLE:
        return case.pick([10, 0, 1, 5, 8, 9])
    if column.kind == HUNDREDTHS:
        return case.pick(AMOUNTS)
    if column.kind == MONTH:
        return case.a_seen_date().isoformat()[:7]
    return case.pick([texts_of(table, column.name)[0], *texts_of(table, column.name)])


def draw_fact(case: Case, table: str, references: dict[str, list]) -> dict:
    row = {c.name: draw_cell(case, table, c, references) for c in TABLES[table].stored}
    if case.chance(10):
        row = {name: value for name, value in row.items() if value is not None}
    return row


def draw_series(case: Case, table: str, template: dict) -> list[dict]:
    """The same row in every month or quarter of the period, perhaps but for one."""
    windows = windows_of(case.pick(["month", "quarter"]), case.start, case.end)[:14]
    column = TABLES[table].date
    rows = []
    for window in windows:
        if not case.chance(10):
            rows.append(template | {column: case.pick([window[0], window[1]])})
    return rows


def draw_facts(case: Case, table: str, references: dict[str, list]) -> list[dict]:
    needed = [c for c in TABLES[table].stored if c.required and c.kind == REFERENCE]
    if any(not references[c.refers_to] for c in needed):
        return []
    rows = [draw_fact(case, table, references) for _ in range(case.size(0, 12))]
    for template in list(rows[:2]):
        if table not in ("attendance", "dues", "term") and case.chance(2):
            rows += draw_series(case, table, template)
    return [order_dates(table, row) for row in tidy(table, rows)]


def tidy(table: str, rows: list[dict]) -> list[dict]:
    """Keys differ; one row a member and month, a meeting and member, a term's start."""
    if TABLES[table].key == "code":
        return [row | {"code": f"{table}{index + 1}"} for index, row in enumerate(rows)]
    same = {
        "dues": ("member", "month"),
        "attendance": ("meeting", "member"),
        "term": ("organization", "started_on"),
    }
    if table not in same:
        return rows
    kept = {tuple(row.get(c) for c in same[table]): row for row in rows}
    return list(kept.values())


def draw_meetings_first(case: Case) -> None:
    """Attendance needs meetings."""
    if "attendance" in case.used:
        case.used.remove("attendance")
        case.use("meeting")
        case.use("attendance")


def tables_asked_by_levels(case: Case) -> None:
    """Posts and terms decide derived columns."""
    for table in ("post", "term"):
        if case.chance(3):
            case.use(table)


def indicator_ids(standard: dict) -> list[str]:
    return [i["id"] for d in standard["dimensions"] for i in d["indicators"]]


def paper(case: Case, standard: dict, references: dict[str, list]) -> dict:
    """What judgements and exemptions have in common: standard, indicator, subject."""
    as_member = case.chance(6) if case.subject == "organization" else not case.chance(6)
    members = references["member"]
    return {
        "standard": "other" if case.chance(12) else STANDARD_ID,
        "indicator": case.pick(indicator_ids(standard)),
        "organization": case.pick(references["organization"]),
        "member": case.pick(members) if as_member and members else None,
    }


def draw_judgements(case: Case, standard: dict, references: dict[str, list]) -> list[dict]:
    levels = [*LEVELS, *FINDINGS, "none"]
    judged = indicators_judged(standard)
    rows = []
    for _ in range(case.size(0, 10)):
        row = paper(case, standard, references) | {
            "indicator": case.pick(judged),
            "judged_on": None if case.chance(12) else case.a_seen_date(),
            "for_on": rarely_dated(case, 3),
            "level": case.pick([*judgement_levels(standard), *levels, None, "unheard"]),
            "points": case.pick([None, None, None, 0, 1.5, 3, "2.25", 12]),
            "judge": "J",
        }
        rows.append(row)
    return rows


def pieces(standard: dict) -> list[tuple[str, dict]]:
    """The id of the indicator and every measure of it."""
    found = []
    for dimension in standard["dimensions"]:
        for indicator in dimension["indicators"]:
            for piece in indicator.get("parts", [indicator]):
                found.append((indicator["id"], piece["measure"]))
    return found


def indicators_judged(standard: dict) -> list[str]:
    """The indicators an assessor is asked about, one of the others beside them."""
    judged = [name for name, m in pieces(standard) if "judgement" in m or "findings" in m]
    return judged + indicator_ids(standard)[:1]


def judgement_levels(standard: dict) -> list[str]:
    found = []
    for _, measure in pieces(standard):
        found += measure.get("judgement", {}).get("levels", {})
        found += measure.get("findings", {}).get("deduct", {})
    return found


def draw_exemptions(case: Case, standard: dict, references: dict[str, list]) -> list[dict]:
    rows = []
    for _ in range(case.whole(0, 3)):
        row = paper(case, standard, references) | {
            "from_on": rarely_dated(case, 2),
            "to_on": rarely_dated(case, 2),
            "reason": "r",
            "approved_by": case.pick(["P", "P", None]),
        }
        if case.chance(4):
            row["indicator"] = None
        rows.append(order_dates("exemption", row))
    return rows


def draw_tables(case: Case, standard: dict) -> dict[str, list[dict]]:
    organizations = [draw_organization(case, index) for index in range(case.size(1, 8))]
    codes = [row["code"] for row in organizations]
    least = 1 if case.subject == "member" else 0
    members = [draw_member(case, index, codes[:2] + codes) for index in range(case.size(least, 7))]
    tables = {
        "organization": organizations,
        "superior": draw_superiors(case, organizations),
        "member": members,
        "membership": draw_memberships(case, members, codes),
    }
    busy = codes[:2] * 3 + codes
    references = {"organization": busy, "member": [row["code"] for row in members], "meeting": []}
    tables_asked_by_levels(case)
    draw_meetings_first(case)
    for table in case.used:
        if table != "judgement":
            tables[table] = draw_facts(case, table, references)
        if table == "meeting":
            references["meeting"] = [row["code"] for row in tables[table]]
    if "judgement" in case.used:
        tables["judgement"] = draw_judgements(case, standard, references)
    tables["exemption"] = draw_exemptions(case, standard, references)
    return {name: [iso(row) for row in rows] for name, rows in tables.items() if rows}


@st.composite
def standards_and_data(draw: Draw) -> tuple[dict, dict, date, str | date | None]:
    """A valid standard, a valid data set, `as_of` and the name of the period."""
    case = draw_case(draw)
    standard = draw_standard(case)
    return standard, draw_tables(case, standard), case.as_of, drawn_period_name(case)
