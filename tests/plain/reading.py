"""A slow and plain reading of the standards language, to compare the engine with.

Nothing here is clever: one subject after the other, one indicator after the other, loops over
rows, exact fractions. Section numbers are those of `standards-language.md`; "facts" is `facts.md`.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from jinwei.engine.catalogue import (
    BOOLEAN,
    COMMITTEE_POSTS,
    DATE,
    HUNDREDTHS,
    TABLES,
    VALIDITY,
    WHOLE,
)

STATE_ORDER = ("missed", "awaiting", "pending", "on_track", "met")
COMPARISONS = ("at_least", "at_most", "above", "below", "not", "contains", "present")
CUMULATIVE = ("count", "sum", "presence", "member_share")
BY_ROWS = ("share", "member_share", "presence")
GIVEN_BY_PEOPLE = ("judgement", "findings")
WINDOW_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}

ZERO = Fraction(0)
ONE = Fraction(1)


# ---------------------------------------------------------------- numbers and dates


def number(written: Any) -> Fraction:
    """The decimal as written (7: numbers are the decimals written)."""
    return written if isinstance(written, Fraction) else Fraction(str(written))


def rounded(exact: Fraction, places: int = 2) -> Fraction:
    """Half away from zero (7)."""
    scale = 10**places
    whole = math.floor(abs(exact) * scale + Fraction(1, 2))
    return Fraction(whole if exact >= 0 else -whole, scale)


def plain(exact: Fraction | None, places: int = 2) -> float | None:
    """A plain number of the result (9)."""
    return None if exact is None else float(rounded(exact, places))


def to_date(written: Any) -> date | None:
    """A date cell: ISO text, a date, or empty."""
    if written is None or written == "":
        return None
    return written if isinstance(written, date) else date.fromisoformat(str(written))


def last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def months_later(first: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    index = first.year * 12 + first.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def within(day: date | None, start: date, end: date) -> bool:
    """All dates are inclusive; an empty date lies nowhere (3)."""
    return day is not None and start <= day <= end


def in_force(start: date | None, end: date | None, day: date) -> bool:
    """An empty start or end is open."""
    return (start is None or start <= day) and (end is None or day <= end)


# ---------------------------------------------------------------- periods and windows (3)


def calendar_block(months: int, day: date) -> tuple[date, date]:
    """The calendar month, quarter, half year or year that holds a day."""
    first = (day.month - 1) // months * months + 1
    return date(day.year, first, 1), last_of_month(day.year, first + months - 1)


def period_bounds(period: Any, named: date) -> tuple[date, date]:
    """A period is named by any day in it, or by its own from and to (3)."""
    if isinstance(period, dict):
        return to_date(period["from"]), to_date(period["to"])
    return calendar_block(WINDOW_MONTHS[period], named)


def calendar_windows(months: int, start: date, end: date) -> Iterator[tuple[date, date]]:
    """Windows by the calendar; the first and the last are cut to the period (3)."""
    day = start
    while day <= end:
        last = calendar_block(months, day)[1]
        yield day, min(last, end)
        day = last + timedelta(days=1)


def counted_windows(months: int, start: date, end: date) -> Iterator[tuple[date, date]]:
    """Windows counted from the first day of the period (3, `per: {months: n}`)."""
    turn = 0
    while months_later(start, turn * months) <= end:
        after = months_later(start, (turn + 1) * months)
        yield months_later(start, turn * months), min(after - timedelta(days=1), end)
        turn += 1


def windows_of(per: Any, start: date, end: date) -> list[tuple[date, date]]:
    if isinstance(per, dict):
        return list(counted_windows(int(per["months"]), start, end))
    return list(calendar_windows(WINDOW_MONTHS[per], start, end))


# ---------------------------------------------------------------- the world as known


@dataclass
class Row:
    """One row: `typed` as it stands, `known` as it reads on `as_of` (3, third rule)."""

    table: str
    order: int
    typed: dict[str, Any]
    known: dict[str, Any]


@dataclass
class World:
    """Everything one reading knows: the standard, the rows, the dates."""

    standard: dict
    rows: dict[str, list[Row]]
    as_of: date
    start: date
    end: date

    @property
    def day(self) -> date:
        """`as_of`, or the last day of the period when `as_of` lies after it (3)."""
        return min(self.as_of, self.end)

    @property
    def closed(self) -> bool:
        """Closed when the last day is not after `as_of` (3)."""
        return self.end <= self.as_of

    @property
    def before(self) -> bool:
        return self.as_of < self.start

    def seen(self, day: date | None) -> bool:
        """Inside the period and not after `as_of` (3)."""
        return within(day, self.start, self.end) and day <= self.as_of


@dataclass(frozen=True)
class Subject:
    """An organization or a member, with its columns at the day."""

    kind: str
    code: str
    row: Row


def typed_cell(kind: str, written: Any) -> Any:
    """One cell by the type of its column; empty text is empty."""
    if written is None or written == "":
        return None
    if kind == DATE:
        return to_date(written)
    if kind in (WHOLE, HUNDREDTHS):
        return number(written)
    if kind == BOOLEAN:
        return str(written).lower() in ("true", "1")
    return str(written)


def known_cell(column: str, value: Any, as_of: date) -> Any:
    """A date after `as_of` reads as empty, unless it bounds a validity (3)."""
    if isinstance(value, date) and column not in VALIDITY and value > as_of:
        return None
    return value


def as_known(typed: dict[str, Any], as_of: date) -> dict[str, Any]:
    return {column: known_cell(column, value, as_of) for column, value in typed.items()}


def load_table(name: str, written: list[dict], as_of: date) -> list[Row]:
    rows = []
    for order, entry in enumerate(written):
        typed = {c.name: typed_cell(c.kind, entry.get(c.name)) for c in TABLES[name].stored}
        rows.append(Row(name, order, typed, as_known(typed, as_of)))
    return rows


def add_attendance_columns(rows: dict[str, list[Row]]) -> None:
    """organization, held_on, kind and topic of attendance are the meeting's (facts)."""
    for row in rows["attendance"]:
        for meeting in rows["meeting"]:
            if meeting.typed["code"] == row.typed["meeting"]:
                for column in ("organization", "held_on", "kind", "topic"):
                    row.typed[column] = meeting.typed[column]
                    row.known[column] = meeting.known[column]


