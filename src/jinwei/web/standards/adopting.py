"""Making and ending adoptions: what that does to whom, and doing it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from django.db import transaction

from jinwei.accounts.access import Access
from jinwei.audit.actions import record
from jinwei.engine.planner import make_plan
from jinwei.engine.schema import Standard
from jinwei.engine.score import clock_for, score
from jinwei.ledgers.backend import DjangoBackend
from jinwei.organizations.models import Organization
from jinwei.standards.actions import install_edition
from jinwei.standards.models import Edition
from jinwei.standings.figures import leading
from jinwei.standings.figures.scopes import exists_at
from jinwei.standings.models import Adoption
from jinwei.standings.queue import adopted
from jinwei.standings.reach import in_force, paths, reached

from .shelf import Book

_TABLE = "adoption"
_DAY = dt.timedelta(days=1)


class Overlaps(Exception):
    """The organization has adopted something else from that day on, or the same already."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(str(adoption))
        self.adoption = adoption


@dataclass(frozen=True, slots=True)
class Effect:
    """What an adoption does: whom it reaches, what it ends, what leads there otherwise.

    ``subjects``: those of the reached that the standard applies to today. ``ends``: the earlier
    leading adoption of the same organization; ``instead``: what leads there now from above;
    ``below``: adoptions further down that go on leading in their own subtrees.
    """

    organizations: int
    subjects: int
    ends: Adoption | None
    ends_on: dt.date | None
    instead: Adoption | None
    below: tuple[Adoption, ...]


def effect_of(adoption: Adoption, today: dt.date) -> Effect:
    """What would happen if an adoption were made. Raises :class:`Overlaps`."""
    _check(adoption)
    day = max(adoption.from_on, today)
    below = paths(day).filter(ancestor__code=adoption.organization_id)
    existing = Organization.objects.filter(
        exists_at(day), code__in=below.values("descendant__code")
    )
    codes = set(existing.values_list("code", flat=True))
    ends = _ends(adoption)
    now = leading(adoption.organization_id, today) if adoption.leading else None
    return Effect(
        organizations=len(codes),
        subjects=len(_applies(adoption.plan().standard, day) & reached(adoption, day)),
        ends=ends,
        ends_on=adoption.from_on - _DAY if ends else None,
        instead=now if now is not None and ends is None else None,
        below=tuple(_below(codes - {adoption.organization_id}, day)) if adoption.leading else (),
    )


@transaction.atomic
def adopt(access: Access, book: Book, adoption: Adoption) -> Adoption:
    """Make an adoption; install its edition and end the one that led before, where need be.

    Raises :class:`Overlaps`.
    """
    Organization.objects.select_for_update().get(code=adoption.organization_id)
    _check(adoption)
    adoption.edition = book.edition or install(access, book.text)
    ends = _ends(adoption)
    if ends is not None:
        end(access, ends, adoption.from_on - _DAY, reason=str(adoption.edition))
    adoption.save()
    record(
        by=access.actor,
        act="adopted",
        table=_TABLE,
        row=str(adoption.pk),
        organization=adoption.organization_id,
        after=_columns(adoption),
    )
    adopted(adoption)
    return adoption


@transaction.atomic
def end(access: Access, adoption: Adoption, to_on: dt.date, *, reason: str) -> None:
    """The last day of an adoption; its standings stay."""
    before = _columns(adoption)
    adoption.to_on = to_on
    adoption.save(update_fields=["to_on"])
    record(
        by=access.actor,
        act="ended",
        table=_TABLE,
        row=str(adoption.pk),
        organization=adoption.organization_id,
        before={"to_on": before["to_on"]},
        after={"to_on": to_on},
        reason=reason,
    )
    adopted(adoption)


@transaction.atomic
def install(access: Access, text: str) -> Edition:
    """Install the edition of a text, and say in the record who did.

    Raises what :func:`jinwei.standards.actions.install_edition` raises.
    """
    known = set(Edition.objects.values_list("pk", flat=True))
    edition = install_edition(text)
    if edition.pk not in known:
        record(by=access.actor, act="installed", table="edition", row=str(edition))
    return edition


def after_end(adoption: Adoption, day: dt.date) -> Adoption | None:
    """What leads in the organization at a day on which an adoption has ended."""
    above = paths(day).filter(descendant__code=adoption.organization_id)
    rows = Adoption.objects.filter(
        in_force(day), leading=True, organization__code__in=above.values("ancestor__code")
    )
    found = list(rows.exclude(pk=adoption.pk).select_related("edition", "organization"))
    over = paths(day).filter(descendant__code__in=[one.organization_id for one in found])
    depths = Counter(over.values_list("descendant__code", flat=True))
    return max(found, key=lambda one: depths[one.organization_id], default=None)


# --- what stands in the way, and what gives way -------------------------------------------------


def _check(adoption: Adoption) -> None:
    """Refuse what would begin before what it follows, or be there twice."""
    own = Adoption.objects.filter(organization=adoption.organization_id)
    own = own.select_related("edition", "organization")
    lasting = [one for one in own if one.to_on is None or one.to_on >= adoption.from_on]
    for one in lasting:
        both_lead = adoption.leading and one.leading
        same = adoption.edition_id is not None and one.edition_id == adoption.edition_id
        if (both_lead and one.from_on >= adoption.from_on) or (same and not both_lead):
            raise Overlaps(one)


def _ends(adoption: Adoption) -> Adoption | None:
    """The leading adoption of the same organization that a new leading one follows."""
    if not adoption.leading:
        return None
    rows = Adoption.objects.filter(
        organization=adoption.organization_id, leading=True, from_on__lt=adoption.from_on
    ).select_related("edition", "organization")
    lasting = [one for one in rows if one.to_on is None or one.to_on >= adoption.from_on]
    return max(lasting, key=lambda one: one.from_on, default=None)


def _below(codes: set[str], day: dt.date) -> list[Adoption]:
    rows = Adoption.objects.filter(leading=True, from_on__lte=day)
    rows = rows.select_related("edition", "organization").order_by("organization__code")
    return [
        one
        for one in rows
        if one.organization_id in codes and (one.to_on is None or one.to_on >= day)
    ]


def _applies(standard: Standard, day: dt.date) -> set[str]:
    """The subjects that a standard applies to: it is reckoned without its indicators."""
    plan = make_plan(replace(standard, dimensions=(), stars=(), grades=(), vetoes=()))
    return set(score(plan, DjangoBackend(), clock_for(plan, day)))


def _columns(adoption: Adoption) -> dict[str, object]:
    return {
        "edition": str(adoption.edition),
        "from_on": adoption.from_on,
        "to_on": adoption.to_on,
        "leading": adoption.leading,
        "settings": adoption.settings,
    }
