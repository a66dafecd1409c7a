"""Results as a table, the tree as context; large trees are folded by superior."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jinwei.engine.outcomes import AWAITING, MISSED
from jinwei.engine.periods import Clock
from jinwei.engine.schema import Standard
from jinwei.engine.totals import Result
from jinwei.wording.words import points

from .tree import Tree
from .words import Words

LISTED: Final = 60
"""More subjects than this are folded by superior unless all are asked for."""
_STYLES: Final = ((9000, "green"), (7500, "cyan"), (6000, "yellow"), (0, "red"))


def print_basis(console: Console, say: Words, standard: Standard, clock: Clock) -> None:
    console.print(
        say(
            "basis",
            title=standard.title(say.language),
            version=standard.version,
            first=clock.period.first,
            last=clock.period.last,
            as_of=clock.as_of,
        ),
        style="dim",
        soft_wrap=True,
    )


def print_results(
    console: Console,
    say: Words,
    standard: Standard,
    results: dict[str, Result],
    tree: Tree,
    names: dict[str, str],
    under: str | None,
    everything: bool,
) -> None:
    """The table of all results; organizations stand under their superiors."""
    if not results:
        console.print(say("no_subjects"))
        return
    folds = standard.subject == "organization" and under is None and not everything
    if folds and len(results) > LISTED:
        console.print(_folded_table(say, standard, results, tree))
        first = _roots(tree)[0]
        console.print(say("folded", code=tree.children.get(first, [first])[0]), style="dim")
        return
    table = _new_table(say, standard)
    if standard.subject == "member":
        for code, result in results.items():
            _add(table, say, standard, names.get(code, code), code, result)
    else:
        _add_tree(table, say, standard, results, tree, under)
    console.print(table)


def _new_table(say: Words, standard: Standard) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("organization" if standard.subject == "organization" else "member"))
    table.add_column(say("code"), style="dim")
    table.add_column(say("score"), justify="right")
    if standard.total == "rate":
        table.add_column(say("potential"), justify="right")
    if standard.stars:
        table.add_column(say("stars"))
        table.add_column(say("grade"))
    table.add_column(say("missed_count"), justify="right")
    table.add_column(say("awaiting_count"), justify="right")
    return table


def _add(
    table: Table, say: Words, standard: Standard, name: str, code: str, result: Result
) -> None:
    states = Counter(indicator.state for indicator in result.indicators.values())
    missed, awaiting = states[MISSED], states[AWAITING]
    cells: list[Text | str] = [name, code, Text(points(result.score), _style(result.score))]
    if standard.total == "rate":
        cells.append(points(result.potential))
    if standard.stars:
        cells += [stars_text(result.stars), grade_title(say, standard, result)]
    table.add_row(
        *cells,
        str(missed) if missed else "",
        str(awaiting) if awaiting else "",
    )


def stars_text(stars: int | None) -> Text:
    if stars is None:
        return Text("–", "dim")
    return Text("★" * stars + "☆" * (5 - stars), "yellow")


def grade_title(say: Words, standard: Standard, result: Result) -> str:
    if result.grade is None:
        return ""
    return next(g.title(say.language) for g in standard.grades if g.title.en == result.grade)


def _style(score: int | None) -> str:
    if score is None:
        return "dim"
    return next((style for least, style in _STYLES if score >= least), "red")


def _roots(tree: Tree) -> list[str]:
    return tree.children.get(None, [])


def _holders(tree: Tree, results: dict[str, Result]) -> set[str]:
    """Organizations with a result, and all above them."""
    keep: set[str] = set()

    def visit(code: str) -> bool:
        below = [visit(child) for child in tree.children.get(code, ())]
        if any(below) or code in results:
            keep.add(code)
            return True
        return False

    for root in _roots(tree):
        visit(root)
    return keep


def _add_tree(
    table: Table,
    say: Words,
    standard: Standard,
    results: dict[str, Result],
    tree: Tree,
    under: str | None,
) -> None:
    keep = _holders(tree, results)
    for depth, code in _rows(tree, under):
        if code not in keep:
            continue
        name = "  " * depth + tree.names[code]
        if code in results:
            _add(table, say, standard, name, code, results[code])
        else:
            table.add_row(Text(name, "bold"), code)


def _rows(tree: Tree, under: str | None) -> Iterator[tuple[int, str]]:
    if under is None:
        yield from tree.walk()
    else:
        yield 0, under
        yield from tree.walk(under, 1)


def _folded_table(say: Words, standard: Standard, results: dict[str, Result], tree: Tree) -> Table:
    """One line for each organization right below a root: medians and sums of all below it."""
    rate = standard.total == "rate"
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("organization"))
    table.add_column(say("code"), style="dim")
    table.add_column(say("count"), justify="right")
    table.add_column(say("median_score"), justify="right")
    if rate:
        table.add_column(say("median_potential"), justify="right")
    table.add_column(say("stars_of_all"))
    table.add_column(say("missed_in_all"), justify="right")
    table.add_column(say("awaiting_in_all"), justify="right")
    for root in _roots(tree):
        for depth, code in [(0, root), *((1, c) for c in tree.children.get(root, ()))]:
            below = [results[c] for c in tree.below(code) if c in results]
            if below:
                name = Text("  " * depth + tree.names[code], "" if depth else "bold")
                table.add_row(name, code, *_folded(below, rate))
    return table


def _folded(below: list[Result], rate: bool) -> list[Text | str]:
    scores = [r.score for r in below if r.score is not None]
    middle = int(median(scores)) if scores else None
    potentials = [r.potential for r in below if r.potential is not None]
    stars = Counter(r.stars for r in below if r.stars is not None)
    shown = "  ".join(f"{n}★×{stars[n]}" for n in sorted(stars, reverse=True))
    states = Counter(i.state for r in below for i in r.indicators.values())
    cells: list[Text | str] = [str(len(below)), Text(points(middle), _style(middle))]
    if rate:
        cells.append(points(int(median(potentials)) if potentials else None))
    return [*cells, Text(shown, "yellow"), str(states[MISSED]), str(states[AWAITING])]
