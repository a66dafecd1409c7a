"""Ledgers: rows seen, counted, added up, by window, and the newest of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from ..catalogue import TABLES
from ..plan import LatestStep, LedgerStep, Seen, Slot, WindowStep
from . import sql
from .conditions import row_columns, where
from .context import Context, is_subject, tree_of_subject, window_name


def rows_seen(ctx: Context, fact: str, seen: Seen, alias: str = "f") -> list[exp.Expr]:
    """Which rows of a ledger are seen, except for whose they are."""
    table = TABLES[fact]
    assert table.date is not None
    if seen.mode == "in_force":
        return sql.spans_day(sql.col(alias, "started_on"), sql.col(alias, "ended_on"))
    if seen.mode == "judged":
        return _judged(ctx, alias)
    column = sql.col(alias, seen.column or table.date)
    rows: list[exp.Expr] = [
        exp.GTE(this=column, expression=sql.bound("first")),
        exp.LTE(this=column.copy(), expression=sql.bound("day")),
    ]
    if seen.mode == "due" and table.since is not None:
        since = sql.col(alias, table.since)
        rows.append(sql.open_or(since, exp.LTE(this=since, expression=sql.bound("as_of"))))
    return rows


def _judged(ctx: Context, alias: str) -> list[exp.Expr]:
    on = exp.Coalesce(this=sql.col(alias, "for_on"), expressions=[sql.col(alias, "judged_on")])
    standard = exp.Literal.string(ctx.plan.standard.id)
    return [
        exp.EQ(this=sql.col(alias, "standard"), expression=standard),
        exp.LTE(this=sql.col(alias, "judged_on"), expression=sql.bound("as_of")),
        exp.GTE(this=on, expression=sql.bound("first")),
        exp.LTE(this=on.copy(), expression=sql.bound("last")),
    ]


def whose(ctx: Context, fact: str, alias: str = "f") -> list[exp.Expr]:
    """The rows of the subjects; for organizations a judgement that names a member is not."""
    conditions: list[exp.Expr] = []
    if ctx.key == "organization" and fact in ("judgement", "exemption"):
        conditions.append(sql.empty(sql.col(alias, "member")))
    if ctx.one:
        conditions.append(is_subject(sql.col(alias, ctx.key)))
    return conditions


def slot_number(ctx: Context, slot: Slot, alias: str = "f") -> exp.Expr:
    tests = where(ctx, slot.where, row_columns(alias))
    condition = sql.all_of(tests) if tests else None
    if slot.what == "rows":
        return sql.count_where(condition, exp.Star())
    assert slot.column is not None
    column = row_columns(alias)(slot.column)
    if slot.what == "distinct":
        return sql.count_where(condition, exp.Distinct(expressions=[column]))
    return sql.sum_where(condition, column)


def _slots(ctx: Context, slots: Iterable[Slot]) -> list[exp.Expr]:
    return [sql.named(slot_number(ctx, slot), f"s{i}") for i, slot in enumerate(slots)]


def ledger(ctx: Context, step: LedgerStep) -> exp.Select:
    subject = sql.col("f", ctx.key)
    return (
        exp.select(sql.named(subject, "subject"), *_slots(ctx, step.slots))
        .from_(sql.table(f"fact_{step.fact}", "f"))
        .where(*rows_seen(ctx, step.fact, step.seen), *whose(ctx, step.fact))
        .group_by(subject.copy())
    )


def windows(ctx: Context, step: WindowStep) -> exp.Select:
    subject = sql.col("f", ctx.key)
    ours = whose(ctx, step.fact)
    if step.below and ctx.one:
        ours = [exp.In(this=subject.copy(), query=tree_of_subject().subquery())]
    inner = (
        exp.select(exp.Star())
        .from_(sql.table(f"fact_{step.fact}", "f"))
        .where(*rows_seen(ctx, step.fact, Seen()), *ours)
    )
    numbered = exp.select(
        exp.Column(this=exp.Star(), table=sql.name("f")),
        sql.named(_window_number(ctx, step), "window_no"),
    ).from_(exp.Subquery(this=inner, alias=exp.TableAlias(this=sql.name("f"))))
    number = sql.col("f", "window_no")
    return (
        exp.select(
            sql.named(subject, "subject"), sql.named(number, "window_no"), *_slots(ctx, step.slots)
        )
        .from_(exp.Subquery(this=numbered, alias=exp.TableAlias(this=sql.name("f"))))
        .group_by(subject.copy(), number.copy())
    )


def _window_number(ctx: Context, step: WindowStep) -> exp.Expr:
    """The window that a date lies in: the first whose last day is not before it."""
    date = sql.col("f", str(TABLES[step.fact].date))
    windows = ctx.clock.windows(step.per)
    case: exp.Expr = exp.Literal.number(len(windows) - 1)
    if len(windows) > 1:
        chosen = exp.Case()
        for index in range(len(windows) - 1):
            last = sql.bound(window_name(step.per, index))
            chosen = chosen.when(exp.LTE(this=date.copy(), expression=last), sql.whole(index))
        case = chosen.else_(sql.whole(len(windows) - 1))
    return case


def latest(ctx: Context, step: LatestStep) -> exp.Select:
    judged = step.seen.mode == "judged"
    subject = sql.col("f", ctx.key)
    item = sql.col("f", "indicator") if judged else exp.Literal.string("")
    points = sql.col("f", "points") if judged else exp.Null()
    date = str(TABLES[step.fact].date)
    window = exp.Window(
        this=exp.RowNumber(),
        partition_by=[subject.copy(), sql.col("f", "indicator")] if judged else [subject.copy()],
        order=exp.Order(
            expressions=[
                exp.Ordered(this=sql.col("f", date), desc=True),
                exp.Ordered(this=sql.col("f", "row_order"), desc=True),
            ]
        ),
    )
    ranked = (
        exp.select(
            sql.named(subject, "subject"), sql.named(item, "item"),
            sql.named(sql.col("f", step.column), "level"), sql.named(points, "points"),
            sql.named(sql.col("f", "row_id"), "row_id"), sql.named(window, "place"),
        )
        .from_(sql.table(f"fact_{step.fact}", "f"))
        .where(*rows_seen(ctx, step.fact, step.seen), *whose(ctx, step.fact), _says(ctx, step))
    )  # fmt: skip
    names = ("subject", "item", "level", "points", "row_id")
    return (
        exp.select(*(sql.col("r", n) for n in names))
        .from_(exp.Subquery(this=ranked, alias=exp.TableAlias(this=sql.name("r"))))
        .where(exp.EQ(this=sql.col("r", "place"), expression=exp.Literal.number(1)))
    )


def _says(ctx: Context, step: LatestStep) -> exp.Expr:
    """Only rows that give points, or one of the item's levels."""
    judged = step.seen.mode == "judged"
    items: list[exp.Expr] = []
    for item in step.slots:
        levels: exp.Expr = exp.In(
            this=sql.col("f", step.column),
            expressions=[exp.Literal.string(level) for level in item.levels],
        )
        if judged:
            levels = exp.Paren(this=exp.or_(sql.not_empty(sql.col("f", "points")), levels))
            named = exp.Literal.string(item.name)
            levels = exp.and_(exp.EQ(this=sql.col("f", "indicator"), expression=named), levels)
        items.append(sql.all_of([levels, *where(ctx, item.where, row_columns("f"))]))
    return exp.Paren(this=exp.or_(*items))


def exemptions(ctx: Context) -> exp.Select:
    return (
        exp.select(
            sql.named(sql.col("e", ctx.key), "subject"),
            *(sql.col("e", c) for c in ("indicator", "from_on", "to_on", "row_id")),
        )
        .from_(sql.table("fact_exemption", "e"))
        .where(
            exp.EQ(
                this=sql.col("e", "standard"),
                expression=exp.Literal.string(ctx.plan.standard.id),
            ),
            sql.not_empty(sql.col("e", "approved_by")),
            sql.not_empty(sql.col("e", ctx.key)),
            *whose(ctx, "exemption", "e"),
        )
    )
