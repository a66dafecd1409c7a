"""The subjects of the day, and the organizations below them."""

from __future__ import annotations

from typing import Protocol

from sqlglot import exp

from ..catalogue import Column
from ..filters import Filter
from ..plan import BelowStep, SubjectStep
from . import sql
from .conditions import Resolve, where
from .context import Context, is_subject
from .members import is_member, member_columns, registration, tree
from .organizations import Organizations


class Source(Protocol):
    """The subjects' own table under an alias, with every column that a filter may ask for."""

    alias: str

    def resolve(self, column: Column) -> exp.Expr: ...

    def attach(self, select: exp.Select) -> exp.Select:
        """From the table, joined with what the resolved columns need."""
        ...


class Members:
    """The members (m), with the registration in force at the day (r)."""

    alias = "m"

    def resolve(self, column: Column) -> exp.Expr:
        return member_columns(registration())(column)

    def attach(self, select: exp.Select) -> exp.Select:
        in_force = sql.all_of(
            [
                exp.EQ(this=sql.col("r", "member"), expression=sql.col("m", "code")),
                *sql.spans_day(sql.col("r", "from_on"), sql.col("r", "to_on")),
            ]
        )
        joined = select.from_(sql.table("fact_member", "m"))
        return joined.join(sql.table("fact_membership", "r"), on=in_force, join_type="left")


def subject_source(ctx: Context) -> Source:
    return Members() if ctx.key == "member" else Organizations(ctx, ctx.one)


def subjects(ctx: Context, step: SubjectStep) -> exp.Select:
    """The subjects that exist at the day, and what filters and targets need of them."""
    source = subject_source(ctx)
    slots = [_slot(ctx, slot, source.resolve, i) for i, slot in enumerate(step.slots)]
    applies = where(ctx, step.applies_to, source.resolve)
    code = sql.col(source.alias, "code")
    since, until, exists = _existence(ctx)
    select = exp.select(
        sql.named(code, "subject"), sql.named(since, "since"), sql.named(until, "until"), *slots
    )
    ours = [is_subject(code.copy())] if ctx.one else []
    return source.attach(select).where(*exists, *ours, *applies)


def _existence(ctx: Context) -> tuple[exp.Expr, exp.Expr, list[exp.Expr]]:
    """Since when and until when a subject exists, and whether it does at the day."""
    if ctx.key == "organization":
        since, until = sql.col("o", "established_on"), sql.col("o", "dissolved_on")
        return since, until, sql.spans_day(since.copy(), until.copy())
    joined, here = sql.col("m", "joined_on"), sql.col("m", "here_since")
    later = exp.Case().when(sql.empty(here), joined).when(sql.empty(joined), here)
    later = later.when(exp.GT(this=here.copy(), expression=joined.copy()), here.copy())
    return later.else_(joined.copy()), sql.col("m", "left_on"), is_member()


def _slot(ctx: Context, slot: Filter | Column, resolve: Resolve, index: int) -> exp.Expr:
    if isinstance(slot, Column):
        value: exp.Expr = exp.Coalesce(this=resolve(slot), expressions=[exp.Literal.number(0)])
    else:
        holds = sql.all_of(where(ctx, slot, resolve))
        value = sql.when(holds, exp.Literal.number(1), exp.Literal.number(0))
    return sql.named(value, f"s{index}")


def below(ctx: Context, step: BelowStep) -> exp.Select:
    source = Organizations(ctx, False)
    matches = where(ctx, step.where, source.resolve)
    select = exp.select(
        sql.named(sql.col("b", "ancestor"), "subject"),
        sql.named(sql.col("o", "code"), "code"),
        sql.named(sql.col("o", "established_on"), "since"),
        sql.named(sql.col("o", "dissolved_on"), "until"),
    )
    on = exp.EQ(this=sql.col("b", "descendant"), expression=sql.col("o", "code"))
    apart = exp.NEQ(this=sql.col("b", "ancestor"), expression=sql.col("b", "descendant"))
    return source.attach(select).join(tree(ctx).subquery("b"), on=on).where(apart, *matches)
