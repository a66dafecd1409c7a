"""Why a figure is what it is: the same plan narrowed to one subject.

The numbers are those that were settled; the rows, members and windows behind them are fetched with
the same filters. Nothing is reckoned a second time in another way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .backends import Backend
from .catalogue import TABLES
from .compile import bind, compile_evidence
from .gather import Gathered, gather, iso
from .measures.occurrences import Occurrences
from .measures.shares import Share
from .measures.standing import Presence
from .outcomes import MISSED, Outcome, points_at_end
from .periods import Clock, Window
from .plan import Evidence, Plan, PlannedIndicator, PlannedPart
from .schema import Indicator, Standard
from .settle import Settler
from .totals import IndicatorResult, Result, TierTally, tally_tier


@dataclass(frozen=True, slots=True)
class RowBehind:
    """A ledger row (or member) behind a figure. ``counted``: it did what was asked."""

    row_id: str
    date: str | None
    counted: bool
    columns: dict[str, Any]


@dataclass(frozen=True, slots=True)
class WindowBehind:
    """One window of occurrences.

    ``state``: passed, missed, open, ahead, or outside (does not count for this subject).
    ``short``: rows still missing. ``worth``: points lost if it stays so.
    """

    first: dt.date
    last: dt.date
    state: str
    short: int
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Chance:
    """What can still be done: by which date (None: at once), for how many points."""

    by: dt.date | None
    worth: Fraction
    short: Fraction | None
    first: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PartBehind:
    """One part: its outcome, the rows and windows behind it, what is missing, what can be done."""

    part: PlannedPart
    outcome: Outcome
    evidence: Evidence
    rows: tuple[RowBehind, ...]
    windows: tuple[WindowBehind, ...]
    missing: tuple[str, ...]
    chances: tuple[Chance, ...]

    @property
    def rises_later(self) -> bool:
        """Whether rows still to come raise a share that is short; windows passed stay missed."""
        piece = self.part.part
        return (
            not self.windows
            and not self.chances
            and isinstance(piece.measure, Share)
            and not piece.score.by_shortfall
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """One indicator of one subject, down to ledger rows or a named person's judgement."""

    indicator: Indicator
    result: IndicatorResult
    parts: tuple[PartBehind, ...]
    exempted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextStars:
    """What the next higher star asks: a score, and tiers with what each still misses."""

    stars: int
    score: Fraction
    has_score: bool
    tiers: tuple[tuple[str, Fraction, TierTally], ...]


@dataclass(frozen=True, slots=True)
class SubjectExplanation:
    """Where one subject stands and why, indicator by indicator; rows behind each veto."""

    result: Result
    clock: Clock
    indicators: tuple[Explanation, ...]
    vetoes: dict[str, tuple[RowBehind, ...]]
    next_stars: NextStars | None


def explain(
    plan: Plan,
    backend: Backend,
    clock: Clock,
    subject: str,
    only: str | Collection[str] | None = None,
    *,
    rows: bool = True,
    gathered: Gathered | None = None,
) -> SubjectExplanation | None:
    """The explanation of a subject (``only``: of some indicators); None if it is no subject.

    Without ``rows`` nothing is fetched beside what the figures need: windows and chances are
    there, rows and what is missing of them are not. ``gathered``: the subject's numbers, where
    they are at hand.
    """
    numbers = gathered or gather(plan, backend, clock, subject)
    explainer = _Explainer(plan, backend, clock, subject, rows, numbers)
    if subject not in explainer.settler.gathered.subjects:
        return None
    return explainer.explain({only} if isinstance(only, str) else only)


def next_stars(standard: Standard, result: Result) -> NextStars | None:
    """The row of stars right above those reached; None at the top, or without stars."""
    above = [row for row in standard.stars if result.stars is not None and row.stars > result.stars]
    if not above or result.score is None:
        return None
    row = above[-1]
    return NextStars(
        row.stars,
        row.score,
        Fraction(result.score, 100) >= row.score,
        tuple((t, share, tally_tier(standard, result.indicators, t)) for t, share in row.tiers),
    )


