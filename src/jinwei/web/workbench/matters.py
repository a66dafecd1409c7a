"""Things to do that have their own day: rectifications, cases, papers, the end of a term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jinwei.ledgers.models import FACT_MODELS
from jinwei.organizations.models import Term
from jinwei.web.templatetags.jinwei import day as in_words

from .addresses import correct_action, record_action, record_address
from .desk import Desk
from .stakes import Stakes
from .tasks import Task

_BEFORE_ELECTION: Final = dt.timedelta(days=183)
"""An election is prepared from about half a year before the term ends."""


@dataclass(frozen=True, slots=True)
class _Ledger:
    """A ledger whose rows fall due. ``done``: the day of being settled; ``timed``: a procedure."""

    table: str
    done: str
    timed: bool = False


_LEDGERS: Final = (
    _Ledger("rectification", "closed_on"),
    _Ledger("case", "closed_on", timed=True),
    _Ledger("filing", "filed_on"),
)


def matters(desk: Desk, first: dt.date, stakes: Stakes) -> list[Task]:
    """Open rows with a day. ``first``: papers that were due before it are not asked for again."""
    found: list[Task] = []
    procedures: set[str] = set()
    for ledger in _LEDGERS:
        rows = _rows(desk, ledger, first)
        seen = [row for row in rows if first <= row["due_on"] <= desk.day]
        for row in rows:
            if row[ledger.done] is not None or (ledger.table == "filing" and row["due_on"] < first):
                continue
            points = None
            if row["due_on"] >= desk.day:
                points = stakes.of(ledger.table, row, row["due_on"], seen)
            found.append(_task(desk, ledger, row, points))
            procedures.add(row.get("procedure", ""))
    if "election" not in procedures:
        found.extend(_term(desk, stakes))
    return found


def _rows(desk: Desk, ledger: _Ledger, first: dt.date) -> list[dict[str, Any]]:
    """Rows that are open, or were due in the period so far: the shares count those."""
    model = FACT_MODELS[ledger.table]
    open_still = Q(**{f"{ledger.done}__isnull": True})
    rows: QuerySet[Any] = desk.access.rows(model, of=desk.organization.code)
    rows = rows.filter(open_still | Q(due_on__range=(first, desk.day)))
    columns = [c.name for c in model.table().stored]
    names = ["member__name"] if model.table().column("member") else []
    own = rows.filter(due_on__isnull=False)
    return [
        {**row, "row_id": row.get("code") or f"{ledger.table}-{row['pk']}"}
        for row in own.order_by("due_on", "pk").values("pk", *columns, *names)
    ]


def _task(desk: Desk, ledger: _Ledger, row: dict[str, Any], points: int | None) -> Task:
    what, why = _WORDS[ledger.table](row, desk)
    return Task(
        what=what,
        why=why,
        due=row["due_on"],
        points=points,
        dated=True,
        timed=ledger.timed,
        url=record_address(desk.code, ledger.table, row["row_id"]),
        action=correct_action(desk.code, ledger.table, row["row_id"], desk.back),
    )


def _of_rectification(row: dict[str, Any], desk: Desk) -> tuple[str, str]:
    source = desk.word("rectification", "source", row["source"])
    why = _("整改单 %(code)s") % {"code": row["code"]}
    if source:
        why = _("%(source)s · %(why)s") % {"source": source, "why": why}
    return _("整改：%(title)s") % {"title": row["title"] or row["code"]}, why


def _of_case(row: dict[str, Any], desk: Desk) -> tuple[str, str]:
    procedure = desk.word("case", "procedure", row["procedure"])
    why = _("程序 %(code)s") % {"code": row["code"]}
    if row["member__name"]:
        return _("%(procedure)s：%(name)s") % {
            "procedure": procedure,
            "name": row["member__name"],
        }, why
    return procedure, why


def _of_filing(row: dict[str, Any], desk: Desk) -> tuple[str, str]:
    kind = desk.word("filing", "kind", row["kind"])
    what = row["title"] or kind or desk.say.table("filing")
    why = _("限期材料 · %(kind)s") % {"kind": kind} if kind and kind != what else _("限期材料")
    if row["member__name"]:
        why = _("%(why)s · %(name)s") % {"why": why, "name": row["member__name"]}
    return what, why


_WORDS: Final = {"rectification": _of_rectification, "case": _of_case, "filing": _of_filing}


def _term(desk: Desk, stakes: Stakes) -> Iterator[Task]:
    """The committee whose term ends soon, or has ended; a newer one has been elected otherwise."""
    terms = desk.access.rows(Term, of=desk.organization.code).filter(started_on__lte=desk.day)
    term = terms.order_by("-started_on", "-pk").first()
    if term is None or term.expires_on is None:
        return
    if term.expires_on - desk.day > _BEFORE_ELECTION:
        return
    yield Task(
        what=_("换届选举"),
        why=_("本届 %(day)s届满") % {"day": in_words(term.expires_on, True)},
        due=term.expires_on,
        points=stakes.of_term() if term.expires_on >= desk.day else None,
        dated=True,
        timed=True,
        action=record_action(desk.code, "case", {"procedure": "election"}, desk.back),
    )