def add_due_dates(rows: dict[str, list[Row]]) -> None:
    """`due_on` of dues is the last day of the month (facts)."""
    for row in rows["dues"]:
        year, month = row.typed["month"][:7].split("-")
        due_on = last_of_month(int(year), int(month))
        row.typed["due_on"] = row.known["due_on"] = due_on


def load_rows(tables: dict[str, list[dict]], as_of: date) -> dict[str, list[Row]]:
    rows = {name: load_table(name, tables.get(name) or [], as_of) for name in TABLES}
    add_attendance_columns(rows)
    add_due_dates(rows)
    return rows


def with_parameters(node: Any, values: dict[str, Any]) -> Any:
    """`{parameter: p}` stands where the number would (1)."""
    if isinstance(node, dict):
        if set(node) == {"parameter"}:
            return values[node["parameter"]]
        return {key: with_parameters(value, values) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [with_parameters(value, values) for value in node]
    return node


def parameter_values(standard: dict, chosen: dict | None) -> dict[str, Any]:
    values = {name: p["value"] for name, p in (standard.get("parameters") or {}).items()}
    return values | (chosen or {})


# ---------------------------------------------------------------- the tree and the members (4)


def exists_at(row: Row, day: date) -> bool:
    return in_force(row.known["established_on"], row.known["dissolved_on"], day)


def parent_at_day(world: World, organization: Row) -> str | None:
    """The purposeless superior row in force; without any such row the column `parent` (facts)."""
    own = [
        row.known
        for row in world.rows["superior"]
        if row.known["organization"] == organization.typed["code"] and row.known["purpose"] is None
    ]
    if not own:
        return organization.typed["parent"]
    for row in own:
        if in_force(row["from_on"], row["to_on"], world.day):
            return row["parent"]
    return None


def below(world: World, code: str) -> list[Row]:
    """The organizations below one, at any depth, in the tree of the day, itself left out."""
    parents = {row.known["code"]: row.known["parent"] for row in world.rows["organization"]}
    found = []
    for row in world.rows["organization"]:
        above = parents[row.known["code"]]
        while above is not None and above != code:
            above = parents.get(above)
        if above == code:
            found.append(row)
    return found


def status_at_day(world: World, member: Row) -> str:
    """`status` as it reads at the day (4)."""
    told, cells = member.typed["status"], member.typed
    if told == "suspended" and in_force(cells["suspended_on"], None, world.day):
        return "suspended"
    if told == "left" and cells["left_on"] is None:
        return "left"
    if told == "probationary" or (cells["full_on"] is not None and cells["full_on"] > world.day):
        return "probationary"
    return "full"


def organization_at_day(world: World, member: Row) -> str | None:
    """Where membership rows exist the one in force names the organization (4)."""
    own = [
        row.known for row in world.rows["membership"] if row.known["member"] == member.typed["code"]
    ]
    if not own:
        return member.typed["organization"]
    for row in own:
        if in_force(row["from_on"], row["to_on"], world.day):
            return row["organization"]
    return None


def is_member(world: World, member: Row) -> bool:
    """Whether a person is a member at the day (4); `known["status"]` is that of the day."""
    cells = member.known
    if cells["status"] in ("suspended", "left"):
        return False
    return in_force(cells["joined_on"], cells["left_on"], world.day)


def members_of(world: World, code: str) -> list[Row]:
    """The members registered in an organization or in any below it (4)."""
    reach = {code} | {row.known["code"] for row in below(world, code)}
    return [
        member
        for member in world.rows["member"]
        if is_member(world, member) and member.known["organization"] in reach
    ]


def posts_in_force(world: World, code: str) -> list[dict]:
    return [
        row.known
        for row in world.rows["post"]
        if row.known["organization"] == code
        and in_force(row.known["started_on"], row.known["ended_on"], world.day)
    ]


def full_time_staff(world: World, code: str) -> Fraction:
    """Persons with a post in force in the organization itself that is full-time (facts)."""
    return Fraction(len({p["member"] for p in posts_in_force(world, code) if p["full_time"]}))


def committee_size(world: World, code: str) -> Fraction:
    """Persons with one of the committee posts in the organization itself (facts)."""
    posts = posts_in_force(world, code)
    return Fraction(len({p["member"] for p in posts if p["post"] in COMMITTEE_POSTS}))


def term_expires_on(world: World, code: str) -> date | None:
    """That of the newest term begun and not ended (facts); an empty start is the oldest."""
    newest = None
    for row in world.rows["term"]:
        term = row.known
        if term["organization"] != code:
            continue
        if not in_force(term["started_on"], term["ended_on"], world.day):
            continue
        if newest is None or (term["started_on"] or date.min) >= (newest["started_on"] or date.min):
            newest = term
    return None if newest is None else newest["expires_on"]


def groups_below(world: World, code: str) -> Fraction:
    """Organizations of kind group at any depth below that exist at the date (facts)."""
    rows = below(world, code)
    return Fraction(
        len([r for r in rows if r.known["kind"] == "group" and exists_at(r, world.day)])
    )


def take_at_day(world: World) -> None:
    """Parents, registrations, statuses and derived columns are those of the day (3)."""
    for row in world.rows["organization"]:
        row.known["parent"] = parent_at_day(world, row)
    for row in world.rows["member"]:
        row.known["status"] = status_at_day(world, row)
        row.known["organization"] = organization_at_day(world, row)
    for row in world.rows["organization"]:
        code = row.known["code"]
        members = members_of(world, code)
        full = [m for m in members if m.known["status"] == "full"]
        row.known["members"] = Fraction(len(members))
        row.known["full_members"] = Fraction(len(full))
        row.known["groups"] = groups_below(world, code)
        row.known["full_time_staff"] = full_time_staff(world, code)
        row.known["committee_size"] = committee_size(world, code)
        row.known["term_expires_on"] = term_expires_on(world, code)


# ---------------------------------------------------------------- filters (4)


def right_side(world: World, row: Row, kind: str, written: Any) -> Any:
    """A literal, `as_of`, a column, a column with arithmetic, or days from the day."""
    if isinstance(written, dict) and "column" in written:
        value = row.known[written["column"]]
        if value is not None and "times" in written:
            value = value * number(written["times"])
        if value is not None and "plus_days" in written:
            value = value + timedelta(days=int(written["plus_days"]))
        return value
    if isinstance(written, dict):
        return world.day + timedelta(days=int(written["as_of"]))
    if written == "as_of" and kind == DATE:
        return world.day
    return typed_cell(kind, written)


def equals_one(world: World, row: Row, kind: str, value: Any, written: Any) -> bool:
    """Equal to the value, or to one of the list; with an empty side false."""
    choices = written if isinstance(written, list | tuple) else [written]
    if value is None:
        return False
    return any(value == right_side(world, row, kind, choice) for choice in choices)


def compares(word: str, left: Any, right: Any) -> bool:
    """A comparison with an empty side is false."""
    if left is None or right is None:
        return False
    if word == "at_least":
        return left >= right
    if word == "at_most":
        return left <= right
    if word == "above":
        return left > right
    if word == "below":
        return left < right
    return right in left  # contains


def part_holds(world: World, row: Row, kind: str, value: Any, word: str, written: Any) -> bool:
    """One entry of a condition that is a mapping."""
    if word == "present":
        return (value is not None) == written
    if word == "not":
        return not equals_one(world, row, kind, value, written)
    return compares(word, value, right_side(world, row, kind, written))


def condition_holds(world: World, row: Row, column: str, condition: Any) -> bool:
    kind = TABLES[row.table].column(column).kind
    value = row.known[column]
    if condition is None:
        return value is None
    if isinstance(condition, dict) and any(word in COMPARISONS for word in condition):
        return all(
            part_holds(world, row, kind, value, word, written)
            for word, written in condition.items()
        )
    return equals_one(world, row, kind, value, condition)


def holds(world: World, row: Row, where: dict | None) -> bool:
    """A filter: all entries must hold (4)."""
    return all(condition_holds(world, row, c, condition) for c, condition in (where or {}).items())


# ---------------------------------------------------------------- which rows are seen (3, 4, 5)


def row_date(row: Row) -> date | None:
    return row.known[TABLES[row.table].date]


def rows_of(world: World, fact: str, owner: str, code: str) -> list[Row]:
    """A fact belongs to the organization and to the member that its columns name (4)."""
    return [row for row in world.rows[fact] if row.known[owner] == code]


def seen_rows(world: World, subject: Subject, options: dict) -> list[Row]:
    """The rows of a fact that a measure looks at: in the period, by due date, or in force."""
    rows = rows_of(world, options["fact"], subject.kind, subject.code)
    if options.get("in_force"):
        rows = [r for r in rows if post_in_force(world, r)]
    elif options.get("due"):
        rows = [r for r in rows if seen_by_due_date(world, r, options["due"])]
    else:
        rows = [r for r in rows if world.seen(row_date(r))]
    return [row for row in rows if holds(world, row, options.get("where"))]


def post_in_force(world: World, row: Row) -> bool:
    """started_on … ended_on at the day, whatever the period (5)."""
    return in_force(row.known["started_on"], row.known["ended_on"], world.day)


def seen_by_due_date(world: World, row: Row, due: str) -> bool:
    """By the due date; not when opened or started after `as_of` (5, share)."""
    for column in ("opened_on", "started_on"):
        begun = row.typed.get(column)
        if begun is not None and begun > world.as_of:
            return False
    return world.seen(row.known[due])


def is_own_paper(row: Row, subject: Subject) -> bool:
    """Judgements and exemptions: for organizations with an empty member (4)."""
    if subject.kind == "member":
        return row.known["member"] == subject.code
    return row.known["organization"] == subject.code and row.known["member"] is None


def judgements(world: World, subject: Subject, indicator: dict) -> list[Row]:
    """Judged not after `as_of`, for a day of the period (5, judgement)."""
    found = []
    for row in world.rows["judgement"]:
        cells = row.known
        if cells["standard"] != world.standard["id"] or cells["indicator"] != indicator["id"]:
            continue
        if not is_own_paper(row, subject) or cells["judged_on"] is None:
            continue
        if within(cells["for_on"] or cells["judged_on"], world.start, world.end):
            found.append(row)
    return found


def exemptions(world: World, subject: Subject, indicator: dict) -> list[Row]:
    """Approved ones for this indicator; an empty `indicator` means all (6)."""
    return [
        row
        for row in world.rows["exemption"]
        if row.known["standard"] == world.standard["id"]
        and row.known["indicator"] in (None, indicator["id"])
        and is_own_paper(row, subject)
        and row.known["approved_by"] is not None
    ]


def is_exempt(world: World, subject: Subject, indicator: dict) -> bool:
    return any(
        in_force(row.known["from_on"], row.known["to_on"], world.day)
        for row in exemptions(world, subject, indicator)
    )


# ---------------------------------------------------------------- occurrences (3, 5)


@dataclass
class Windows:
    """What has become of the counting windows."""

    counting: int = 0
    passed: int = 0
    missed: int = 0
    missing: Fraction = ZERO

    @property
    def to_come(self) -> int:
        return self.counting - self.passed - self.missed


def existence(subject: Subject) -> tuple[date | None, date | None]:
    """From when to when a subject existed, as windows ask it (3)."""
    cells = subject.row.known
    if subject.kind == "organization":
        return cells["established_on"], cells["dissolved_on"]
    starts = [d for d in (cells["joined_on"], cells["here_since"]) if d is not None]
    return (max(starts) if starts else None), cells["left_on"]


def existed_throughout(subject: Subject, window: tuple[date, date]) -> bool:
    start, end = existence(subject)
    return in_force(start, end, window[0]) and in_force(start, end, window[1])


def overlaps(row: Row, window: tuple[date, date]) -> bool:
    start, end = row.known["from_on"], row.known["to_on"]
    return (start is None or start <= window[1]) and (end is None or end >= window[0])


def different(rows: list[Row], column: str | None) -> int:
    """The number of rows, or of different values of a column (5, count)."""
    if column is None:
        return len(rows)
    return len({row.known[column] for row in rows if row.known[column] is not None})


def window_count(world: World, subject: Subject, options: dict, window: tuple[date, date]) -> int:
    rows = [r for r in seen_rows(world, subject, options) if within(row_date(r), *window)]
    return different(rows, options.get("distinct"))


def who_must_meet(world: World, subject: Subject, options: dict) -> list[Subject]:
    """The subject itself, or with `each` every matching organization below it (5)."""
    if "each" not in options:
        return [subject]
    return [
        Subject("organization", row.known["code"], row)
        for row in below(world, subject.code)
        if holds(world, row, options["each"])
    ]


def counts(world: World, subject: Subject, indicator: dict, window: tuple[date, date]) -> bool:
    """Whether a window counts for the subject (3)."""
    if not existed_throughout(subject, window):
        return False
    return not any(overlaps(row, window) for row in exemptions(world, subject, indicator))


def look_at_windows(world: World, subject: Subject, indicator: dict, options: dict) -> Windows:
    """Every counting window is passed, missed or still to come (3)."""
    result = Windows()
    at_least = number(options.get("at_least", 1))
    for window in windows_of(options["per"], world.start, world.end):
        if not counts(world, subject, indicator, window):
            continue
        them = [
            one for one in who_must_meet(world, subject, options) if existed_throughout(one, window)
        ]
        if not them:
            continue
        lacking = [at_least - window_count(world, one, options, window) for one in them]
        note_window(world, result, window, [max(ZERO, x) for x in lacking])
    return result


def note_window(world: World, result: Windows, window: tuple, lacking: list[Fraction]) -> None:
    result.counting += 1
    if all(x == 0 for x in lacking) and window[0] <= world.as_of:
        result.passed += 1
    elif window[1] <= world.as_of:
        result.missed += 1
        result.missing += sum(lacking)


# ---------------------------------------------------------------- the other measures (5)


@dataclass
class Measured:
    """A value, or why there is none; `failing` are the rows, members or values that lack."""

    value: Fraction | None
    failing: Fraction | None = None
    nothing: bool = False
    awaiting: bool = False


def measure_count(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    rows = seen_rows(world, subject, options)
    return Measured(Fraction(different(rows, options.get("distinct"))))


def add_up(rows: list[Row], column: str) -> Fraction:
    return sum((row.known[column] for row in rows if row.known[column] is not None), ZERO)


def measure_sum(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    total = add_up(seen_rows(world, subject, options), options["column"])
    if not options.get("per_member"):
        return Measured(total)
    members = len(members_of(world, subject.code))
    return Measured(None, nothing=True) if members == 0 else Measured(total / members)


def part_of(good: int, everything: int) -> Measured:
    if everything == 0:
        return Measured(None, nothing=True)
    return Measured(Fraction(good, everything), failing=Fraction(everything - good))


def measure_share(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    rows = seen_rows(world, subject, options)
    good = [row for row in rows if holds(world, row, options["satisfying"])]
    return part_of(len(good), len(rows))


def member_satisfies(world: World, member: Row, satisfying: dict) -> bool:
    """A filter on member columns, or one count or sum of the member's own facts (5)."""
    own = Subject("member", member.known["code"], member)
    if "count" in satisfying:
        value = measure_count(world, own, {}, satisfying["count"]).value
    elif "sum" in satisfying:
        value = measure_sum(world, own, {}, satisfying["sum"]).value
    else:
        return holds(world, member, satisfying)
    comparisons = {word: x for word, x in satisfying.items() if word in COMPARISONS}
    return all(compares(word, value, number(x)) for word, x in comparisons.items())


def measure_member_share(
    world: World, subject: Subject, indicator: dict, options: dict
) -> Measured:
    members = [m for m in members_of(world, subject.code) if holds(world, m, options.get("where"))]
    good = [m for m in members if member_satisfies(world, m, options["satisfying"])]
    return part_of(len(good), len(members))


def measure_level(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    return Measured(subject.row.known[options["column"]] or ZERO)


def measure_check(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    return Measured(ONE if holds(world, subject.row, options["where"]) else ZERO)


def measure_presence(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    occurring = {row.known[options["column"]] for row in seen_rows(world, subject, options)}
    there = len([value for value in options["all_of"] if value in occurring])
    return Measured(Fraction(there), failing=Fraction(len(options["all_of"]) - there))


def newest(rows: list[Row]) -> Row | None:
    """The newest by date, of one day the row entered later (5, judgement)."""
    found = None
    for row in rows:
        if found is None or row_date(row) >= row_date(found):
            found = row
    return found


def measure_judgement(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    if "fact" in options:
        return measure_fact_judgement(world, subject, options)
    levels = options.get("levels", {})
    row = newest(
        [
            r
            for r in judgements(world, subject, indicator)
            if r.known["points"] is not None or r.known["level"] in levels
        ]
    )
    if row is None:
        return Measured(None, awaiting=True)
    if row.known["points"] is not None:
        return Measured(min(ONE, row.known["points"] / number(indicator["points"])))
    return Measured(number(levels[row.known["level"]]))


def measure_fact_judgement(world: World, subject: Subject, options: dict) -> Measured:
    rows = seen_rows(world, subject, options)
    row = newest([r for r in rows if r.known[options["column"]] in options["levels"]])
    if row is None:
        return Measured(None, awaiting=True)
    return Measured(number(options["levels"][row.known[options["column"]]]))


def measure_findings(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    """(points − the items found, each once) / points, never below 0; no row: awaiting."""
    found = {row.known["level"] for row in judgements(world, subject, indicator)}
    items = options["deduct"]
    if not any(level == "none" or level in items for level in found):
        return Measured(None, awaiting=True)
    points = number(indicator["points"])
    lost = sum((number(items[level]) for level in found if level in items), ZERO)
    return Measured(max(ZERO, (points - lost) / points))


def measure_rating(world: World, subject: Subject, indicator: dict, options: dict) -> Measured:
    rows = seen_rows(world, subject, options)
    everything = add_up(rows, options["all"])
    if everything == 0:
        return Measured(None, nothing=bool(options.get("when_empty")), awaiting=True)
    return Measured(add_up(rows, options["positive"]) / everything)


MEASURES = {
    "count": measure_count,
    "sum": measure_sum,
    "share": measure_share,
    "member_share": measure_member_share,
    "level": measure_level,
    "check": measure_check,
    "presence": measure_presence,
    "judgement": measure_judgement,
    "findings": measure_findings,
    "rating": measure_rating,
}


# ---------------------------------------------------------------- scores and states (6)


@dataclass(frozen=True)
class Reckoned:
    """One indicator or one part, exact; `potential` None where the divisor leaves it out."""

    state: str
    earned: Fraction = ZERO
    obtainable: Fraction = ZERO
    value: Fraction | None = None
    target: Fraction | None = None
    potential: Fraction | None = None


@dataclass(frozen=True)
class Piece:
    """One indicator without parts, or one part of it."""

    measure: str
    options: dict
    target: Any
    due: str | None
    score: Any
    points: Fraction

    @property
    def earns(self) -> bool:
        return isinstance(self.score, dict) and "earn" in self.score

    @property
    def steps_of_value(self) -> bool:
        return isinstance(self.score, dict) and self.score.get("of") == "value"

    @property
    def by_shortfall(self) -> bool:
        if not isinstance(self.score, dict):
            return False
        return "deduct" in self.score or self.score.get("of") == "shortfall"

    @property
    def ceiling(self) -> bool:
        return isinstance(self.target, dict) and "at_most" in self.target


def piece_of(indicator: dict, written: dict) -> Piece:
    ((measure, options),) = written["measure"].items()
    return Piece(
        measure,
        options,
        written.get("target"),
        written.get("due"),
        written.get("score", "proportional"),
        number(indicator["points"]),
    )


def share_of_target(subject: Subject, target: dict) -> Fraction:
    """`{share_of, share, minimum, round}`: the minimum after rounding (6)."""
    wanted = (subject.row.known[target["share_of"]] or ZERO) * number(target["share"])
    if target.get("round") == "up":
        wanted = Fraction(math.ceil(wanted))
    return max(wanted, number(target.get("minimum", wanted)))


def target_number(subject: Subject, piece: Piece) -> Fraction | None:
    """The figure of the target, written or by default (6)."""
    if isinstance(piece.target, dict):
        if piece.ceiling:
            return number(piece.target["at_most"])
        return share_of_target(subject, piece.target)
    if piece.target is not None:
        return number(piece.target)
    if piece.measure in BY_ROWS and piece.by_shortfall:
        return None
    if piece.measure in ("share", "member_share", "check"):
        return ONE
    if piece.measure == "presence":
        return Fraction(len(piece.options["all_of"]))
    return Fraction("0.6") if piece.measure in GIVEN_BY_PEOPLE else None


def is_owed(world: World, piece: Piece) -> bool:
    """Cumulative measures when the period has closed, standing ones always (6)."""
    if world.closed or piece.due == "always":
        return True
    if piece.due == "end":
        return False
    if piece.options.get("in_force") or piece.ceiling:
        return True
    return piece.measure not in CUMULATIVE


def shortfall_of(piece: Piece, measured: Measured, target: Fraction | None) -> Fraction:
    """What is lacking, never below 0 (6)."""
    if piece.measure in BY_ROWS:
        return measured.failing
    over = measured.value - target
    return max(ZERO, over if piece.ceiling else -over)


def is_reached(piece: Piece, measured: Measured, target: Fraction | None) -> bool:
    if target is None:
        return measured.failing == 0
    return measured.value <= target if piece.ceiling else measured.value >= target


def last_step(steps: list, reached: Fraction) -> Fraction:
    """What stands beside the last step reached, 0 before the first (6)."""
    found = ZERO
    for threshold, points in steps:
        if reached >= number(threshold):
            found = number(points)
    return found


def after_deduction(piece: Piece, deduction: Fraction) -> Fraction:
    """Points less a deduction; with negative points what is lost, down to `points` (6)."""
    if piece.points < 0:
        return max(piece.points, -deduction)
    return max(ZERO, piece.points - deduction)


def deducted(piece: Piece, shortfall: Fraction) -> Fraction:
    if "deduct" in piece.score:
        return after_deduction(piece, number(piece.score["deduct"]) * shortfall)
    return after_deduction(piece, last_step(piece.score["steps"], shortfall))


def capped(piece: Piece, earned: Fraction) -> Fraction:
    """Never below 0, never above `points` (6)."""
    return max(ZERO, min(piece.points, earned))


def earned_by_value(piece: Piece, value: Fraction) -> Fraction:
    """`earn` and `steps … of: value` (6)."""
    if piece.earns:
        return capped(piece, number(piece.score["earn"]) * value)
    return capped(piece, last_step(piece.score["steps"], value))


def full(piece: Piece) -> Fraction:
    """Everything that can be earned; with negative points that is 0."""
    return max(ZERO, piece.points)


def earned_by_target(piece: Piece, measured: Measured, target: Fraction | None) -> Fraction:
    """The score of a measure with a value (6, first table)."""
    if piece.measure in GIVEN_BY_PEOPLE:
        return capped(piece, piece.points * measured.value)
    if piece.by_shortfall:
        return deducted(piece, shortfall_of(piece, measured, target))
    if piece.steps_of_value:
        return earned_by_value(piece, measured.value)
    if piece.score == "all_or_nothing":
        return piece.points if is_reached(piece, measured, target) else ZERO
    if target == 0:
        return piece.points
    return capped(piece, piece.points * measured.value / target)


def reckon_earned(world: World, piece: Piece, value: Fraction) -> Reckoned:
    """The `earn` rows of the second table (6)."""
    return earn_rows(world, piece.points, earned_by_value(piece, value), value)


def earn_rows(world: World, points: Fraction, earned: Fraction, value: Fraction | None) -> Reckoned:
    if world.closed:
        state = "met" if earned == points else "missed"
        return Reckoned(state, earned, points, value, None, earned)
    state = "met" if earned == points else "on_track" if earned > 0 else "pending"
    return Reckoned(state, earned, earned, value, None, points)


def reckon_windows(world: World, subject: Subject, indicator: dict, piece: Piece) -> Reckoned:
    """Occurrences: owed window by window (6)."""
    windows = look_at_windows(world, subject, indicator, piece.options)
    if windows.counting == 0:
        return Reckoned("not_applicable")
    value, target = Fraction(windows.passed), Fraction(windows.counting)
    if piece.earns or piece.steps_of_value:
        return reckon_earned(world, piece, value)
    potential = earned_by_windows(piece, windows, windows.passed + windows.to_come)
    if windows.passed + windows.missed == 0:
        return Reckoned("pending", ZERO, ZERO, value, target, potential)
    earned = earned_by_windows(piece, windows, windows.passed)
    state = "missed" if windows.missed else "on_track" if windows.to_come else "met"
    return Reckoned(state, earned, full(piece), value, target, potential)


def earned_by_windows(piece: Piece, windows: Windows, passed: int) -> Fraction:
    """The score of occurrences when so many windows count as passed (6)."""
    if piece.by_shortfall:
        per_window = piece.score.get("per") == "window"
        lacking = Fraction(windows.missed) if per_window else windows.missing
        return deducted(piece, lacking)
    if piece.score == "all_or_nothing":
        return ZERO if windows.missed else piece.points
    if passed + windows.missed == 0:
        return ZERO
    return piece.points * passed / (passed + windows.missed)


def reckon_measured(world: World, subject: Subject, indicator: dict, piece: Piece) -> Reckoned:
    """Every measure but occurrences (6, second table)."""
    measured = MEASURES[piece.measure](world, subject, indicator, piece.options)
    if measured.nothing and piece.options.get("when_empty") == "met":
        return Reckoned("met", full(piece), full(piece), potential=full(piece))
    if measured.awaiting:
        return Reckoned("awaiting", potential=full(piece))
    if measured.nothing:
        return Reckoned("not_applicable")
    target = target_number(subject, piece)
    if piece.earns or (piece.steps_of_value and target is None):
        return reckon_earned(world, piece, measured.value)
    return reckon_target(world, piece, measured, target)


def reckon_target(
    world: World, piece: Piece, measured: Measured, target: Fraction | None
) -> Reckoned:
    """The target rows of the second table (6)."""
    earned = earned_by_target(piece, measured, target)
    value = measured.value
    owed = is_owed(world, piece)
    hopeful = not owed or piece.measure in ("level", "check") or piece.steps_of_value
    potential = full(piece) if hopeful and not world.closed else earned
    if is_reached(piece, measured, target):
        return Reckoned("met", earned, full(piece), value, target, potential)
    if owed:
        return Reckoned("missed", earned, full(piece), value, target, potential)
    state = "on_track" if value > 0 else "pending"
    return Reckoned(state, ZERO, ZERO, value, target, potential)


def reckon_piece(world: World, subject: Subject, indicator: dict, written: dict) -> Reckoned:
    piece = piece_of(indicator, written)
    if piece.measure == "occurrences":
        return reckon_windows(world, subject, indicator, piece)
    return reckon_measured(world, subject, indicator, piece)


# ---------------------------------------------------------------- parts (2)


def earns(written: dict) -> bool:
    score = written.get("score")
    return isinstance(score, dict) and "earn" in score


def reckon_parts(world: World, subject: Subject, indicator: dict) -> Reckoned:
    """Each part as if it were worth the indicator's points (2); one that does not apply is out."""
    parts = [reckon_piece(world, subject, indicator, part) for part in indicator["parts"]]
    parts = [part for part in parts if part.state != "not_applicable"]
    points = number(indicator["points"])
    if not parts:
        return Reckoned("not_applicable")
    if earns(indicator["parts"][0]):
        earned = min(points, sum((part.earned for part in parts), ZERO))
        return earn_rows(world, points, earned, None)
    return take_off_losses(points, parts)


def take_off_losses(points: Fraction, parts: list[Reckoned]) -> Reckoned:
    """The losses are added as fractions and taken off once, never below 0 (2)."""
    state = min((part.state for part in parts), key=STATE_ORDER.index)
    lost = sum((part.obtainable - part.earned for part in parts), ZERO)
    feared = sum((points - part.potential for part in parts), ZERO)
    potential = max(ZERO, points - feared)
    if all(part.obtainable == 0 for part in parts):
        return Reckoned(state, potential=potential)
    return Reckoned(state, max(ZERO, points - lost), points, potential=potential)


# ---------------------------------------------------------------- one indicator


def reckon_indicator(world: World, subject: Subject, indicator: dict) -> Reckoned:
    """The rows are tried in this order: `applies_to`, exempt, the rest (6)."""
    if not holds(world, subject.row, indicator.get("applies_to")):
        return Reckoned("not_applicable")
    if is_exempt(world, subject, indicator):
        return Reckoned("exempt")
    if world.before:
        return Reckoned("pending", potential=max(ZERO, number(indicator["points"])))
    if "parts" in indicator:
        result = reckon_parts(world, subject, indicator)
    else:
        result = reckon_piece(world, subject, indicator, indicator)
    return as_bonus(world, result) if indicator.get("bonus") else result


def as_bonus(world: World, result: Reckoned) -> Reckoned:
    """A bonus indicator that would be `missed` when the period has closed (6)."""
    if result.state != "missed" or not world.closed:
        return result
    return replace(result, state="met") if result.earned > 0 else Reckoned("not_applicable")


def round_points(result: Reckoned) -> Reckoned:
    """Earned, obtainable and potential points are rounded once (7)."""
    potential = None if result.potential is None else rounded(result.potential)
    return replace(
        result,
        earned=rounded(result.earned),
        obtainable=rounded(result.obtainable),
        potential=potential,
    )


# ---------------------------------------------------------------- totals (7)


def indicators_of(standard: dict) -> list[dict]:
    return [i for dimension in standard["dimensions"] for i in dimension["indicators"]]


def ordinary(indicators: list[dict]) -> list[dict]:
    return [indicator for indicator in indicators if not indicator.get("bonus")]


def is_sum(world: World) -> bool:
    return world.standard.get("total", "rate") == "sum"


def rate(world: World, got: Fraction, possible: Fraction) -> Fraction | None:
    """full_marks × got / possible, rounded to two decimals; over nothing none (7)."""
    if possible == 0:
        return None
    return rounded(number(world.standard.get("full_marks", 100)) * got / possible)


def figure(world: World, indicators: list[dict], results: dict[str, Reckoned]) -> Fraction | None:
    """The figure of some indicators, without base and bonus (7)."""
    own = [results[indicator["id"]] for indicator in ordinary(indicators)]
    earned = sum((result.earned for result in own), ZERO)
    if is_sum(world):
        return rounded(earned)
    return rate(world, earned, sum((result.obtainable for result in own), ZERO))


def bonus_earned(world: World, results: dict[str, Reckoned]) -> Fraction:
    indicators = indicators_of(world.standard)
    earned = sum((results[i["id"]].earned for i in indicators if i.get("bonus")), ZERO)
    cap = world.standard.get("bonus_cap")
    return earned if cap is None else min(earned, number(cap))


def total_score(world: World, results: dict[str, Reckoned]) -> Fraction | None:
    own = figure(world, indicators_of(world.standard), results)
    if own is None:
        return None
    if is_sum(world):
        own += number(world.standard.get("base", 0))
    return rounded(own + bonus_earned(world, results))


def total_potential(world: World, results: dict[str, Reckoned]) -> Fraction | None:
    """`rate` only: over the points of whatever is neither not_applicable nor exempt (7)."""
    if is_sum(world):
        return None
    got, possible = ZERO, ZERO
    for indicator in ordinary(indicators_of(world.standard)):
        result = results[indicator["id"]]
        if result.state not in ("not_applicable", "exempt"):
            got += result.potential
            possible += number(indicator["points"])
    potential = rate(world, got, possible)
    return None if potential is None else rounded(potential + bonus_earned(world, results))


# ---------------------------------------------------------------- stars, grades, vetoes (8)


def tier_share(world: World, results: dict[str, Reckoned], tier: str) -> Fraction:
    """(met or on_track) / (met, on_track or missed) over the tier; empty: 1 (8)."""
    own = [i for i in ordinary(indicators_of(world.standard)) if i.get("tier") == tier]
    states = [results[indicator["id"]].state for indicator in own]
    good = len([state for state in states if state in ("met", "on_track")])
    bad = len([state for state in states if state == "missed"])
    return ONE if good + bad == 0 else Fraction(good, good + bad)


def star_row_holds(world: World, row: dict, score: Fraction, results: dict) -> bool:
    if "score" in row and score < number(row["score"]):
        return False
    return all(
        tier_share(world, results, tier) >= number(share)
        for tier, share in (row.get("tiers") or {}).items()
    )


def struck_vetoes(world: World, subject: Subject) -> list[dict]:
    """A veto strikes when at least one such fact is seen in the period (8)."""
    return [v for v in world.standard.get("vetoes") or [] if seen_rows(world, subject, v)]


def stars_of(world: World, score: Fraction | None, results: dict, struck: list[dict]) -> int | None:
    rows = world.standard.get("stars")
    if score is None or not rows:
        return None
    stars = 0
    for row in rows:
        if star_row_holds(world, row, score, results):
            stars = row["stars"]
            break
    return min([stars] + [veto["stars_at_most"] for veto in struck])


def grade_of(world: World, stars: int | None) -> str | None:
    for row in world.standard.get("grades") or []:
        if stars is not None and stars in row["stars"]:
            return row["grade"]["en"]
    return None


# ---------------------------------------------------------------- the result (9)


def shown(result: Reckoned) -> dict[str, Any]:
    return {
        "state": result.state,
        "earned": plain(result.earned),
        "obtainable": plain(result.obtainable),
        "value": plain(result.value, 6),
        "target": plain(result.target, 6),
    }


def read_subject(world: World, subject: Subject) -> dict[str, Any]:
    indicators = indicators_of(world.standard)
    results = {i["id"]: round_points(reckon_indicator(world, subject, i)) for i in indicators}
    score = total_score(world, results)
    struck = struck_vetoes(world, subject)
    stars = stars_of(world, score, results, struck)
    return {
        "score": plain(score),
        "potential": plain(total_potential(world, results)),
        "stars": stars,
        "grade": grade_of(world, stars),
        "vetoes": [veto["id"] for veto in struck],
        "dimensions": {
            d["id"]: plain(figure(world, d["indicators"], results))
            for d in world.standard["dimensions"]
        },
        "indicators": {name: shown(result) for name, result in results.items()},
    }


def subjects_of(world: World) -> list[Subject]:
    """Organizations or members that exist at the day and pass `applies_to` (4)."""
    kind = world.standard["subject"]
    found = []
    for row in world.rows[kind]:
        there = is_member(world, row) if kind == "member" else exists_at(row, world.day)
        if there and holds(world, row, world.standard.get("applies_to")):
            found.append(Subject(kind, row.known["code"], row))
    return found


def read_world(
    standard: dict, tables: dict[str, list[dict]], as_of: date, named: date, parameters: dict | None
) -> World:
    written = with_parameters(standard, parameter_values(standard, parameters))
    start, end = period_bounds(written.get("period", "year"), named)
    world = World(written, load_rows(tables, as_of), as_of, start, end)
    take_at_day(world)
    return world


def read_standard_results(
    standard: dict,
    tables: dict[str, list[dict]],
    as_of: str | date,
    period: str | date | None = None,
    parameters: dict | None = None,
) -> dict[str, dict]:
    """The results of section 9 for every subject."""
    as_of = to_date(as_of)
    world = read_world(standard, tables, as_of, to_date(period) or as_of, parameters)
    return {subject.code: read_subject(world, subject) for subject in subjects_of(world)}
