"""Terms of committees and secretaries: some fresh, most running, some long expired."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from jinwei.demo.days import add_years, between, shift, text, workday
from jinwei.demo.rows import Row, row
from jinwei.demo.tree import Organ
from jinwei.demo.world import Term, World


def elect(world: World) -> None:
    """Gives every organization that elects its terms, the older one first."""
    for organ in world.organs:
        if organ.kind not in ("group", "temporary_branch", "work_committee"):
            world.terms[organ.code] = _terms(world, organ)


def term_rows(world: World) -> list[Row]:
    found = [term for terms in world.terms.values() for term in terms]
    found.sort(key=lambda term: (term.started, term.organization))
    return [
        row(
            "term",
            organization=term.organization,
            started_on=text(term.started),
            expires_on=text(term.expires),
            elected_on=text(term.elected),
            ended_on=text(term.ended),
        )
        for term in found
    ]


def _terms(world: World, organ: Organ) -> list[Term]:
    rng = world.rng("term", organ.code)
    years = 5 if organ.kind == "committee" else 3
    if organ.established >= world.start:
        return [_term(organ, organ.established, years)]
    now = _term(organ, _sitting_since(world, rng, organ, years), years)
    if organ.dissolved:
        now.ended = organ.dissolved
    before = _term(organ, workday(add_years(now.started, -years)), years)
    before.ended = shift(now.started, -1)
    return [before, now]


def _sitting_since(world: World, rng: Random, organ: Organ, years: int) -> date:
    """Elected in the last term's length, or so long ago that the term has run out."""
    day = organ.dissolved or world.today
    if rng.random() < organ.temper.overdue and not organ.dissolved:
        late = add_years(day, -years) - timedelta(days=rng.randrange(20, 420))
        return workday(late)
    return workday(between(rng, shift(add_years(day, -years), 25), shift(day, -45)))


def _term(organ: Organ, elected: date, years: int) -> Term:
    return Term(organ.code, elected, shift(add_years(elected, years), -1), elected)
