"""What an overview looks at: the organizations of a scope and how they stand, each asked once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from jinwei.accounts.access import Access
from jinwei.engine.periods import Window
from jinwei.engine.schema import Indicator, Standard
from jinwei.engine.score import clock_for
from jinwei.ledgers.models import Rectification
from jinwei.organizations.models import Organization, Term
from jinwei.standings import figures
from jinwei.standings.background import State, state
from jinwei.standings.figures import Coverage, Mover, Scored, Spread, Then
from jinwei.standings.models import Adoption
from jinwei.web.charts.parts import StarLine, star_lines
from jinwei.web.home import BRANCHES

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """An organization of the scope."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Open:
    """A rectification that is not closed; ``late``: days past its time limit."""

    row_id: str
    organization: str
    title: str
    opened_on: dt.date | None
    due_on: dt.date | None
    late: int


class Scene:
    """An organization and all below it on a day, under the adoption that leads there.

    Only what the account sees is in it.
    """

    def __init__(self, access: Access, organization: Organization) -> None:
        self.access = access
        self.organization = organization
        self.code = organization.code
        self.day = access.day

    # --- the standard ---------------------------------------------------------------------------

    @cached_property
    def adoption(self) -> Adoption | None:
        return figures.leading(self.code, self.day)

    @cached_property
    def led(self) -> Adoption:
        """The adoption, where a page has made sure that there is one."""
        assert self.adoption is not None
        return self.adoption

    @cached_property
    def standard(self) -> Standard:
        return self.led.plan().standard

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.standard.indicators}

    @cached_property
    def lines(self) -> tuple[StarLine, ...]:
        """The star thresholds of the standard, which are the borders of the classes."""
        return star_lines(self.standard.stars)

    @cached_property
    def period(self) -> Window:
        return clock_for(self.led.plan(), self.day).period

    @cached_property
    def since(self) -> dt.date | None:
        """The last month end; None in the first month of a period, which begins anew."""
        last = self.day.replace(day=1) - _DAY
        return last if last >= self.period.first else None

    @cached_property
    def background(self) -> State:
        return state(self.led)

    # --- the organizations ----------------------------------------------------------------------

    @cached_property
    def names(self) -> dict[str, Named]:
        rows = self.access.organizations().filter(code__in=figures.scope(self.code, self.day))
        return {
            code: Named(code, *rest) for code, *rest in rows.values_list("code", "name", "kind")
        }

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The direct subordinates, each with all below it."""
        return figures.by_subordinate(self.code, self.day)

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The direct subordinate that each organization belongs to."""
        return {code: group for group, codes in self.groups.items() for code in codes}

    def name(self, code: str) -> str:
        return self.names[code].name if code in self.names else code

    @cached_property
    def branches(self) -> tuple[str, ...]:
        return tuple(named.code for named in self.names.values() if named.kind in BRANCHES)

    # --- how they stand -------------------------------------------------------------------------

    @cached_property
    def rows(self) -> tuple[Scored, ...]:
        rows = figures.scored(self.led, self.day, below=self.code)
        return tuple(row for row in rows if row.subject in self.names)

    @cached_property
    def by_code(self) -> dict[str, Scored]:
        return {row.subject: row for row in self.rows}

    @cached_property
    def spread(self) -> Spread:
        return figures.spread(self.rows, self.standard)

    @cached_property
    def then(self) -> dict[str, Then]:
        """How those stood at the last month end who stand otherwise now."""
        if self.since is None:
            return {}
        return figures.change_since(self.led, self.since, day=self.day, below=self.code)

    def score_then(self, row: Scored) -> int | None:
        """A score at the last month end; None where there was none, or nothing to compare."""
        if self.since is None:
            return None
        return self.then[row.subject].score if row.subject in self.then else row.score

    def change(self, row: Scored) -> int | None:
        before = self.score_then(row)
        return None if before is None or row.score is None else row.score - before

    @cached_property
    def spread_then(self) -> Spread | None:
        if self.since is None:
            return None
        rows = [
            Scored(row.subject, self.score_then(row), row.stars, row.potential) for row in self.rows
        ]
        return figures.spread(rows, self.standard)

    @cached_property
    def movers(self) -> tuple[Mover, ...]:
        if self.since is None:
            return ()
        moved = figures.movers(self.led, self.since, day=self.day, below=self.code)
        return tuple(mover for mover in moved if mover.subject in self.by_code)

    @cached_property
    def coverage(self) -> Coverage:
        codes = [row.subject for row in self.rows]
        return figures.coverage(codes, self.day, below=self.code)

    # --- what is late ---------------------------------------------------------------------------

    @cached_property
    def expired(self) -> dict[str, dt.date]:
        """Organizations whose sitting committee's term is over, and since when."""
        begun = Q(started_on=None) | Q(started_on__lte=self.day)
        lasting = Q(ended_on=None) | Q(ended_on__gte=self.day)
        rows = self.access.rows(Term).filter(
            begun, lasting, organization__code__in=figures.scope(self.code, self.day)
        )
        newest: dict[str, tuple[dt.date, int, dt.date | None]] = {}
        for code, number, started, expires in rows.values_list(
            "organization__code", "pk", "started_on", "expires_on"
        ):
            term = (started or dt.date.min, number, expires)
            newest[code] = max(newest.get(code, term), term, key=lambda one: one[:2])
        return {
            code: expires
            for code, (_, _, expires) in newest.items()
            if expires is not None and expires < self.day and code in self.names
        }

    @cached_property
    def rectifications(self) -> tuple[Open, ...]:
        """Those not closed, the longest overdue first."""
        rows = self.access.rows(Rectification).filter(
            Q(opened_on=None) | Q(opened_on__lte=self.day),
            Q(closed_on=None) | Q(closed_on__gt=self.day),
            organization__code__in=figures.scope(self.code, self.day),
        )
        columns = ("code", "organization__code", "title", "opened_on", "due_on")
        found = [
            Open(code, of, title or code, opened, due, self._late(due))
            for code, of, title, opened, due in rows.values_list(*columns)
        ]
        return tuple(sorted(found, key=lambda one: (-one.late, one.organization, one.row_id)))

    def _late(self, due_on: dt.date | None) -> int:
        return 0 if due_on is None else (self.day - due_on).days
