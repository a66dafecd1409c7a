"""With whom an organization is compared: its peers, their medians, and its own dimensions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from django.core.cache import cache
from django.db.models import Count, QuerySet

from jinwei.engine.schema import Words
from jinwei.organizations.models import Organization

from ..models import Standing, StandingIndicator
from ..reach import paths
from .scopes import FEWEST, exists_at, median, scope
from .which import indicators as indicators_of

_COMMITTEE: Final = "committee"
_MANY: Final = 600
_KEPT_S: Final = 600
"""Medians of more peers than so many are worked out once in so many seconds."""


@dataclass(frozen=True, slots=True)
class Peers:
    """The organizations that one is compared with, itself among them; empty below five.

    ``within``: the same ``committee``, the whole ``installation``, or ``none``.
    """

    codes: tuple[str, ...]
    within: Literal["committee", "installation", "none"]
    committee: str | None
    query: QuerySet[Organization, str] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """Medians of peers with a standing in the same edition and period; ``count`` of them."""

    count: int
    median: int | None
    dimensions: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class DimensionFigure:
    """One dimension of a standing, in hundredths; ``figure`` None: nothing is due yet.

    ``points``: what its ordinary indicators are worth to this subject in all.
    """

    id: str
    title: Words
    earned: int
    obtainable: int
    points: int
    figure: int | None


def peers(organization: str, day: dt.date) -> Peers:
    """The same kind under the same committee if there are five, else in the installation."""
    kind = Organization.objects.filter(code=organization).values_list("kind", flat=True).first()
    existing = Organization.objects.filter(exists_at(day), kind=kind)
    alike = existing.order_by("code").values_list("code", flat=True)
    committee = _committee_of(organization, day)
    if committee is not None:
        near = alike.filter(code__in=scope(committee, day))
        if len(codes := tuple(near)) >= FEWEST:
            return Peers(codes, "committee", committee, near)
    if len(codes := tuple(alike)) >= FEWEST:
        return Peers(codes, "installation", committee, alike)
    return Peers((), "none", committee, alike.none())


def _committee_of(organization: str, day: dt.date) -> str | None:
    """The nearest committee above an organization."""
    above = paths(day).filter(descendant__code=organization, ancestor__kind=_COMMITTEE)
    codes = above.exclude(ancestor__code=organization).values_list("ancestor__code", flat=True)
    found = set(codes)
    if len(found) < 2:
        return next(iter(found), None)
    depths: Counter[str] = Counter()
    rows = paths(day).filter(descendant__code__in=found).values("descendant__code")
    for row in rows.annotate(above=Count("pk")):
        depths[row["descendant__code"]] = row["above"]
    return max(sorted(found), key=lambda code: depths[code])


def peer_figures(standing: Standing, peers: Peers) -> PeerFigures:
    """The medians of the peers: of the score and of each dimension; at most one query.

    Where a province compares thousands, they may be ten minutes old: nobody could see a median of
    so many move.
    """
    if len(peers.codes) <= _MANY:
        return _figures_of(standing, peers)
    named = (standing.adoption.edition_id, standing.first, peers.codes[0], len(peers.codes))
    key = "peers:" + ":".join(map(str, named))
    found: PeerFigures | None = cache.get(key)
    if found is None:
        found = _figures_of(standing, peers)
        cache.set(key, found, _KEPT_S)
    return found


def _figures_of(standing: Standing, peers: Peers) -> PeerFigures:
    rows = Standing.objects.filter(
        adoption__edition=standing.adoption.edition_id,
        first=standing.first,
        subject__in=peers.query.order_by(),
    ).order_by("-adoption__leading", "adoption_id")
    found: dict[str, tuple[int | None, Mapping[str, int | None]]] = {}
    for subject, score, dimensions in rows.values_list("subject", "score", "dimensions"):
        found.setdefault(subject, (score, dimensions))
    ids = [dimension.id for dimension in standing.adoption.plan().standard.dimensions]
    return PeerFigures(
        count=len(found),
        median=median(score for score, _ in found.values() if score is not None),
        dimensions={
            id: median(
                figure for _, given in found.values() if (figure := given.get(id)) is not None
            )
            for id in ids
        },
    )


def dimensions(
    standing: Standing, indicators: Mapping[str, StandingIndicator] | None = None
) -> tuple[DimensionFigure, ...]:
    """The dimensions of a standing in the order of its standard; bonus points apart."""
    rows = indicators_of(standing) if indicators is None else indicators
    return tuple(
        DimensionFigure(
            id=dimension.id,
            title=dimension.title,
            earned=sum(rows[i.id].earned for i in counted),
            obtainable=sum(rows[i.id].obtainable for i in counted),
            points=sum(i.points for i in counted if rows[i.id].state not in _OUTSIDE),
            figure=standing.dimensions.get(dimension.id),
        )
        for dimension in standing.adoption.plan().standard.dimensions
        for counted in [[i for i in dimension.indicators if not i.bonus and i.id in rows]]
    )


_OUTSIDE: Final = ("not_applicable", "exempt")
