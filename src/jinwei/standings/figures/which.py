"""Which standing is *the* one: the adoption that leads, and the period of a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import QuerySet

from ..models import Adoption, Standing, StandingIndicator
from ..reach import homes, in_force, paths


def leading(organization: str, day: dt.date) -> Adoption | None:
    """The adoption that gives an organization its score and stars.

    Of the adoptions in force that lead, the one of the nearest organization at or above it.
    """
    above = paths(day).filter(descendant__code=organization)
    rows = Adoption.objects.filter(
        in_force(day), leading=True, organization__code__in=above.values("ancestor__code")
    )
    found = list(rows.select_related("edition"))
    depths = _depths({a.organization_id for a in found}, day) if len(found) > 1 else {}
    return max(found, key=lambda a: (depths.get(a.organization_id, 0), a.from_on), default=None)


def _depths(organizations: set[str], day: dt.date) -> Counter[str]:
    """How many stand above each of some organizations."""
    rows = paths(day).filter(descendant__code__in=organizations)
    return Counter(rows.values_list("descendant__code", flat=True))


def current(adoption: Adoption, day: dt.date) -> QuerySet[Standing]:
    """The standings of the period that holds a day."""
    return Standing.objects.filter(adoption=adoption, first__lte=day, last__gte=day)


def standing(organization: str, day: dt.date) -> Standing | None:
    """The standing of an organization under the adoption that leads; None where it has none."""
    adoption = leading(organization, day)
    if adoption is None:
        return None
    rows = current(adoption, day).select_related("adoption__edition")
    return rows.filter(subject=organization).first()


def standings_of(subject: str, day: dt.date) -> tuple[Standing, ...]:
    """The standings of an organization or member in all adoptions in force, the leading first."""
    rows = Standing.objects.filter(
        subject=subject,
        first__lte=day,
        last__gte=day,
        adoption__in=Adoption.objects.filter(in_force(day)).values("pk"),
    )
    found = list(rows.select_related("adoption__edition"))
    if len(found) < 2:
        return tuple(found)
    where = subject
    if found[0].adoption.plan().subject == "member":
        where = homes(day, [subject]).get(subject, subject)
    first = leading(where, day)
    depths = _depths({s.adoption.organization_id for s in found}, day)

    def order(one: Standing) -> tuple[bool, bool, int, dt.date]:
        adoption = one.adoption
        leads = first is not None and adoption.pk == first.pk
        return (leads, adoption.leading, depths[adoption.organization_id], adoption.from_on)

    return tuple(sorted(found, key=order, reverse=True))


def indicators(standing: Standing) -> dict[str, StandingIndicator]:
    """The indicators of a standing, by id."""
    return {row.indicator: row for row in standing.indicators.all()}
