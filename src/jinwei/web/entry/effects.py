"""What an event counts for: the figures of one organization before it and after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from jinwei.engine.explain import Explanation, SubjectExplanation, WindowBehind, explain
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.score import clock_for
from jinwei.engine.totals import half_up
from jinwei.ledgers.backend import DjangoBackend
from jinwei.organizations.models import Organization
from jinwei.standings.figures import leading
from jinwei.standings.models import Adoption
from jinwei.standings.told import Told, telling
from jinwei.web.templatetags.jinwei import points
from jinwei.wording.words import Words


@dataclass(frozen=True, slots=True)
class Served:
    """An indicator that an event changes.

    ``secured``: points, in hundredths, that cannot be lost any more, or were won back; below 0
    where the event costs some. ``windows`` as they are afterwards.
    """

    id: str
    title: str
    state: str
    under: str
    windows: tuple[WindowBehind, ...]
    secured: int
    earned_before: int
    earned: int


@dataclass(frozen=True, slots=True)
class Effects:
    """``closed``: windows that are passed now and were not before."""

    served: tuple[Served, ...]
    closed: int
    score_before: int | None
    score: int | None

    @property
    def secured(self) -> int:
        return sum(one.secured for one in self.served)


NONE = Effects((), 0, None, None)


class Looker:
    """Looks at the figures that lead for an organization; a group is part of its branch."""

    def __init__(self, organization: Organization, today: dt.date) -> None:
        self.adoption: Adoption | None = leading(organization.code, today)
        self.today = today
        of_group = organization.kind == "group" and organization.parent_id
        self.subject: str = str(organization.parent_id) if of_group else organization.code

    def look(self, told: Told | None = None) -> SubjectExplanation | None:
        """The figures as they are now; ``told``: what was reckoned just now need not be asked."""
        if self.adoption is None:
            return None
        plan = self.adoption.plan()
        if plan.subject != "organization":
            return None
        clock = clock_for(plan, self.today)
        known = told.gathered.get((self.adoption.pk, self.subject)) if told is not None else None
        gathered = known[1] if known is not None and known[0] == clock else None
        return explain(plan, DjangoBackend(), clock, self.subject, rows=False, gathered=gathered)

    def around(self, write: Callable[[], object], day: dt.date, say: Words) -> Effects:
        """The effects of a write, which this calls, within the transaction at hand."""
        before = self.look()
        with telling() as told:
            write()
        after = self.look(told)
        if before is None or after is None:
            return NONE
        return effects(before, after, day, say)


def effects(
    before: SubjectExplanation, after: SubjectExplanation, day: dt.date, say: Words
) -> Effects:
    """``day``: that of the event; its window tells what is still asked."""
    served: list[Served] = []
    closed = 0
    for old, new in zip(before.indicators, after.indicators, strict=True):
        passed = _passed(old, new)
        closed += passed
        if passed or _figures(old) != _figures(new):
            served.append(_served(old, new, day, say))
    return Effects(tuple(served), closed, before.result.score, after.result.score)


def _figures(one: Explanation) -> tuple[object, ...]:
    """What of an indicator is worth telling when it changes."""
    result = one.result
    shorts = tuple(window.short for window in _windows(one))
    return (result.state, result.earned, half_up(result.outcome.floor * 100), shorts)


def _windows(one: Explanation) -> tuple[WindowBehind, ...]:
    return next((part.windows for part in one.parts if part.windows), ())


def _passed(old: Explanation, new: Explanation) -> int:
    pairs = zip(_windows(old), _windows(new), strict=False)
    return sum(w.state == "passed" and v.state != "passed" for v, w in pairs)


def _served(old: Explanation, new: Explanation, day: dt.date, say: Words) -> Served:
    windows = _windows(new)
    return Served(
        id=new.indicator.id,
        title=new.indicator.title(say.language),
        state=_state(windows, new, day),
        under=_under(old, new, windows, day, say),
        windows=windows,
        secured=half_up(_secured(old, new) * 100),
        earned_before=old.result.earned,
        earned=new.result.earned,
    )


def _secured(old: Explanation, new: Explanation) -> Fraction:
    """What the windows that are passed now were worth, and what can be reached beyond before."""
    before, after = old.result.outcome, new.result.outcome
    if not _windows(new):
        return after.floor - before.floor
    pairs = zip(_windows(old), _windows(new), strict=False)
    worth = sum(
        (v.worth for v, w in pairs if w.state == "passed" and v.state != "passed"), Fraction(0)
    )
    return worth + after.potential - before.potential


def _state(windows: Sequence[WindowBehind], new: Explanation, day: dt.date) -> str:
    window = next((w for w in windows if w.first <= day <= w.last), None)
    return "met" if window is not None and window.short == 0 else new.result.state


def _under(
    old: Explanation, new: Explanation, windows: Sequence[WindowBehind], day: dt.date, say: Words
) -> str:
    window = next((w for w in windows if w.first <= day <= w.last), None)
    if window is None:
        told = {"before": points(old.result.earned), "now": points(new.result.earned)}
        return _("得分 %(before)s → %(now)s") % told
    named = say.window(window.first, window.last)
    if window.short:
        return _("%(window)s还差 %(n)d 次") % {"window": named, "n": window.short}
    return _("%(window)s要求 %(n)d 次，已满足") % {"window": named, "n": _asked(new)}


def _asked(one: Explanation) -> int:
    measures = (part.part.part.measure for part in one.parts)
    return next((m.at_least for m in measures if isinstance(m, Occurrences)), 1)
