"""Members of organizations: the tree of the day, who is registered where, what they did."""

from __future__ import annotations

from sqlglot import exp

from ..catalogue import Column
from ..filters import Filter
from ..plan import MemberSlot, MembersStep, OwnFacts, Seen, Slot
from . import sql
from .conditions import Resolve, row_columns, where
from .context import Context, is_subject, tree_of_subject
from .ledgers import rows_seen, slot_number


def member_columns(organization: exp.Expr) -> Resolve:
    """Columns of a member at the day; ``organization`` is where it is registered."""
    row = row_columns("m")

    def resolve(column: Column) -> exp.Expr:
        if column.name == "organization":
            return organization.copy()
        if column.name == "status":
            return status_of_the_day()
        return row(column)

    return resolve


def tree(ctx: Context) -> exp.Select:
    """Which organization stands below which at the day, itself included."""
    spans = sql.spans_day(sql.col("t", "from_on"), sql.col("t", "to_on"))
    whose = [is_subject(sql.col("t", "ancestor"))] if ctx.one else []
    return (
        exp.select(sql.col("t", "ancestor"), sql.col("t", "descendant"))
        .from_(sql.table("tree_path", "t"))
        .where(*spans, *whose)
    )


def registered(ctx: Context) -> exp.Expr:
    """Member and the organization it is registered in at the day."""
    here = [exp.In(this=sql.col("r", "organization"), query=tree_of_subject().subquery())]
    home = [exp.In(this=sql.col("m", "organization"), query=tree_of_subject().subquery())]
    moved = (
        exp.select(sql.col("r", "member"), sql.col("r", "organization"))
        .from_(sql.table("fact_membership", "r"))
        .where(*sql.spans_day(sql.col("r", "from_on"), sql.col("r", "to_on")), *(here * ctx.one))
    )
    stayed = (
        exp.select(sql.named(sql.col("m", "code"), "member"), sql.col("m", "organization"))
        .from_(sql.table("fact_member", "m"))
        .where(exp.Not(this=_has_membership()), *(home * ctx.one))
    )
    return exp.union(moved, stayed, distinct=False)


def members(ctx: Context, step: MembersStep) -> exp.Select:
    """Numbers of each organization's members at the day."""
    own = list(dict.fromkeys((s.own.fact, s.own.slot) for s in step.slots if s.own))
    slots = []
    for index, slot in enumerate(step.slots):
        tests = member_tests(ctx, slot, slot.where + slot.satisfying, own)
        counted = sql.count_where(sql.all_of(tests) if tests else None, exp.Star())
        slots.append(sql.named(counted, f"s{index}"))
    select = exp.select(sql.named(sql.col("w", "ancestor"), "subject"), *slots)
    select = join_own(ctx, join_members(ctx, select), own)
    return select.where(*is_member()).group_by(sql.col("w", "ancestor"))


def member_tests(
    ctx: Context, slot: MemberSlot, tests: Filter, own: list[tuple[str, Slot]]
) -> list[exp.Expr]:
    """The tests on a member (m) registered (g), and on its own facts (q0, q1 …)."""
    conditions = where(ctx, tests, member_columns(sql.col("g", "organization")))
    if slot.own is not None:
        number = own.index((slot.own.fact, slot.own.slot))
        conditions += _own_tests(slot.own, sql.col(f"q{number}", "n"))
    return conditions


def join_own(ctx: Context, select: exp.Select, own: list[tuple[str, Slot]]) -> exp.Select:
    for number, (fact, slot) in enumerate(own):
        select = select.join(
            _own_numbers(ctx, fact, slot).subquery(f"q{number}"),
            on=exp.EQ(this=sql.col(f"q{number}", "member"), expression=sql.col("m", "code")),
            join_type="left",
        )
    return select


def join_members(ctx: Context, select: exp.Select) -> exp.Select:
    """From the tree (w) over registrations (g) to members (m)."""
    on_tree = exp.EQ(this=sql.col("w", "descendant"), expression=sql.col("g", "organization"))
    on_code = exp.EQ(this=sql.col("m", "code"), expression=sql.col("g", "member"))
    return (
        select.with_(sql.name("registered"), as_=registered(ctx))
        .with_(sql.name("tree"), as_=tree(ctx))
        .from_(sql.table("registered", "g"))
        .join(sql.table("tree", "w"), on=on_tree)
        .join(sql.table("fact_member", "m"), on=on_code)
    )


def _own_numbers(ctx: Context, fact: str, slot: Slot) -> exp.Select:
    member = sql.col("f", "member")
    mine = exp.select(sql.col("x", "member")).from_(sql.table("registered", "x"))
    whose = [exp.In(this=member.copy(), query=mine.subquery())] if ctx.one else []
    return (
        exp.select(member, sql.named(slot_number(ctx, slot), "n"))
        .from_(sql.table(f"fact_{fact}", "f"))
        .where(*rows_seen(ctx, fact, Seen()), *whose)
        .group_by(member.copy())
    )


def _has_membership() -> exp.Expr:
    rows = (
        exp.select(exp.Literal.number(1))
        .from_(sql.table("fact_membership", "z"))
        .where(exp.EQ(this=sql.col("z", "member"), expression=sql.col("m", "code")))
    )
    return exp.Exists(this=rows)


def registration() -> exp.Expr:
    """Where a member (m) with its membership in force (r) is registered."""
    case = exp.Case().when(sql.not_empty(sql.col("r", "member")), sql.col("r", "organization"))
    return case.when(_has_membership(), exp.Null()).else_(sql.col("m", "organization"))


def is_member() -> list[exp.Expr]:
    """A person (m) is a member at the day (section 4)."""
    left = sql.col("m", "left_on")
    gone = exp.and_(
        exp.EQ(this=sql.col("m", "status"), expression=exp.Literal.string("left")), sql.empty(left)
    )
    joined = sql.col("m", "joined_on")
    return [
        sql.open_or(joined, exp.LTE(this=joined, expression=sql.bound("day"))),
        sql.open_or(left, exp.GTE(this=left, expression=sql.bound("day"))),
        exp.Not(this=exp.Paren(this=gone)),
        exp.Not(this=exp.Paren(this=_suspended())),
    ]


def _suspended() -> exp.Expr:
    since = sql.col("m", "suspended_on")
    return exp.and_(
        exp.EQ(this=sql.col("m", "status"), expression=exp.Literal.string("suspended")),
        sql.open_or(since, exp.LTE(this=since, expression=sql.bound("day"))),
    )


def status_of_the_day() -> exp.Expr:
    """What a member's status reads as at the day: probationary or full."""
    probationary = exp.EQ(
        this=sql.col("m", "status"), expression=exp.Literal.string("probationary")
    )
    not_yet = exp.GT(this=sql.col("m", "full_on"), expression=sql.bound("day"))
    either = exp.or_(probationary, not_yet)
    return sql.when(either, exp.Literal.string("probationary"), exp.Literal.string("full"))


def _own_tests(own: OwnFacts, number: exp.Expr) -> list[exp.Expr]:
    counted = exp.Coalesce(this=number, expressions=[exp.Literal.number(0)])
    return [
        sql.OPERATORS[operator](
            this=sql.times(counted.copy(), bound.denominator), expression=sql.whole(bound.numerator)
        )
        for operator, bound in own.tests
    ]
