"""Which rows of a book stand already: new, changed or the same; and what only the database knows.

A chunk of lines at a time, with a handful of queries for each table it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from jinwei.books import kinds as book_kinds
from jinwei.books.drafts import ASK, NOTE, Reading
from jinwei.engine.catalogue import TABLES
from jinwei.members.identity import digests
from jinwei.members.models import Member

from . import kinds
from .clashes import clashes
from .models import Outcome
from .rights import Rights
from .rows import Line, Row, links, musts, plain, references, rows_of, value_of
from .stored import Stored

_GUARDED: Final = "id_number"
_STOPPED: Final = (Outcome.FAULT, Outcome.ASKED)


class Matcher:
    """Goes over the lines of one batch in order; made anew for each pass.

    What a line refers to comes before it. A line may come twice, and is the same then.
    """

    def __init__(self, rights: Rights) -> None:
        self.rights = rights
        self._codes: dict[tuple[str, str], str] = {}
        """The code that a row has in truth, for one that was made up."""
        self._seen: dict[int, tuple[int, int, str | None]] = {}
        """Keys gone past, as digests: the line, a digest of what it said, and its code."""
        self._met: dict[tuple[str, int], int] = {}
        """Stored rows gone past, by table and number: the line."""
        self._new: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
        """Codes of rows that come, by table, with the organization of each."""

    def match(self, readings: Sequence[Reading]) -> list[Line]:
        """What becomes of each line, were it written now."""
        lines = [Line(r, rows_of(r) if _good(r) else []) for r in readings]
        by_table: defaultdict[str, list[Row]] = defaultdict(list)
        for line in lines:
            for row in line.rows:
                by_table[row.table].append(row)
        stored = Stored(self._new)
        for table in TABLES:
            for rows in _waves(by_table[table]):
                self._table(table, rows, stored)
        for line in lines:
            line.outcome = _outcome(line)
        self._take_back(lines)
        return lines

    def _take_back(self, lines: list[Line]) -> None:
        """A line comes as a whole or not at all, and so does what refers to it."""
        bad = [line for line in lines if line.outcome in _STOPPED]
        while bad:
            gone = {(r.table, r.code) for line in bad for r in line.rows if r.code and not r.stored}
            for table, code in gone:
                self._new[table].pop(str(code), None)
            bad = []
            for line in lines if gone else ():
                if line.outcome not in _STOPPED and _hangs_on(line, gone):
                    line.outcome = _outcome(line)
                    bad.append(line)

    # --- a table --------------------------------------------------------------------------------

    def _table(self, table: str, rows: list[Row], stored: Stored) -> None:
        for row in rows:
            self._resolve(row)
            self._compare_with_lines(row)
        fresh = [row for row in rows if not row.troubles]
        found = stored.rows(table, fresh)
        for row, one in zip(fresh, found, strict=True):
            row.stored = one
            self._name(row, stored)
            self._compare_with_stored(row)
        stored.know(table, fresh)
        for row in fresh:
            self._judge(row, stored)
        clashes(table, [row for row in fresh if not row.troubles], stored, self.rights)
        for row in fresh:
            if row.stored is None and not row.troubles and row.code:
                self._new[table][row.code] = stored.home(row)

    def _resolve(self, row: Row) -> None:
        """References to rows that the book calls otherwise than the product."""
        for name, to in references(row.table):
            code = row.values.get(name)
            while (to, code) in self._codes:
                code = self._codes[to, str(code)]
                row.refer(name, code)

    def _compare_with_lines(self, row: Row) -> None:
        """Whether a line further up says the same row."""
        key, said = _digest_of(row), hash(frozenset(_said(row).items()))
        line, before, code = self._seen.setdefault(key, (row.line, said, row.code))
        if line == row.line:
            return
        if said != before:
            shown = " ".join(str(value) for value in row.key if value is not None)
            row.trouble(book_kinds.CONTRADICTS_ROW, row=line, key=shown)
            return
        row.outcome = Outcome.REPEATED
        row.trouble(book_kinds.REPEATED, weight=NOTE, row=line)
        if row.code and code and code != row.code:
            self._codes[row.table, row.code] = code

    def _compare_with_stored(self, row: Row) -> None:
        """Whether a line further up is the same stored row, though it is called otherwise there:
        by its code on one line, by the identity number on the other.
        """
        if row.stored is None:
            return
        line = self._met.setdefault((row.table, row.stored.pk), row.line)
        if line != row.line:
            column = row.facts.key if row.said else _GUARDED
            row.trouble(book_kinds.CONTRADICTS_ROW, column, row=line, key=row.stored.row_id)

    def _name(self, row: Row, stored: Stored) -> None:
        """The code that a row has, or will have where the one made up is taken."""
        made_up, key = row.code, row.facts.key
        if key is None or made_up is None or row.said:
            return
        code = stored.free(row) if row.stored is None else row.stored.row_id
        if code != made_up:
            self._codes[row.table, made_up] = code
            row.values[key] = code

    # --- a row ----------------------------------------------------------------------------------

    def _judge(self, row: Row, stored: Stored) -> None:
        one = row.stored
        if one is not None and one.withdrawn_at is not None:
            row.trouble(kinds.ROW_WITHDRAWN, row.facts.key, found=one.row_id)
            return
        self._look_up(row, stored)
        if not row.troubles:
            self._permit(row, stored)
        if row.troubles:
            return
        if one is None:
            for name in musts(row.table):
                if plain(row.values.get(name)) is None:
                    row.trouble(book_kinds.MISSING, name)
            return
        row.differing = differing(row)
        row.outcome = Outcome.CHANGED if row.differing else Outcome.SAME

    def _look_up(self, row: Row, stored: Stored) -> None:
        """Whatever it refers to must stand, or come with it."""
        for name, to in links(row.table):
            code = row.values.get(name)
            if code is not None and not stored.knows(to, str(code)):
                row.trouble(kinds.REFERENCE_UNKNOWN, name, found=code)

    def _permit(self, row: Row, stored: Stored) -> None:
        """Both where it stands and where it will stand must be open to the account."""
        if row.stored is not None and not self.rights.may(row.table, stored.home_of(row.stored)):
            _refuse_unseen(row)
            return
        new = row.table == "organization" and row.stored is None
        home = self._superior(row) if new else stored.home(row)
        if not self.rights.may(row.table, home):
            row.trouble(kinds.NOT_YOURS, "parent" if new else "organization", organization=home)

    def _superior(self, row: Row) -> str | None:
        superior = row.values.get("parent")
        if row.code:
            self.rights.coming[row.code] = None if superior is None else str(superior)
        return None if superior is None else str(superior)


def _hangs_on(line: Line, gone: set[tuple[str, str]]) -> bool:
    """Whether a line refers to a row that does not come; it is told so."""
    for row in line.rows:
        for name, to in references(row.table):
            if (to, row.values.get(name)) in gone:
                row.trouble(kinds.REFERENCE_UNKNOWN, name, found=row.values[name])
                return True
    return False


def _waves(rows: list[Row]) -> Iterator[list[Row]]:
    """Organizations from above downwards: what a row is called may hang on its superior."""
    while rows:
        codes = {row.code for row in rows} if rows[0].table == "organization" else set()
        now = [row for row in rows if row.values.get("parent") not in codes]
        now = now or rows  # a cycle, which reading has told
        yield now
        done = set(map(id, now))
        rows = [row for row in rows if id(row) not in done]


def _refuse_unseen(row: Row) -> None:
    """The row is somebody else's: it is not said whose."""
    if row.code and row.said:
        row.trouble(kinds.CODE_TAKEN, row.facts.key, found=row.code)
    elif row.values.get(_GUARDED):
        row.trouble(kinds.ID_ELSEWHERE, _GUARDED)
    else:
        row.trouble(kinds.NOT_YOURS, "organization", organization=row.values.get("organization"))