class _Explainer:
    def __init__(
        self,
        plan: Plan,
        backend: Backend,
        clock: Clock,
        subject: str,
        rows: bool,
        gathered: Gathered,
    ) -> None:
        self.with_rows = rows
        self.plan = plan
        self.backend = backend
        self.clock = clock
        self.subject = subject
        self.settler = Settler(plan, gathered, clock)

    def explain(self, only: Collection[str] | None) -> SubjectExplanation:
        result = self.settler.result(self.subject)
        chosen = [p for p in self.plan.indicators if only is None or p.indicator.id in only]
        return SubjectExplanation(
            result,
            self.clock,
            tuple(self._indicator(p, result.indicators[p.indicator.id]) for p in chosen),
            {v.id: self._veto(v.id) for v in self.plan.standard.vetoes if v.id in result.vetoes},
            next_stars(self.plan.standard, result),
        )

    def _veto(self, id: str) -> tuple[RowBehind, ...]:
        veto = next(v for v in self.plan.standard.vetoes if v.id == id)
        return self._rows(Evidence(veto.fact, where=veto.where))

    def _indicator(self, planned: PlannedIndicator, result: IndicatorResult) -> Explanation:
        parts: tuple[PartBehind, ...] = ()
        if result.parts:
            pairs = zip(planned.parts, result.parts, strict=True)
            parts = tuple(self._part(planned, part, outcome) for part, outcome in pairs)
        exemptions = self.settler.exemptions(self.subject, planned)
        return Explanation(planned.indicator, result, parts, tuple(e.row_id for e in exemptions))

    def _part(self, planned: PlannedIndicator, part: PlannedPart, outcome: Outcome) -> PartBehind:
        windows: tuple[WindowBehind, ...] = ()
        if isinstance(part.part.measure, Occurrences):
            windows = self._windows(planned, part, outcome)
        evidence = part.part.measure.evidence(planned.indicator)
        rows = self._rows(evidence)
        return PartBehind(
            part=part,
            outcome=outcome,
            evidence=evidence,
            rows=rows,
            windows=windows,
            missing=_missing(part, rows) if self.with_rows else (),
            chances=self._chances(planned.indicator, part, outcome, windows),
        )

    # --- windows and chances -------------------------------------------------------------------

    def _windows(
        self, planned: PlannedIndicator, part: PlannedPart, outcome: Outcome
    ) -> tuple[WindowBehind, ...]:
        shorts = self.settler.window_shorts(self.subject, planned, part)
        measure = part.part.measure
        assert isinstance(measure, Occurrences)
        windows = self.clock.windows(measure.per)
        return tuple(
            self._window(planned.indicator, part, outcome, window, short)
            for window, short in zip(windows, shorts, strict=True)
        )

    def _window(
        self,
        indicator: Indicator,
        part: PlannedPart,
        outcome: Outcome,
        window: Window,
        short: int | None,
    ) -> WindowBehind:
        if short is None:
            return WindowBehind(window.first, window.last, "outside", 0, Fraction(0))
        if short == 0:
            state = "passed"
        elif self.clock.is_closed(window):
            state = "missed"
        else:
            state = "open" if self.clock.is_open(window) else "ahead"
        worth = Fraction(0)
        if state in ("open", "ahead"):
            assert outcome.figure is not None
            full = Fraction(indicator.points, 100)
            missing_it = points_at_end(part, outcome.figure, full, missed=1, short=short)
            worth = outcome.potential - missing_it
        return WindowBehind(window.first, window.last, state, short, worth)

    def _chances(
        self,
        indicator: Indicator,
        part: PlannedPart,
        outcome: Outcome,
        windows: tuple[WindowBehind, ...],
    ) -> tuple[Chance, ...]:
        """What can still be done; nothing once the period has closed or the part is met."""
        if self.clock.closed or not outcome.counts or outcome.figure is None:
            return ()
        if windows:
            waiting = [w for w in windows if w.state in ("open", "ahead")]
            return tuple(Chance(w.last, w.worth, Fraction(w.short), w.first) for w in waiting)
        at_stake = outcome.potential - outcome.floor
        if at_stake > 0 and not outcome.figure.awaiting:
            at_once = part.part.measure.only_at_day
            by = None if at_once else self.clock.period.last
            return (Chance(by, at_stake, outcome.figure.shortfall),)
        if outcome.state == MISSED and part.part.measure.mendable:
            full = Fraction(max(indicator.points, 0), 100)
            return (Chance(None, full - outcome.earned, outcome.figure.shortfall),)
        return ()

    # --- rows ----------------------------------------------------------------------------------

    def _rows(self, evidence: Evidence) -> tuple[RowBehind, ...]:
        if not self.with_rows or (self.clock.before and not evidence.columns):
            return ()
        query = compile_evidence(self.plan, self.backend.dialect, self.clock, evidence)
        parameters = bind(query.parameters, self.clock, self.subject)
        rows = self.backend.run(query.sql, parameters)
        return tuple(_row_behind(evidence, query.columns, row) for row in rows)


def _row_behind(evidence: Evidence, columns: tuple[str, ...], row: tuple[Any, ...]) -> RowBehind:
    row_id, counted, *values = row
    named = {name: _shown(value) for name, value in zip(columns, values, strict=True)}
    date = TABLES[evidence.fact].date if evidence.fact else None
    if evidence.seen.mode == "due":
        date = evidence.seen.column
    return RowBehind(str(row_id), iso(named.get(date)) if date else None, bool(counted), named)


def _shown(value: Any) -> Any:
    return iso(value) if isinstance(value, dt.date) else value


def _missing(part: PlannedPart, rows: tuple[RowBehind, ...]) -> tuple[str, ...]:
    """Listed values that do not occur; rows or members that did not do what was asked."""
    measure = part.part.measure
    if isinstance(measure, Presence):
        found = {row.columns[measure.column.name] for row in rows}
        return tuple(item for item in measure.listed if item not in found)
    return tuple(row.row_id for row in rows if not row.counted)


def plain_explanation(explanation: SubjectExplanation) -> dict[str, Any]:
    """The explanation as plain values, for ``--json`` and the API."""
    return {
        "indicators": {e.indicator.id: _plain_indicator(e) for e in explanation.indicators},
        "vetoes": {id: [r.row_id for r in rows] for id, rows in explanation.vetoes.items()},
    }


def _plain_indicator(explanation: Explanation) -> dict[str, Any]:
    return {
        "state": explanation.result.state,
        "earned": explanation.result.earned / 100,
        "potential": explanation.result.potential / 100,
        "exempted_by": list(explanation.exempted_by),
        "parts": [_plain_part(part) for part in explanation.parts],
    }


def _plain_part(part: PartBehind) -> dict[str, Any]:
    return {
        "measure": str(part.part.part.measure),
        "score": str(part.part.part.score),
        "counted": [row.row_id for row in part.rows if row.counted],
        "missing": list(part.missing),
        "windows": [
            {
                "from": w.first.isoformat(),
                "to": w.last.isoformat(),
                "state": w.state,
                "short": w.short,
            }
            for w in part.windows
        ],
        "chances": [
            {
                "by": c.by.isoformat() if c.by else None,
                "worth": round(float(c.worth), 2),
                "short": None if c.short is None else float(c.short),
            }
            for c in part.chances
        ],
    }
