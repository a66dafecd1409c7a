"""What the ledgers add to the figures of an organization: values and groups still missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from jinwei.accounts.acts import Act
from jinwei.engine.explain import PartBehind, SubjectExplanation
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.measures.standing import Presence
from jinwei.ledgers.models import FACT_MODELS, Meeting

from .desk import Desk
from .duties import Known, chances_at, kind_of, kind_of_rows


def known_of(desk: Desk, explained: SubjectExplanation) -> Known:
    """Read what is missing by name: one query a ledger, two where groups have windows open."""
    listed: dict[str, list[tuple[str, int, Presence]]] = defaultdict(list)
    windows: list[tuple[str, Occurrences, dt.date, dt.date]] = []
    day = explained.clock.day
    for one in explained.indicators:
        for at, part in enumerate(one.parts):
            measure = part.part.part.measure
            if isinstance(measure, Presence) and part.chances and _plain(measure):
                listed[measure.fact].append((one.indicator.id, at, measure))
            elif isinstance(measure, Occurrences) and _of_groups(measure):
                open_now = _open(part, one.indicator.points, day)
                windows += [(one.indicator.id, measure, *span) for span in open_now]
    missing: dict[tuple[str, int], Sequence[str]] = {}
    for fact, asked in listed.items():
        missing |= _missing(desk, explained, fact, asked)
    return Known(missing, _lacking(desk, windows) if windows else {})


def _plain(measure: Presence) -> bool:
    return not measure.in_force and not measure.where and measure.fact in FACT_MODELS


def _of_groups(measure: Occurrences) -> bool:
    """Meetings of one kind, of each group below."""
    if measure.each is None or measure.fact != "meeting":
        return False
    return bool(kind_of(measure)) and kind_of_rows(measure.each) == "group"


def _open(part: PartBehind, points: int, day: dt.date) -> list[tuple[dt.date, dt.date]]:
    return [
        (chance.first, chance.by)
        for chance in chances_at(part, points, day)
        if chance.first is not None and chance.by is not None and chance.first <= day
    ]


def _missing(
    desk: Desk,
    explained: SubjectExplanation,
    fact: str,
    asked: list[tuple[str, int, Presence]],
) -> dict[tuple[str, int], Sequence[str]]:
    """The listed values without a row in the period."""
    model, clock = FACT_MODELS[fact], explained.clock
    date = model.table().date
    columns = sorted({measure.column.name for _, _, measure in asked})
    span = {f"{date}__range": (clock.period.first, clock.day)}
    rows: QuerySet[Any] = desk.access.rows(model, of=desk.organization.code).filter(**span)
    found = [dict(zip(columns, row, strict=True)) for row in rows.values_list(*columns)]
    return {
        (id, at): tuple(
            item
            for item in measure.listed
            if item not in {row[measure.column.name] for row in found}
        )
        for id, at, measure in asked
    }


def _lacking(
    desk: Desk,
    windows: list[tuple[str, Occurrences, dt.date, dt.date]],
) -> dict[tuple[str, dt.date], Sequence[tuple[str, str]]]:
    """The groups below that have not met often enough in each window."""
    groups = list(
        desk.access.organizations(Act.SEE)
        .filter(parent=desk.organization, kind="group", dissolved_on=None)
        .order_by("code")
        .values_list("code", "name")
    )
    begin, end = min(first for _, _, first, _ in windows), max(last for *_, last in windows)
    held: list[tuple[Any, ...]] = list(
        desk.access.rows(Meeting)
        .filter(organization__in=[code for code, _ in groups], held_on__range=(begin, end))
        .values_list("organization_id", "kind", "held_on")
    )
    return {
        (id, first): tuple(
            (code, short_name(name, desk.organization.name))
            for code, name in groups
            if sum(
                row[0] == code and row[1] == kind_of(measure) and first <= row[2] <= last
                for row in held
            )
            < measure.at_least
        )
        for id, measure, first, last in windows
    }


def short_name(name: str, above: str) -> str:
    """第三党小组: a group without the name of its branch in front."""
    return name.removeprefix(above).strip() or name
