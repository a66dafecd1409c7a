"""Writing a batch: a transaction a chunk, and after any end it goes on where it stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from django.db import connection, models, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.audit.actions import Actor, record
from jinwei.audit.inserting import insert
from jinwei.datasets.dataset import Value
from jinwei.ledgers.bulk import Moved, Rewritten, by_model, change_many
from jinwei.ledgers.changes import values_of
from jinwei.ledgers.models import FACT_MODELS
from jinwei.members.actions import keep_number
from jinwei.organizations.facts import FactModel

from .checking import found_in
from .gaps import Gap
from .leases import Lease
from .models import Batch, Chunk, Found, Outcome, State, Written
from .passes import Pass, Turn
from .rows import Line, Row, attribute
from .sealing import pack

if TYPE_CHECKING:
    from jinwei.members.models import Member

Take: TypeAlias = Callable[[Value], Any]
_TRIES: Final = 5
_GUARDED: Final = "id_number"
_COLUMNS: Final = (
    *("batch_id", "line", "table", "number", "row"),
    *("version_before", "version", "before", "fate", "why"),
)


def write(batch: Batch, access: Access, lease: Lease) -> None:
    """Store what the lines say, from where the batch stands; lines with troubles stay out.

    Raises :class:`jinwei.imports.leases.Lost`, :class:`jinwei.datasets.tree.Cycle`.
    """
    way, gap = Pass(batch, access), Gap()
    whole = batch.chunks.filter(sheet=batch.sheet).count() == 1
    for turn in way.turns():
        if turn.last <= batch.written_to:
            way.match(turn)  # what the book calls its rows is known again
            continue
        ahead = _ahead(way, turn)
        with gap.after():
            _write_turn(way, turn, ahead, access.actor, lease, at_once=None if whole else 0)
    _end(batch, access.actor)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What becomes of the lines of a turn, worked out while others could write.

    ``seen``: a number that changes with everything that others commit; None where there is none.
    """

    seen: int | None
    lines: list[Line]


def _ahead(way: Pass, turn: Turn) -> _Ahead:
    """On SQLite, where everybody waits for a transaction, as much as can be is done before it."""
    seen = _commits_of_others()
    return _Ahead(seen, [] if seen is None else way.match(turn))


def _commits_of_others() -> int | None:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def _write_turn(
    way: Pass, turn: Turn, ahead: _Ahead, by: Actor, lease: Lease, at_once: int | None
) -> None:
    """One chunk, or nothing of it; once more where somebody saved one of its rows meanwhile."""
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                lease.renew()
                stands = ahead.seen is not None and ahead.seen == _commits_of_others()
                lines = ahead.lines if stands else way.match(turn)
                put(way.batch, lines, by, at_once=at_once)
                _tell_late(way.batch, turn, lines)
                _move_on(way.batch, turn)
            return
        except Moved:
            if not left:
                raise
            ahead = _Ahead(None, [])


def put(batch: Batch, lines: Sequence[Line], by: Actor, *, at_once: int | None) -> None:
    """Store the good rows of some lines, with what is needed to undo them."""
    good = [line for line in lines if line.outcome in (Outcome.NEW, Outcome.CHANGED)]
    rows = [row for line in good for row in line.rows]
    new = [(row, _made(row)) for row in rows if row.outcome is Outcome.NEW]
    changed = [(row, *_changed(row)) for row in rows if row.outcome is Outcome.CHANGED]
    reason = _("导入“%(file)s”") % {"file": batch.file_name}
    change_many(
        entered=[made for _row, made in new],
        corrected=[one for _row, one, _raw in changed],
        by=by,
        reason=reason,
        at_once=at_once,
    )
    lines_of = {id(made): row.line for row, made in new}
    written = [
        _written(batch, lines_of[id(made)], made)
        for _model, all_made in by_model(made for _row, made in new)
        for made in all_made
    ]
    written += [_rewritten(batch, row.line, one.row, raw) for row, one, raw in changed]
    insert(Written, written, _COLUMNS)


# --- rows ---------------------------------------------------------------------------------------


def _made(row: Row) -> FactModel:
    model: Callable[..., FactModel] = FACT_MODELS[row.table]
    said, columns = row.values, _columns(FACT_MODELS[row.table])
    made = model(*[take(said[n]) if n in said else default() for n, default, take in columns])
    if said.get(_GUARDED):
        keep_number(cast("Member", made), str(said[_GUARDED]))
    return made


