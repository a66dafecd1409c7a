"""Columns of an organization that are derived at the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlglot import exp

from ..catalogue import COMMITTEE_POSTS, DATE, Column
from . import sql
from .conditions import row_columns
from .context import Context, is_subject
from .members import is_member, join_members, status_of_the_day, tree


class Organizations:
    """The organizations (o) of the day, with the derived columns that a filter asks for.

    ``of_subject``: the derived columns are needed for the bound subject only.
    """

    alias = "o"

    def __init__(self, ctx: Context, of_subject: bool) -> None:
        self.ctx = ctx if of_subject else ctx.for_all()
        self.needed: dict[str, Callable[[], exp.Select]] = {}

    def resolve(self, column: Column) -> exp.Expr:
        source = _DERIVED.get(column.name)
        if source is not None:
            alias, query = source
            self.needed[alias] = lambda: query(self)
            value = sql.col(alias, column.name)
            if column.kind == DATE:
                return value
            return exp.Coalesce(this=value, expressions=[exp.Literal.number(0)])
        if column.name == "parent":
            return _parent()
        return row_columns("o")(column)

    def attach(self, select: exp.Select) -> exp.Select:
        select = select.from_(sql.table("fact_organization", "o"))
        for alias, query in self.needed.items():
            on = exp.EQ(this=sql.col(alias, "organization"), expression=sql.col("o", "code"))
            select = select.join(query().subquery(alias), on=on, join_type="left")
        return select

    def _for_whom(self, column: exp.Expr) -> list[exp.Expr]:
        return [is_subject(column)] if self.ctx.one else []

    def head_count(self) -> exp.Select:
        """Members, and full members, of each organization and all below it."""
        full = exp.EQ(this=status_of_the_day(), expression=exp.Literal.string("full"))
        select = exp.select(
            sql.named(sql.col("w", "ancestor"), "organization"),
            sql.named(sql.count_where(None, exp.Star()), "members"),
            sql.named(sql.count_where(full, exp.Star()), "full_members"),
        )
        return join_members(self.ctx, select).where(*is_member()).group_by(sql.col("w", "ancestor"))

    def groups(self) -> exp.Select:
        below = tree(self.ctx).subquery("b")
        on = exp.EQ(this=sql.col("b", "descendant"), expression=sql.col("d", "code"))
        return (
            exp.select(
                sql.named(sql.col("b", "ancestor"), "organization"),
                sql.named(sql.count_where(None, exp.Star()), "groups"),
            )
            .from_(sql.table("fact_organization", "d"))
            .join(below, on=on)
            .where(
                exp.EQ(this=sql.col("d", "kind"), expression=exp.Literal.string("group")),
                exp.NEQ(this=sql.col("b", "ancestor"), expression=sql.col("b", "descendant")),
                *sql.spans_day(sql.col("d", "established_on"), sql.col("d", "dissolved_on")),
            )
            .group_by(sql.col("b", "ancestor"))
        )

    def posts(self) -> exp.Select:
        """Persons with a full-time post, and with a committee post, in the organization itself."""
        person = exp.Distinct(expressions=[sql.col("p", "member")])
        on_committee = exp.In(
            this=sql.col("p", "post"),
            expressions=[exp.Literal.string(post) for post in COMMITTEE_POSTS],
        )
        full_time = exp.EQ(this=sql.col("p", "full_time"), expression=exp.true())
        organization = sql.col("p", "organization")
        return (
            exp.select(
                sql.named(organization, "organization"),
                sql.named(sql.count_where(full_time, person), "full_time_staff"),
                sql.named(sql.count_where(on_committee, person.copy()), "committee_size"),
            )
            .from_(sql.table("fact_post", "p"))
            .where(
                *sql.spans_day(sql.col("p", "started_on"), sql.col("p", "ended_on")),
                *self._for_whom(organization.copy()),
            )
            .group_by(organization.copy())
        )

    def term(self) -> exp.Select:
        """The sitting committee's term: the newest that has begun and has not ended.

        A term without a beginning is the oldest.
        """
        organization = sql.col("k", "organization")
        started = sql.col("k", "started_on")
        window = exp.Window(
            this=exp.RowNumber(),
            partition_by=[organization.copy()],
            order=exp.Order(
                expressions=[
                    exp.Ordered(this=started.copy(), desc=True, nulls_first=False),
                    exp.Ordered(this=sql.col("k", "row_order"), desc=True),
                ]
            ),
        )
        ended = sql.col("k", "ended_on")
        ranked = (
            exp.select(
                sql.named(organization, "organization"),
                sql.named(sql.col("k", "expires_on"), "term_expires_on"),
                sql.named(window, "place"),
            )
            .from_(sql.table("fact_term", "k"))
            .where(
                sql.open_or(started, exp.LTE(this=started, expression=sql.bound("day"))),
                sql.open_or(ended, exp.GTE(this=ended, expression=sql.bound("day"))),
                *self._for_whom(organization.copy()),
            )
        )
        return (
            exp.select(sql.col("y", "organization"), sql.col("y", "term_expires_on"))
            .from_(exp.Subquery(this=ranked, alias=exp.TableAlias(this=sql.name("y"))))
            .where(exp.EQ(this=sql.col("y", "place"), expression=exp.Literal.number(1)))
        )


_DERIVED: Final[dict[str, tuple[str, Callable[[Organizations], exp.Select]]]] = {
    "members": ("heads", Organizations.head_count),
    "full_members": ("heads", Organizations.head_count),
    "groups": ("grouped", Organizations.groups),
    "full_time_staff": ("posted", Organizations.posts),
    "committee_size": ("posted", Organizations.posts),
    "term_expires_on": ("termed", Organizations.term),
}


def _parent() -> exp.Expr:
    """The superior at the day of an organization (o)."""
    rows = exp.EQ(this=sql.col("u", "organization"), expression=sql.col("o", "code"))
    ours = [rows, sql.empty(sql.col("u", "purpose"))]
    any_row = exp.select(exp.Literal.number(1)).from_(sql.table("fact_superior", "u")).where(*ours)
    in_force = (
        exp.select(exp.Max(this=sql.col("u", "parent")))
        .from_(sql.table("fact_superior", "u"))
        .where(
            *(o.copy() for o in ours),
            *sql.spans_day(sql.col("u", "from_on"), sql.col("u", "to_on")),
        )
    )
    return sql.when(exp.Exists(this=any_row), in_force.subquery(), sql.col("o", "parent"))
