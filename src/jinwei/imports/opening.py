"""Taking a file in: sealed as it comes, opened apart, and kept as lines."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jinwei.accounts.access import Access
from jinwei.books import reading
from jinwei.books.files import open_book, pasted_book
from jinwei.books.grid import Book
from jinwei.books.plan import Plan
from jinwei.members.identity import seal_bytes, unseal_bytes

from .leases import Lease
from .models import Batch, Piece, State
from .plans import recalled
from .rights import IMPORTING
from .store import grid_of, put_book

_PIECE: Final = 1024 * 1024
_SHEETS: Final = 20
"""So many sheets are looked at for a table."""


@transaction.atomic
def begin(access: Access, organization: str, name: str, parts: Iterable[bytes]) -> Batch:
    """A batch for an uploaded file, which waits to be opened.

    ``parts``: the file, in parts of any size. Raises PermissionDenied where the account may bring
    nothing into the organization.
    """
    if not any(access.may(act, organization) for act in IMPORTING):
        raise PermissionDenied(organization)
    batch = Batch.objects.create(
        account=access.account.pk,
        account_name=str(access.account),
        organization=organization,
        file_name=name[-200:],
        bytes=0,
        sha256="",
    )
    digest, number = hashlib.sha256(), 0
    for number, part in enumerate(_in_pieces(parts)):
        digest.update(part)
        batch.bytes += len(part)
        Piece.objects.create(batch=batch, number=number, sealed=seal_bytes(part))
    batch.sha256 = digest.hexdigest()
    batch.save(update_fields=["bytes", "sha256"])
    return batch


def begin_pasted(access: Access, organization: str, name: str, text: str) -> Batch:
    """A batch of cells that were pasted; opened at once, it waits to be checked.

    Raises :class:`jinwei.books.files.NotOpened`, and what :func:`begin` does.
    """
    book = pasted_book(text)
    batch = begin(access, organization, name, [text.encode()])
    take_up(batch, book)
    return batch


def open_batch(batch: Batch, access: Access, lease: Lease) -> None:
    """Open the file of a batch and propose how it is read.

    The file lies in the clear only while it is opened, in a folder that nobody else reads. Raises
    :class:`jinwei.books.files.NotOpened`.
    """
    with tempfile.TemporaryDirectory(prefix="jinwei-") as folder:
        path, into = Path(folder, "file"), Path(folder, "lines")
        into.mkdir()
        with path.open("wb") as file:
            for piece in batch.pieces.iterator(4):
                file.write(unseal_bytes(piece.sealed))
        book = open_book(path, name=batch.file_name, into=into, on_progress=_Progress(batch, lease))
        path.unlink()
        take_up(batch, book)


def take_up(batch: Batch, book: Book) -> None:
    """Keep the lines of a book; where it has a table that is known, it waits to be checked."""
    put_book(batch, book)
    found = _proposed(batch)
    batch.sheet, plan = found if found else (0, None)
    batch.plan = plan.to_json() if plan else None
    batch.lines = batch.sheets[batch.sheet]["rows"] if batch.sheets else 0
    batch.state = State.CHECKING if plan else State.READY
    with transaction.atomic():
        batch.pieces.all().delete()
        batch.save(update_fields=["sheet", "plan", "lines", "state"])


def _proposed(batch: Batch) -> tuple[int, Plan] | None:
    """The sheet that most probably is meant, and how it is read: visible before hidden ones."""
    order = sorted(range(len(batch.sheets)), key=lambda at: bool(batch.sheets[at]["hidden"]))
    for at in order[:_SHEETS]:
        plan = reading.propose(grid_of(batch, at))
        if plan is not None:
            return at, recalled(batch, plan)
    return None


def _in_pieces(parts: Iterable[bytes]) -> Iterable[bytes]:
    for part in parts:
        for at in range(0, len(part), _PIECE):
            yield part[at : at + _PIECE]


class _Progress:
    """Says how many lines are read, and that the work goes on."""

    def __init__(self, batch: Batch, lease: Lease) -> None:
        self.batch, self.lease = batch, lease

    def __call__(self, rows: int) -> None:
        self.batch.done = rows
        self.batch.save(update_fields=["done"])
        self.lease.renew()
