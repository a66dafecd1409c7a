"""The explanation of one subject as text: what counted, what is missing, what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.text import Text

from jinwei.engine.catalogue import TABLES, Column
from jinwei.engine.explain import (
    Chance,
    Explanation,
    PartBehind,
    RowBehind,
    SubjectExplanation,
    WindowBehind,
)
from jinwei.engine.measures.standing import Presence
from jinwei.engine.outcomes import AWAITING, MISSED
from jinwei.engine.schema import Standard

from .formula import formula
from .table import print_basis, stars_text
from .words import Words, exact_points, number, points

_SHAPES: Final = {
    "met": ("●", "green"),
    "on_track": ("◐", "blue"),
    "pending": ("○", "dim"),
    "missed": ("◆", "red"),
    "awaiting": ("⧖", "yellow"),
    "not_applicable": ("–", "dim"),
    "exempt": ("⊘", "dim"),
}
_WINDOW_SHAPES: Final = {
    "passed": ("■", "green"),
    "missed": ("✕", "red"),
    "open": ("▣", "blue"),
    "ahead": ("□", "dim"),
    "outside": ("·", "dim"),
}
ROWS_SHOWN: Final = 6
FIRST_SHOWN: Final = 8
_LEFT_OUT: Final = frozenset(("organization", "standard", "indicator", "code", "row_id"))


def print_explanation(
    console: Console,
    say: Words,
    standard: Standard,
    explanation: SubjectExplanation,
    names: dict[str, str],
) -> None:
    """Everything about one subject; ``names`` of organizations and members, by code."""
    _Printer(console, say, standard, names).print(explanation)


@dataclass(frozen=True)
class _Printer:
    console: Console
    say: Words
    standard: Standard
    names: dict[str, str]

    def line(self, text: str | Text = "", indent: int = 0, style: str = "") -> None:
        shown = text if isinstance(text, Text) else Text(text, style)
        self.console.print(Text(" " * indent) + shown, soft_wrap=True)

    def print(self, explanation: SubjectExplanation) -> None:
        self._head(explanation)
        self._first(explanation)
        by_id = {e.indicator.id: e for e in explanation.indicators}
        for dimension in self.standard.dimensions:
            shown = [by_id[i.id] for i in dimension.indicators if i.id in by_id]
            if not shown:
                continue
            figure = points(explanation.result.dimensions[dimension.id])
            self.line()
            self.line(f"{dimension.title(self.say.language)}  {figure}", style="bold underline")
            for one in shown:
                self._indicator(one)

    def _head(self, explanation: SubjectExplanation) -> None:
        result = explanation.result
        self.line(f"{self.names.get(result.subject, '')} {result.subject}".strip(), style="bold")
        print_basis(self.console, self.say, self.standard, explanation.clock)
        states = [i.state for i in result.indicators.values()]
        stars = self.say("not_rated")
        if result.stars is not None:
            stars = self.say("n_stars", n=result.stars)
            self.line(stars_text(result.stars))
        self.line(
            self.say(
                "summary" if self.standard.total == "rate" else "summary_sum",
                score=points(result.score),
                potential=points(result.potential),
                stars=stars,
                missed=states.count(MISSED),
                awaiting=states.count(AWAITING),
            )
        )
        self._next_stars(explanation)
        for veto in self.standard.vetoes:
            if veto.id in explanation.vetoes:
                title = veto.title(self.say.language)
                self.line(self.say("vetoed", title=title, stars=veto.stars_at_most), style="red")
                self._rows(veto.fact, explanation.vetoes[veto.id], 2)

    def _next_stars(self, explanation: SubjectExplanation) -> None:
        following = explanation.next_stars
        if following is None or explanation.vetoes:
            return
        enough = self.say("enough" if following.has_score else "not_enough")
        told = [self.say("needs_score", score=number(following.score), enough=enough)]
        for tier, share, tally in following.tiers:
            missed = (
                self.say("tier_missed", ids=self.say.comma.join(tally.missed))
                if tally.missed
                else ""
            )
            told.append(
                self.say(
                    "needs_tier",
                    tier=self.say.tier(tier),
                    good=tally.good,
                    owed=tally.owed,
                    share=number(share * 100),
                    enough=self.say("enough" if tally.share >= share else "not_enough"),
                    missed=missed,
                )
            )
        self.line(self.say("next_stars", n=following.stars) + self.say.semicolon.join(told))

    def _first(self, explanation: SubjectExplanation) -> None:
        """The chances that end first, the dearest of a day before the others."""
        todo = sorted(_chances(explanation), key=lambda c: (str(c[0].by or ""), -c[0].worth))
        todo = [entry for entry in todo if entry[0].worth > 0][:FIRST_SHOWN]
        if not todo:
            return
        self.line()
        self.line(self.say("first_to_do"), style="bold underline")
        for chance, one in todo:
            window = ""
            if chance.first is not None and chance.by is not None:
                window = f" · {self.say.window(chance.first, chance.by)}"
            self.line(
                self.say(
                    "todo",
                    worth=exact_points(chance.worth),
                    by=self.say.day(chance.by) if chance.by else self.say("at_once"),
                    id=one.indicator.id,
                    title=one.indicator.title(self.say.language),
                    window=window,
                ),
                2,
            )

    def _indicator(self, one: Explanation) -> None:
        indicator, result = one.indicator, one.result
        shape, style = _SHAPES[result.state]
        head = Text(f"{shape} {self.say(result.state)}", style)
        head.append(f"  {indicator.id} {indicator.title(self.say.language)}  ", "bold")
        if indicator.points < 0:
            lost, most = points(-result.earned), points(-indicator.points)
            head.append(self.say("lost_points", lost=lost, most=most), style)
        else:
            earned, full = points(result.earned), points(indicator.points)
            head.append(self.say("of_points", earned=earned, points=full), style)
        self.line(head, 1)
        if one.exempted_by:
            self.line(self.say("exempted", ids=", ".join(one.exempted_by)), 6, "dim")
        for number_, part in enumerate(one.parts, start=1):
            if len(one.parts) > 1:
                self.line(self.say("part", n=number_), 4, "bold")
            self._part(one, part)
        self._rule(one)

    def _part(self, one: Explanation, part: PartBehind) -> None:
        if part.outcome.state == AWAITING:
            self.line(self.say("wait_for_judge"), 6, "yellow")
            return
        text = formula(self.say, one.indicator, part)
        if text:
            self.line(text, 6)
        if part.windows:
            self._windows(part.windows)
        self._behind(part)
        self._can_do(one, part)

    def _windows(self, windows: tuple[WindowBehind, ...]) -> None:
        strip = Text()
        for window in windows:
            shape, style = _WINDOW_SHAPES[window.state]
            gap = "  " if strip else ""
            strip.append(f"{gap}{shape} {self.say.window(window.first, window.last)}", style)
        self.line(strip, 6)

    def _behind(self, part: PartBehind) -> None:
        evidence = part.evidence
        if evidence.members is not None:
            self._members(part.rows)
        elif evidence.columns:
            self._columns(part.rows, evidence.columns)
        else:
            counted = tuple(row for row in part.rows if row.counted)
            failed = tuple(row for row in part.rows if not row.counted)
            if failed:
                self.line(self.say("rows_failed", n=len(failed)), 6, "red")
                self._rows(evidence.fact, failed, 8)
            if counted:
                self.line(self.say("rows_counted", n=len(counted)), 6, "dim")
                self._rows(evidence.fact, counted, 8)
            elif not failed and part.outcome.counts:
                self.line(self.say("no_rows"), 6, "dim")

    def _members(self, rows: tuple[RowBehind, ...]) -> None:
        missing = [row for row in rows if not row.counted]
        self.line(self.say("members_done", n=len(rows) - len(missing)), 6, "dim")
        if missing:
            self.line(self.say("members_missing", n=len(missing)), 6)
            shown = [f"{r.columns['name'] or ''} {r.row_id}".strip() for r in missing[:12]]
            more = f" {self.say('more_rows', n=len(missing) - 12)}" if len(missing) > 12 else ""
            self.line(self.say.comma.join(shown) + more, 8, "dim")

    def _columns(self, rows: tuple[RowBehind, ...], columns: tuple[Column, ...]) -> None:
        for row in rows:
            for column in columns:
                value = row.columns[column.name]
                shown = (
                    "–" if value is None else self.say.value(self.standard.subject, column, value)
                )
                self.line(f"{self.say.column(column)}{self.say.colon}{shown}", 6, "dim")

    def _rows(self, fact: str, rows: tuple[RowBehind, ...], indent: int) -> None:
        for row in rows[-ROWS_SHOWN:]:
            self.line(f"{row.date or '–':<10}  {self._label(fact, row)}", indent, "dim")
        if len(rows) > ROWS_SHOWN:
            self.line(self.say("more_rows", n=len(rows) - ROWS_SHOWN), indent, "dim")

    def _label(self, fact: str, row: RowBehind) -> str:
        """What tells one row from another, and the row's id to find it by."""
        told = []
        for column in TABLES[fact].viewed:
            value = row.columns.get(column.name)
            if value is None or column.name in _LEFT_OUT or value == row.date:
                continue
            if column.name == "kind" and column.codes is None and row.columns.get("title"):
                continue  # the title says it in words
            if column.refers_to == "member" or column.name == "member":
                told.append(self.names.get(str(value), str(value)))
            elif column.name in ("kind", "topic", "title", "judge", "level", "grade", "led_by"):
                told.append(self.say.value(fact, column, value))
            else:
                told.append(f"{self.say.column(column)} {self.say.value(fact, column, value)}")
        return " · ".join(told) + f"  [{row.row_id}]"

    def _can_do(self, one: Explanation, part: PartBehind) -> None:
        missing = _listed_missing(self.say, part)
        if missing:
            self.line(self.say("values_missing", items=self.say.comma.join(missing)), 6)
        chances = [chance for chance in part.chances if chance.worth > 0]
        if not chances:
            if part.outcome.state == MISSED:
                self.line(self.say("nothing_to_do"), 6, "red")
            return
        for chance in chances[:2]:
            self.line("→ " + self._chance(chance), 6, "blue")
        if len(chances) > 2:
            self.line(self.say("more_windows", n=len(chances) - 2), 8, "dim")
        self._remedy(one)

    def _chance(self, chance: Chance) -> str:
        worth = exact_points(chance.worth)
        if chance.first is not None and chance.by is not None:
            window = self.say.window(chance.first, chance.by)
            return self.say(
                "chance_window",
                window=window,
                by=self.say.day(chance.by),
                short=number(chance.short),
                worth=worth,
            )
        short = self.say("short", short=number(chance.short)) if chance.short else ""
        if chance.by is None:
            return self.say("chance_now", worth=worth, short=short)
        return self.say("chance_by", by=self.say.day(chance.by), worth=worth, short=short)

    def _remedy(self, one: Explanation) -> None:
        remedy = one.indicator.remedy
        if remedy is None:
            return
        columns = []
        for name, value in remedy.columns:
            column = TABLES[remedy.record].column(name)
            shown = self.say.value(remedy.record, column, value) if column else value
            columns.append(shown)
        joined = self.say("in_brackets", text=self.say.comma.join(columns)) if columns else ""
        record = self.say.table(remedy.record)
        self.line(self.say("remedy", record=record, columns=joined), 8)

    def _rule(self, one: Explanation) -> None:
        source = one.indicator.source
        if source is None:
            return
        told = [source.document(self.say.language)] if source.document else []
        if source.article:
            told.append(self.say("article", article=source.article))
        told.append(self.say(source.status))
        self.line(self.say("rule") + self.say.colon + " · ".join(told), 6, "dim italic")


def _chances(explanation: SubjectExplanation) -> Iterator[tuple[Chance, Explanation]]:
    """The next chance of each part of an ordinary indicator."""
    for one in explanation.indicators:
        for part in () if one.indicator.bonus else one.parts:
            for chance in part.chances[:1]:
                yield chance, one


def _listed_missing(say: Words, part: PartBehind) -> list[str]:
    """The listed values that do not occur, in words."""
    measure = part.part.part.measure
    if not isinstance(measure, Presence):
        return []
    return [say.value(measure.fact, measure.column, item) for item in part.missing]
