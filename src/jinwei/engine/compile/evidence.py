"""What lies behind a figure of one subject: rows, members, its own columns."""

from __future__ import annotations

from sqlglot import exp

from ..catalogue import TABLES, Column
from ..filters import Filter
from ..plan import Evidence, MemberSlot
from . import sql
from .conditions import Resolve, row_columns, where
from .context import Context, is_subject, tree_of_subject
from .ledgers import rows_seen, whose
from .members import is_member, join_members, join_own, member_tests
from .subjects import subject_source

Found = tuple[exp.Select, tuple[str, ...]]
"""The statement, and the names of the columns after row id and counted."""


def evidence_of(ctx: Context, evidence: Evidence) -> Found:
    if evidence.members is not None:
        return _members(ctx, evidence.members)
    if evidence.columns:
        return _columns(ctx, evidence.columns)
    return _rows(ctx, evidence)


def _counted(ctx: Context, satisfying: Filter | None, resolve: Resolve) -> exp.Expr:
    one, none = exp.Literal.number(1), exp.Literal.number(0)
    if satisfying is None:
        return sql.named(one, "counted")
    return sql.named(sql.when(sql.all_of(where(ctx, satisfying, resolve)), one, none), "counted")


def _rows(ctx: Context, evidence: Evidence) -> Found:
    table = TABLES[evidence.fact]
    resolve = row_columns("f")
    columns = table.viewed
    ours = whose(ctx, evidence.fact)
    if evidence.below:
        below = tree_of_subject().subquery()
        ours = [exp.In(this=sql.col("f", "organization"), query=below)]
    date = sql.col("f", evidence.seen.column or str(table.date))
    select = (
        exp.select(
            sql.col("f", "row_id"),
            _counted(ctx, evidence.satisfying, resolve),
            *(sql.named(resolve(column), column.name) for column in columns),
        )
        .from_(sql.table(f"fact_{evidence.fact}", "f"))
        .where(
            *rows_seen(ctx, evidence.fact, evidence.seen),
            *ours,
            *where(ctx, evidence.where, resolve),
        )
        .order_by(date, sql.col("f", "row_order"))
    )
    return select, tuple(column.name for column in columns)


def _members(ctx: Context, slot: MemberSlot) -> Found:
    own = [(slot.own.fact, slot.own.slot)] if slot.own else []
    satisfied = sql.all_of(member_tests(ctx, slot, slot.satisfying, own))
    counted = sql.when(satisfied, exp.Literal.number(1), exp.Literal.number(0))
    number = sql.col("q0", "n") if own else exp.Null()
    select = exp.select(
        sql.named(sql.col("m", "code"), "row_id"),
        sql.named(counted, "counted"),
        sql.named(sql.col("m", "name"), "name"),
        sql.named(number, "number"),
    )
    bare = MemberSlot(slot.where)
    select = join_own(ctx, join_members(ctx, select), own)
    select = select.where(*is_member(), *member_tests(ctx, bare, slot.where, own))
    return select.order_by(sql.col("m", "code")), ("name", "number")


def _columns(ctx: Context, columns: tuple[Column, ...]) -> Found:
    source = subject_source(ctx)
    values = [sql.named(source.resolve(column), column.name) for column in columns]
    code = sql.col(source.alias, "code")
    select = exp.select(sql.named(code, "row_id"), sql.named(exp.Literal.number(1), "counted"))
    select = source.attach(select.select(*values)).where(is_subject(code.copy()))
    return select, tuple(column.name for column in columns)
