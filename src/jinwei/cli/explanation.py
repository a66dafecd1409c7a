"""The explanation of one subject on a terminal: what counted, what is missing, what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.text import Text

from jinwei.engine.explain import Chance, Explanation, SubjectExplanation
from jinwei.engine.outcomes import AWAITING, MISSED
from jinwei.engine.schema import Standard
from jinwei.wording.evidence import MembersTold, RowTold, rows_told
from jinwei.wording.explanation import PartTold, WindowTold, next_stars_told, tell
from jinwei.wording.words import exact_points, points

from .table import print_basis, stars_text
from .words import Words

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
MEMBERS_SHOWN: Final = 12
FIRST_SHOWN: Final = 8


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

    def some(self, text: str, indent: int, style: str = "") -> None:
        """A line where there is something to say."""
        if text:
            self.line(text, indent, style)

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
        if explanation.next_stars is not None and not explanation.vetoes:
            self.line(next_stars_told(self.say, explanation.next_stars))
        for veto in self.standard.vetoes:
            if veto.id in explanation.vetoes:
                title = veto.title(self.say.language)
                self.line(self.say("vetoed", title=title, stars=veto.stars_at_most), style="red")
                rows = explanation.vetoes[veto.id]
                self._rows(rows_told(self.say, veto.fact, rows, self.names), 2)

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
        told = tell(self.say, self.standard.subject, one, self.names)
        shape, style = _SHAPES[told.state]
        head = Text(f"{shape} {told.state_word}", style)
        head.append(f"  {told.id} {told.title}  ", "bold")
        head.append(told.figure, style)
        self.line(head, 1)
        self.some(told.exempted, 6, "dim")
        for part in told.parts:
            self._part(part)
        if told.rule:
            self.line(self.say("rule") + self.say.colon + told.rule, 6, "dim italic")

    def _part(self, part: PartTold) -> None:
        self.some(part.heading, 4, "bold")
        self.some(part.waiting, 6, "yellow")
        self.some(self.say.semicolon.join(part.calculation), 6)
        if part.windows:
            self._windows(part.windows)
        if part.members is not None:
            self._members(part.members)
        for value in part.values:
            self.line(value, 6, "dim")
        for group in part.groups:
            self.line(group.heading, 6, "red" if group.failed else "dim")
            self._rows(group.rows, 8)
        self.some(part.no_rows, 6, "dim")
        self.some(part.missing, 6)
        for chance in part.chances:
            self.line(f"→ {chance.text}", 6, "blue")
        self.some(part.later, 8, "dim")
        self.some(part.remedy, 8)
        self.some(part.too_late, 6, "red")

    def _windows(self, windows: tuple[WindowTold, ...]) -> None:
        strip = Text()
        for window in windows:
            shape, style = _WINDOW_SHAPES[window.state]
            gap = "  " if strip else ""
            strip.append(f"{gap}{shape} {window.name}", style)
        self.line(strip, 6)

    def _members(self, members: MembersTold) -> None:
        self.line(members.done, 6, "dim")
        if members.heading:
            self.line(members.heading, 6)
            shown = [f"{name} {code}".strip() for code, name in members.short[:MEMBERS_SHOWN]]
            rest = len(members.short) - MEMBERS_SHOWN
            more = f" {self.say('more_rows', n=rest)}" if rest > 0 else ""
            self.line(self.say.comma.join(shown) + more, 8, "dim")

    def _rows(self, rows: tuple[RowTold, ...], indent: int) -> None:
        for row in rows[-ROWS_SHOWN:]:
            self.line(f"{row.day or '–':<10}  {row.text}  [{row.row_id}]", indent, "dim")
        if len(rows) > ROWS_SHOWN:
            self.line(self.say("more_rows", n=len(rows) - ROWS_SHOWN), indent, "dim")


def _chances(explanation: SubjectExplanation) -> Iterator[tuple[Chance, Explanation]]:
    """The next chance of each part of an ordinary indicator."""
    for one in explanation.indicators:
        for part in () if one.indicator.bonus else one.parts:
            for chance in part.chances[:1]:
                yield chance, one