@cache
def _columns(model: type[FactModel]) -> tuple[tuple[str, Callable[[], Any], Take], ...]:
    """Of each column its name, what it holds by itself, and how it takes what a draft says."""
    return tuple(
        (field.name, _deferred if field.generated else field.get_default, _take(field))
        for field in model._meta.concrete_fields
    )


def _deferred() -> Any:
    return models.DEFERRED


def _take(field: models.Field[Any, Any]) -> Take:
    """References are codes; days come as text."""
    return _as_it_is if field.is_relation else field.to_python


def _as_it_is(value: Value) -> Any:
    return value


def _changed(row: Row) -> tuple[Rewritten, dict[str, Any]]:
    """The stored row with what the book says, and its columns as they were."""
    stored = row.stored
    assert stored is not None
    before, raw = values_of(stored), raw_of(stored)
    _fill(stored, row, row.differing)
    guarded = frozenset((_GUARDED,)) & row.differing
    return Rewritten(stored, before, guarded), raw


def _fill(one: FactModel, row: Row, names: Iterable[str]) -> None:
    for name in names:
        value = row.values[name]
        if name != _GUARDED:
            taken = _take(cast("models.Field[Any, Any]", one._meta.get_field(name)))
            setattr(one, attribute(type(one), name), taken(value))
        elif value:
            keep_number(cast("Member", one), str(value))


def raw_of(row: FactModel) -> dict[str, Any]:
    """Every column as it is stored, what is sealed too."""
    return {name: getattr(row, name) for name in _stored(type(row))}


@cache
def _stored(model: type[FactModel]) -> tuple[str, ...]:
    fields = model._meta.concrete_fields
    return tuple(f.attname for f in fields if not f.primary_key and not f.generated)


def _written(batch: Batch, line: int, row: FactModel) -> tuple[Any, ...]:
    return (batch.pk, line, row.table().name, row.pk, row.row_id, 0, row.version, None, "", "")


def _rewritten(batch: Batch, line: int, row: FactModel, raw: dict[str, Any]) -> tuple[Any, ...]:
    now, was = raw_of(row), raw["version"]
    former = {name: raw[name] for name in raw if name != "version" and raw[name] != now[name]}
    kept = pack(former)
    return (batch.pk, line, row.table().name, row.pk, row.row_id, was, row.version, kept, "", "")


# --- the batch ----------------------------------------------------------------------------------


def _tell_late(batch: Batch, turn: Turn, lines: list[Line]) -> None:
    """Lines that were good when they were shown and are not now, as others have written since."""
    chunk = Chunk.objects.only("outcomes").get(pk=turn.chunk)
    numbers = [reading.number for reading in turn.readings]
    letters = dict(zip(numbers, chunk.outcomes, strict=False))
    stopped = (Outcome.FAULT, Outcome.ASKED)
    late = [
        line
        for line in lines
        if line.outcome in stopped and letters.get(line.reading.number, "f") not in stopped
    ]
    if late:
        letters |= {line.reading.number: line.outcome.value for line in late}
        chunk.outcomes = "".join(letters[number] for number in numbers)
        chunk.save(update_fields=["outcomes"])
        Found.objects.bulk_create(found_in(batch, late, 500))


def _move_on(batch: Batch, turn: Turn) -> None:
    """The line up to which all is stored, in the transaction that stores it."""
    done = batch.done + len(turn.readings)
    Batch.objects.filter(pk=batch.pk).update(written_to=turn.last, done=done)
    transaction.on_commit(lambda: _know(batch, turn.last, done))


def _know(batch: Batch, last: int, done: int) -> None:
    batch.written_to, batch.done = last, done


@transaction.atomic
def _end(batch: Batch, by: Actor) -> None:
    batch.tables = _tables(batch)
    batch.state, batch.written_at = State.WRITTEN, timezone.now()
    batch.finished_at, batch.read_in = batch.written_at, ""
    batch.save(update_fields=["tables", "state", "written_at", "finished_at", "read_in"])
    batch.chunks.update(readings=None)
    record(
        by=by,
        act="imported",
        row=str(batch.uuid),
        organization=batch.organization,
        after={"file": batch.file_name, "rows": batch.tables},
    )


def _tables(batch: Batch) -> dict[str, dict[str, int]]:
    """What was stored in truth, beside what stood already."""
    found = {
        name: Counter({"same": counts.get("same", 0)}) for name, counts in batch.tables.items()
    }
    rows = batch.written.values_list("table", "version_before").annotate(n=Count("pk")).order_by()
    for table, version, n in rows:
        found.setdefault(table, Counter())["changed" if version else "new"] += n
    return {name: dict(counts) for name, counts in found.items()}