def differing(row: Row) -> frozenset[str]:
    """The columns that the book mentions and that say something else than the stored row."""
    stored, found = row.stored, set()
    assert stored is not None
    for name, value in row.values.items():
        if name == row.facts.key:
            continue
        if name == _GUARDED:
            assert isinstance(stored, Member)
            if value and stored.id_number_digest not in digests(str(value)):
                found.add(name)
        elif plain(value) != value_of(stored, name):
            found.add(name)
    return frozenset(found)


def _good(reading: Reading) -> bool:
    return reading.sort == "row" and not reading.stopped


def _digest_of(row: Row) -> int:
    """By what a row is known again among the lines of a book."""
    if row.code and row.said:
        return hash((row.table, row.code))
    number = row.values.get(_GUARDED)
    return hash((row.table, "id", number) if number else (row.table, *row.key))


def _said(row: Row) -> dict[str, object]:
    """What a row says; a code made up for it is not what it says."""
    skipped = None if row.said else row.facts.key
    return {name: str(value) for name, value in row.values.items() if name != skipped}


def _outcome(line: Line) -> Outcome:
    reading = line.reading
    if reading.sort != "row":
        return Outcome.SKIPPED
    troubles = line.troubles
    weights = {t.weight for t in troubles if t.weight != NOTE} if troubles else None
    if weights:
        return Outcome.ASKED if weights == {ASK} else Outcome.FAULT
    if not line.rows:
        return Outcome.SKIPPED if reading.repeats is None else Outcome.REPEATED
    if len(line.rows) == 1:
        return line.rows[0].outcome
    found = {row.outcome for row in line.rows}
    for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME):
        if outcome in found:
            return outcome
    return Outcome.REPEATED
