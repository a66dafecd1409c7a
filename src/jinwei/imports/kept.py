"""What the lines of a chunk say, kept from the check for the writing: sealed like the cells.

Reading is a function of the lines, of how they are read, and of the world. As long as those are the
same, what was read is what would be read again; which rows stand is another question, and is asked
again when they are written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from jinwei.books.drafts import SKIPPED, Draft, Reading
from jinwei.books.world import World

from .models import Batch
from .sealing import pack, unpack


def keep(readings: Iterable[Reading]) -> bytes:
    """The drafts of good lines; of the others it is kept that nothing comes of them.

    Rows of one shape (table, columns and where they stand) name it once.
    """
    shapes: dict[tuple[Any, ...], int] = {}
    lines: list[Any] = []
    for each in readings:
        drafts = [] if each.stopped else each.drafts
        lines.append([each.number, [_said(draft, shapes) for draft in drafts]])
    return pack([list(shapes), lines])


def readings_from(sealed: bytes | memoryview) -> list[Reading]:
    """The lines of a chunk again, in order."""
    shapes, lines = unpack(sealed)
    known = [(table, names, dict(columns)) for table, names, columns in shapes]
    return [_reading(number, drafts, known) for number, drafts in lines]


def world_of(batch: Batch, world: World) -> str:
    """A digest of all that the readings of a batch hang on, but for its lines."""
    said = [batch.sheet, batch.plan, batch.answers, batch.number, str(world.today), world.home]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for one in (*world.organizations.values(), *world.members.values()):
        digest.update(repr(one).encode())
    return digest.hexdigest()


def _said(draft: Draft, shapes: dict[tuple[Any, ...], int]) -> list[Any]:
    shape = (draft.table, tuple(draft.values), tuple(draft.columns.items()))
    at = shapes.setdefault(shape, len(shapes))
    return [at, list(draft.values.values()), draft.attendance]


def _reading(number: int, drafts: Sequence[Any], shapes: Sequence[Any]) -> Reading:
    if not drafts:
        return Reading(number, SKIPPED)
    return Reading(number, drafts=tuple(_draft(shapes[at], *rest) for at, *rest in drafts))


def _draft(shape: Any, values: list[Any], attendance: list[list[str]]) -> Draft:
    table, names, columns = shape
    came = tuple((member, status) for member, status in attendance)
    return Draft(table, dict(zip(names, values, strict=True)), columns, came)
