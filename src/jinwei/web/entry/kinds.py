"""Which kinds of meetings an organization is asked for, those of its standards first."""

from __future__ import annotations

from typing import Final

from jinwei.engine.catalogue import MEETING_KINDS, TABLES
from jinwei.engine.filters import Literal
from jinwei.engine.measures.occurrences import Occurrences
from jinwei.engine.plan import Plan
from jinwei.wording.words import Words

_OF_LEADING_GROUPS: Final = ("democratic_life_meeting", "first_topic")
_OF_GROUPS: Final = "group_meeting"
_LEADING: Final = ("leading_group", "committee", "work_committee")


def kind_choices(organization_kind: str, plan: Plan | None, say: Words) -> list[tuple[str, str]]:
    """Kinds with their words; a group has its own meeting first."""
    asked = asked_kinds(plan) if plan is not None else ()
    codes = [*asked, *(kind for kind in MEETING_KINDS if kind not in asked)]
    if organization_kind == "group":
        codes.sort(key=lambda kind: kind != _OF_GROUPS)
    else:
        codes.remove(_OF_GROUPS)
    if organization_kind not in _LEADING:
        codes = [kind for kind in codes if kind not in _OF_LEADING_GROUPS]
    column = TABLES["meeting"].column("kind")
    assert column is not None
    return [(kind, say.value("meeting", column, kind)) for kind in codes]


def asked_kinds(plan: Plan) -> tuple[str, ...]:
    """The kinds whose occurrences a standard counts, in its order."""
    found: dict[str, None] = {}
    for planned in plan.indicators:
        for part in planned.parts:
            measure = part.part.measure
            if isinstance(measure, Occurrences) and measure.fact == "meeting":
                for test in measure.where:
                    if test.column.name == "kind" and test.operator == "is":
                        literals = [o for o in test.operands if isinstance(o, Literal)]
                        found.update(dict.fromkeys(str(one.value) for one in literals))
    return tuple(kind for kind in found if kind in MEETING_KINDS)
