"""What the indicators of a standard still ask of one organization, as things to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from jinwei.engine.explain import Chance, Explanation, PartBehind, SubjectExplanation, WindowBehind
from jinwei.engine.filters import Filter, Literal
from jinwei.engine.measures.base import Measure, Tally
from jinwei.engine.measures.counting import Count, Sum
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.measures.shares import MemberShare
from jinwei.engine.measures.standing import Presence
from jinwei.engine.outcomes import points_at_end
from jinwei.engine.totals import half_up
from jinwei.web.parts import Action
from jinwei.wording.words import number

from .addresses import indicator_address, meeting_action, record_action
from .desk import Desk
from .tasks import Task

_ZERO: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledgers say beside the figures.

    ``missing``: listed values that do not occur, by indicator and number of the part. ``groups``:
    organizations below that lack a meeting in a window, (code, short name), by its first day.
    """

    missing: Mapping[tuple[str, int], Sequence[str]] = field(default_factory=dict)
    groups: Mapping[tuple[str, dt.date], Sequence[tuple[str, str]]] = field(default_factory=dict)


def duties(desk: Desk, explained: SubjectExplanation, known: Known) -> list[Task]:
    """Everything that can still be done for points, each window that is open as one thing.

    Where no window is open, the next one ahead is named. A bonus is no duty.
    """
    found: list[Task] = []
    for one in explained.indicators:
        if not one.indicator.bonus:
            found.extend(_Duty(desk, one, explained.clock.day, known).tasks())
    return found


def awaiting(explained: SubjectExplanation) -> int:
    """How many indicators wait for somebody else's judgement."""
    return sum(one.result.state == "awaiting" for one in explained.indicators)


def chances_at(part: PartBehind, points: int, day: dt.date) -> list[Chance]:
    """What can be done for a part now, the day on which a window ends included."""
    waiting = [*_ending(part, points, day), *part.chances]
    if not part.windows:
        return waiting
    begun = [c for c in waiting if c.first is None or c.first <= day]
    return begun or waiting[:1]


def _ending(part: PartBehind, points: int, day: dt.date) -> Iterator[Chance]:
    """Windows that are counted as missed from today on: today it can still be done."""
    figure = part.outcome.figure
    for window in part.windows:
        if window.state != "missed" or window.last != day or figure is None:
            continue
        tally = figure.windows
        assert tally is not None
        reopened = replace(
            figure,
            windows=Tally(tally.passed, tally.missed - 1, tally.to_come + 1),
            shortfall=(figure.shortfall or _ZERO) - window.short,
        )
        full = Fraction(points, 100)
        done = points_at_end(part.part, reopened, full, missed=0, short=0)
        missed = points_at_end(part.part, reopened, full, missed=1, short=window.short)
        yield Chance(window.last, done - missed, Fraction(window.short), window.first)


