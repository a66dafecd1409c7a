"""A pass over a batch: what each line says, what becomes of it, what is wrong where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jinwei.accounts.access import Access
from jinwei.books.drafts import Question
from jinwei.datasets.dataset import Value
from jinwei.ledgers.models import FACT_MODELS
from jinwei.organizations.facts import FactModel

from .kept import keep
from .leases import Lease
from .models import Batch, Chunk, Found, Outcome, State
from .passes import Pass
from .rows import Line, Row, references
from .sealing import pack, unpack

MOST_FOUND: Final = 20_000
"""So many troubles are kept to be shown; all are counted."""
MOST_ORGANIZATIONS: Final = 200
"""So many organizations that a batch touches are kept by name; all are counted."""


@dataclass
class Tally:
    """What a pass has come to so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    tables: dict[str, Counter[str]] = field(default_factory=dict)
    organizations: Counter[str] = field(default_factory=Counter)
    troubles: int = 0

    def add(self, lines: list[Line]) -> None:
        for line in lines:
            self.outcomes[line.outcome.name.lower()] += 1
            self.troubles += len(line.troubles)
            if line.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME):
                self._rows(line)

    def _rows(self, line: Line) -> None:
        for row in line.rows:
            self.tables.setdefault(row.table, Counter())[row.outcome.name.lower()] += 1
            if row.outcome is Outcome.NEW or row.outcome is Outcome.CHANGED:
                home = _home(row)
                if home is not None:
                    self.organizations[str(home)] += 1


def check(batch: Batch, access: Access, lease: Lease | None = None) -> None:
    """Say of every line what would become of it; the batch is ready afterwards.

    Each chunk is a short transaction. Raises :class:`jinwei.imports.passes.NoPlan`
    and :class:`jinwei.imports.leases.Lost`.
    """
    _begin(batch)
    way, tally = Pass(batch, access), Tally()
    for turn in way.turns():
        own = {reading.number for reading in turn.readings}
        lines = [line for line in way.match(turn) if line.reading.number in own]
        lines.sort(key=lambda line: line.reading.number)
        kept = MOST_FOUND - tally.troubles
        tally.add(lines)
        with transaction.atomic():
            Chunk.objects.filter(pk=turn.chunk).update(
                outcomes=letters(lines), readings=keep(turn.readings)
            )
            Found.objects.bulk_create(found_in(batch, lines, kept), batch_size=500)
            _go_on(batch, len(lines), lease)
    batch.read_in = way.read_in
    _end(batch, tally, way.reader.questions)


def questions_of(batch: Batch) -> list[Question]:
    """What is to be decided, as the last pass asked it."""
    if not batch.questions:
        return []
    return [
        Question(key, id, facts, tuple((v, zh, en) for v, zh, en in options), proposed, lines)
        for key, id, facts, options, proposed, lines in unpack(batch.questions)
    ]


def new_number(batch: Batch) -> int:
    """From where codes are made up: after every row, and after what other batches may take."""
    coded: list[Any] = [m._default_manager for m in FACT_MODELS.values() if _key(m)]
    newest = [m.order_by("-pk").values_list("pk", flat=True).first() or 0 for m in coded]
    others = Batch.objects.exclude(pk=batch.pk).filter(
        state__in=(State.CHECKING, State.READY, State.WRITING)
    )
    ends = others.annotate(end=Max("chunks__last")).values_list("number", "end")
    taken = [number + (end or 0) for number, end in ends]
    return max([*newest, *taken, 0]) + 1


def _key(model: type[FactModel]) -> str | None:
    return model.table().key


def _begin(batch: Batch) -> None:
    Found.objects.filter(batch=batch).delete()
    batch.lines = batch.sheets[batch.sheet]["rows"]
    batch.done, batch.number, batch.read_in = 0, new_number(batch), ""
    batch.save(update_fields=["lines", "done", "number", "read_in"])


def _end(batch: Batch, tally: Tally, questions: tuple[Question, ...]) -> None:
    batch.counts = dict(tally.outcomes)
    batch.tables = {name: dict(counter) for name, counter in tally.tables.items()}
    batch.organizations = tally.organizations.most_common(MOST_ORGANIZATIONS)
    batch.troubles = tally.troubles
    batch.questions = pack(
        [[q.key, q.id, dict(q.facts), q.options, q.proposed, q.lines] for q in questions]
    )
    batch.state, batch.checked_at = State.READY, timezone.now()
    names = ("counts", "tables", "organizations", "troubles", "questions", "state", "checked_at")
    batch.save(update_fields=[*names, "read_in"])


def _home(row: Row) -> Value:
    """The organization that a row names."""
    if row.table == "organization":
        return row.code
    named = ("organization", "organization") in references(row.table)
    return row.now("organization") if named else None


def _go_on(batch: Batch, lines: int, lease: Lease | None) -> None:
    """Say how far it is, in the transaction at hand."""
    batch.done += lines
    batch.save(update_fields=["done"])
    if lease is not None:
        lease.renew()


def letters(lines: list[Line]) -> str:
    return "".join(line.outcome.value for line in lines)


def found_in(batch: Batch, lines: list[Line], most: int) -> list[Found]:
    found = [
        Found(
            batch=batch,
            line=line.reading.number,
            column=trouble.column,
            kind=trouble.id,
            weight=trouble.weight,
            question=trouble.question,
            sealed=pack([dict(trouble.facts), trouble.repair]),
        )
        for line in lines
        for trouble in line.troubles
    ]
    return found[: max(most, 0)]
