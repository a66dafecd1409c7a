"""What a roster is asked for, read from the address and said in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.ledgers.models import Dues
from jinwei.members.models import Member
from jinwei.members.rules import PROBATION_YEARS, years_after
from jinwei.web.organization.page import code_word

HERE: Final = "here"
LISTS: Final[dict[str, Promise]] = {
    HERE: gettext_lazy("在册"),
    "probationary": gettext_lazy("预备党员"),
    "ending": gettext_lazy("预备期将满"),
    "behind": gettext_lazy("党费未交齐"),
    "mobile": gettext_lazy("流动党员"),
    "suspended": gettext_lazy("停止党籍"),
    "left": gettext_lazy("已离开"),
    "all": gettext_lazy("全部"),
}
"""Parts of a roster, as chips."""
SORTS: Final = {
    "name": "spelling",
    "branch": "organization__code",
    "status": "status",
    "category": "category",
    "joined": "joined_on",
    "points": "",
}
"""What a roster is sorted by; points are no column of it."""
ENDING: Final = dt.timedelta(days=60)
"""A probation is named when so little of it is left."""
_ARREARS: Final = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asked:
    """How a roster is narrowed and sorted."""

    part: str = HERE
    text: str = ""
    branch: str = ""
    category: str = ""
    sort: str = ""

    @property
    def usual(self) -> bool:
        return not (self.text or self.branch or self.category) and self.part == HERE

    def said(self, branches: dict[str, str]) -> str:
        """In words: “预备党员、第一党支部”."""
        told = [str(LISTS[self.part])] if self.part != HERE else []
        if self.branch:
            told.append(branches.get(self.branch, self.branch))
        if self.category:
            told.append(code_word("member", "category", self.category))
        if self.text:
            told.append(_("“%(text)s”") % {"text": self.text})
        return _("、").join(told)


def read_asked(get: QueryDict) -> Asked:
    """From the address; what cannot be read there is as if it were not asked."""
    part, sort = get.get("list", HERE), get.get("sort", "")
    return Asked(
        part if part in LISTS else HERE,
        get.get("q", "").strip(),
        get.get("branch", ""),
        get.get("category", ""),
        sort if sort.removeprefix("-") in SORTS else "",
    )


def narrowed(rows: QuerySet[Member], asked: Asked) -> QuerySet[Member]:
    """The rows of all parts that fit the rest of what was asked."""
    if asked.text:
        letters = asked.text.lower().replace(" ", "")
        rows = rows.filter(
            Q(name__contains=asked.text) | Q(spelling__contains=letters) | Q(code=asked.text)
        )
    if asked.branch:
        rows = rows.filter(organization__code=asked.branch)
    if asked.category:
        rows = rows.filter(category=asked.category)
    return rows


def in_part(part: str, day: dt.date) -> Q:
    """The rows of one part of the roster."""
    here = Q(status__in=("full", "probationary"))
    return {
        HERE: here,
        "probationary": Q(status="probationary"),
        "ending": Q(status="probationary", joined_on__lte=_joined_before(day)),
        "behind": here & Q(Exists(_behind(day))),
        "mobile": here & Q(mobile=True),
        "suspended": Q(status="suspended"),
        "left": Q(status="left"),
        "all": Q(),
    }[part]


def tally(rows: QuerySet[Member], day: dt.date) -> dict[str, int]:
    """How many rows each part has, and how many full members; one query."""
    wanted: dict[str, Any] = {
        part: Count("pk", filter=in_part(part, day)) if part != "all" else Count("pk")
        for part in LISTS
    }
    found: dict[str, int] = rows.aggregate(**wanted, full=Count("pk", filter=Q(status="full")))
    return found


def ordered(
    rows: QuerySet[Member], sort: str, scores: Callable[[], Mapping[str, int | None]]
) -> Sequence[int]:
    """The keys of rows, sorted; empty values come last, and rows that are equal by name.

    ``scores``: points of members by code, asked for only where they are what is sorted by.
    """
    key, downwards = sort.removeprefix("-") or "name", sort.startswith("-")
    if key == "points":
        return _by_points(rows, scores(), downwards)
    column = F(SORTS[key])
    order = column.desc(nulls_last=True) if downwards else column.asc(nulls_last=True)
    return rows.order_by(order, "spelling", "pk").values_list("pk", flat=True)  # type: ignore[return-value]


def _by_points(
    rows: QuerySet[Member], scores: Mapping[str, int | None], downwards: bool
) -> list[int]:
    def place(row: tuple[int, str]) -> tuple[bool, int]:
        score = scores.get(row[1])
        return score is None, 0 if score is None else -score if downwards else score

    by_name = rows.order_by("spelling", "pk").values_list("pk", "code")
    return [pk for pk, _code in sorted(by_name, key=place)]


def _joined_before(day: dt.date) -> dt.date:
    """Whoever joined by then has a probation that ends within :data:`ENDING`."""
    return years_after(day + ENDING, -PROBATION_YEARS)


def _behind(day: dt.date) -> QuerySet[Dues]:
    """Dues of the last twelve months whose month is over and that were not paid in full."""
    return Dues.objects.filter(
        member=OuterRef("code"),
        withdrawn_at=None,
        due_on__lt=day,
        due_on__gte=day - _ARREARS,
        due__gt=Coalesce(F("paid"), 0),
    )