class _Duty:
    """The things to do for one indicator."""

    def __init__(self, desk: Desk, one: Explanation, day: dt.date, known: Known) -> None:
        self.desk = desk
        self.one = one
        self.indicator = one.indicator
        self.day = day
        self.known = known
        self.say = desk.say
        self.title = one.indicator.title(desk.say.language)

    def tasks(self) -> Iterator[Task]:
        """Causes under one ceiling of points cannot lose more than is there, all together."""
        left = self.one.result.outcome.potential - self.one.result.outcome.floor
        several = len(self.one.parts) > 1
        for at, part in enumerate(self.one.parts):
            for chance in chances_at(part, self.indicator.points, self.day):
                worth = min(chance.worth, max(left, _ZERO)) if several else chance.worth
                left -= worth
                yield self._task(at, part, chance, half_up(worth * 100))

    def _task(self, at: int, part: PartBehind, chance: Chance, points: int) -> Task:
        measure = part.part.part.measure
        if isinstance(measure, Occurrences):
            return self._occurrence(measure, chance, points)
        missing = self.known.missing.get((self.indicator.id, at), ())
        lacking = self._words_of(measure, missing) or self._short(measure, chance)
        return Task(
            what=self.title,
            why=_("%(id)s · %(lacking)s") % {"id": self.indicator.id, "lacking": lacking}
            if lacking
            else self.indicator.id,
            due=chance.by,
            points=points,
            late=chance.by is None,
            url=indicator_address(self.desk.code, self.indicator.id),
            action=self._remedy(missing[0] if missing else ""),
        )

    def _occurrence(self, measure: Occurrences, chance: Chance, points: int) -> Task:
        assert chance.first is not None
        assert chance.by is not None
        kind = kind_of(measure)
        groups = self.known.groups.get((self.indicator.id, chance.first), ())
        window = self.say.window(chance.first, chance.by)
        said = _("%(id)s %(title)s") % {"id": self.indicator.id, "title": self.title}
        lacking = self.say.comma.join(name for _code, name in groups) or self._short(
            measure, chance
        )
        meeting = kind if measure.fact == "meeting" else ""
        code = groups[0][0] if groups else self.desk.code
        return Task(
            what=self._window_words(measure, kind, window),
            why=_("%(why)s · %(lacking)s") % {"why": said, "lacking": lacking}
            if (groups or (chance.short or 0) > 1)
            else said,
            due=chance.by,
            points=points,
            url=indicator_address(self.desk.code, self.indicator.id),
            action=meeting_action(code, meeting, self.desk.back) if meeting else self._remedy(""),
            meeting="" if measure.each is not None else meeting,
            first=chance.first,
        )

    def _window_words(self, measure: Occurrences, kind: str, window: str) -> str:
        """6 月主题党日; where the kind has no word, the title of the indicator."""
        word = self.desk.word(measure.fact, "kind", kind)
        if word and word != kind:
            return _("%(window)s%(kind)s") % {"window": window, "kind": word}
        return _("%(window)s：%(title)s") % {"window": window, "title": self.title}

    def _short(self, measure: Measure, chance: Chance) -> str:
        """How much is missing, in its unit; one of something goes without saying."""
        if not chance.short or chance.short == 1:
            return ""
        told = {"n": number(chance.short)}
        if isinstance(measure, MemberShare):
            return _("还差 %(n)s 名党员") % told
        if isinstance(measure, Count) and measure.distinct is not None:
            return _("还差 %(n)s 人") % told
        if isinstance(measure, Count | Occurrences):
            return _("还差 %(n)s 次") % told
        if isinstance(measure, Sum) and measure.fact == "fund":
            each = _("人均还差 %(n)s 元") if measure.per_member else _("还差 %(n)s 元")
            return each % told
        if isinstance(measure, Sum) and measure.column.name == "hours":
            return _("还差 %(n)s 学时") % told
        return _("还差 %(n)s") % told

    def _words_of(self, measure: Measure, missing: Sequence[str]) -> str:
        if not missing or not isinstance(measure, Presence):
            return ""
        words = (self.say.value(measure.fact, measure.column, item) for item in missing)
        return _("还缺：%(items)s") % {"items": self.say.comma.join(words)}

    def _remedy(self, missing: str) -> Action | None:
        """The form that mends it; of several listed values it is filled with the first missing."""
        remedy = self.indicator.remedy
        if remedy is None:
            return None
        columns = dict(remedy.columns)
        if missing and "kind" in columns:
            columns["kind"] = missing
        return record_action(self.desk.code, remedy.record, columns, self.desk.back)


def kind_of(measure: Occurrences) -> str:
    """The one kind of row that is counted; empty where several are, or any."""
    return kind_of_rows(measure.where)


def kind_of_rows(where: Filter) -> str:
    """The one kind that a filter lets through; empty where several are, or any."""
    for test in where:
        if test.column.name == "kind" and test.operator == "is" and len(test.operands) == 1:
            operand = test.operands[0]
            if isinstance(operand, Literal):
                return str(operand.value)
    return ""


def window_at(windows: Sequence[WindowBehind], day: dt.date) -> WindowBehind | None:
    """The window that holds a day."""
    return next((w for w in windows if w.first <= day <= w.last), None)
