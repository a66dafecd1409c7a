"""What stands in the way of a change of the tree, and the dated rows that say so."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jinwei.members.models import Member, Membership
from jinwei.members.registered import registered
from jinwei.organizations.models import Organization, Superior, TreePath

DAY: Final = dt.timedelta(days=1)
_NAMED: Final = 3
"""So many of those in the way are named; the others are counted."""


def must_stand(organization: Organization, day: dt.date, field: str) -> None:
    """An organization must exist at a day."""
    name, begun, gone = organization.name, organization.established_on, organization.dissolved_on
    if gone is not None and gone < day:
        raise refusal(
            field, _("“%(name)s”已于 %(day)s 撤销。") % {"name": name, "day": day_said(gone)}
        )
    if begun is not None and day < begun:
        raise refusal(
            field, _("“%(name)s”%(day)s 才成立。") % {"name": name, "day": day_said(begun)}
        )


def nobody_below(organization: Organization, on: dt.date) -> None:
    """No organization may stand below once this one is gone."""
    after = on + DAY
    paths = TreePath.objects.filter(on_day(after), ancestor=organization)
    below = Organization.objects.filter(
        Q(dissolved_on=None) | Q(dissolved_on__gt=on),
        code__in=paths.values("descendant__code"),
        withdrawn_at=None,
    ).exclude(pk=organization.pk)
    names = list(below.order_by("pk").values_list("name", flat=True))
    if names:
        raise refusal(
            "on",
            _("下面还有 %(n)d 个组织（%(names)s），请先撤销或转走。")
            % {"n": len(names), "names": _("、").join(names[:_NAMED])},
        )


def nothing_later(rows: list[Superior], on: dt.date) -> None:
    """A move goes to the end of what is written down; what comes after would be torn apart."""
    for row in rows:
        if row.from_on is not None and row.from_on > on:
            raise refusal(
                "on",
                _("已登记自 %(day)s 起归“%(name)s”，日期请填在那天以后，或先撤回那一条。")
                % {"day": day_said(row.from_on), "name": row.parent.name},
            )


def way_round(organization: Organization, to: Organization) -> str:
    if to == organization:
        return _("组织不能归自己管。")
    return _("“%(to)s”在“%(name)s”之下，不能反过来管它。") % {
        "to": to.name,
        "name": organization.name,
    }


def refusal(field: str, message: str) -> ValidationError:
    return ValidationError({field: message})


def registered_members(organization: Organization, day: dt.date) -> list[Member]:
    """Everybody on the roster of an organization at a day, with where they were registered."""
    rows = registered(organization.code, day).order_by("pk")
    return list(rows.prefetch_related("memberships"))


def lock(organization: Organization) -> None:
    """Whoever else changes this organization waits until we are done."""
    Organization.objects.select_for_update().get(pk=organization.pk)


def superiors_of(organization: Organization) -> QuerySet[Superior]:
    rows = Superior.objects.filter(organization=organization, purpose=None, withdrawn_at=None)
    return rows.select_related("parent").order_by("from_on", "pk")


def superior_on(organization: Organization, day: dt.date) -> Organization | None:
    """Who stands above an organization at a day; whoever has dated superiors has no other."""
    rows = list(superiors_of(organization))
    if not rows:
        return organization.parent
    return next((row.parent for row in rows if in_force(row, day)), None)


def on_day(day: dt.date) -> Q:
    begun = Q(from_on=None) | Q(from_on__lte=day)
    return begun & (Q(to_on=None) | Q(to_on__gte=day))


def in_force(row: Superior | Membership, day: dt.date) -> bool:
    return (row.from_on or day) <= day <= (row.to_on or day)


def overlap(one: Superior, other: Superior) -> bool:
    first = max(one.from_on or dt.date.min, other.from_on or dt.date.min)
    return first <= min(one.to_on or dt.date.max, other.to_on or dt.date.max)


def span_said(row: Superior) -> str:
    first, last = (day_said(day) if day else _("不限") for day in (row.from_on, row.to_on))
    return _("%(first)s 至 %(last)s") % {"first": first, "last": last}


def day_said(day: dt.date) -> str:
    return date_format(day, "Y-m-d")
