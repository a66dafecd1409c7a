"""What was read for the check is written, as long as it would be read the same again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jinwei.accounts.access import Access
from jinwei.books import reading
from jinwei.books.drafts import SKIPPED, Draft, Reading, Trouble
from jinwei.imports.checking import check
from jinwei.imports.kept import keep, readings_from
from jinwei.imports.models import Chunk
from jinwei.imports.store import change_cell
from jinwei.ledgers.models import Dues
from jinwei.members.models import Member
from tests.imports.conftest import Begin, written
from tests.imports.test_writing import DUES

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines that are read, while they are."""
    lines: list[int] = []
    really = reading.Reader.readings

    def readings(self: reading.Reader, of: object) -> Iterator[Reading]:
        for each in really(self, of):  # type: ignore[arg-type]
            lines.append(each.number)
            yield each

    monkeypatch.setattr(reading.Reader, "readings", readings)
    return lines


def test_drafts_come_back_as_they_were() -> None:
    meeting = Draft("meeting", {"code": "1", "held_on": None}, {"code": 0}, (("M1", "present"),))
    dues = [Draft("dues", {"paid": n, "month": "2026-01"}, {"paid": 3}) for n in (1, 2)]
    good = [Reading(2, drafts=(meeting,)), Reading(3, drafts=tuple(dues))]
    bad = Reading(4, drafts=(meeting,), troubles=(Trouble("garbled", 1),))
    assert readings_from(keep([*good, bad])) == [*good, Reading(4, SKIPPED)]


def test_nothing_is_read_twice(begin: Begin, staff: Access, read: list[int]) -> None:
    batch = begin("dues", [*DUES, ["!", "B", "2026-02"]])
    check(batch, staff)
    read.clear()
    assert not bytes(Chunk.objects.get().readings).count(b"2026")
    batch = written(batch, staff)
    assert (read, Dues.objects.count()) == ([], 3)
    assert (batch.read_in, Chunk.objects.get().readings) == ("", None)


def test_another_world_is_read_anew(begin: Begin, staff: Access, read: list[int]) -> None:
    batch = begin("dues", DUES)
    check(batch, staff)
    read.clear()
    Member.objects.filter(code="M1").update(name="另一个")
    written(batch, staff)
    assert read == [1, 2, 3, 4] * (len(read) // 4)
    assert read
    assert Dues.objects.count() == 3


def test_another_cell_is_read_anew(begin: Begin, staff: Access, read: list[int]) -> None:
    batch = begin("dues", DUES)
    check(batch, staff)
    change_cell(batch, 2, DUES[0].index("paid"), 7)
    written(batch, staff)
    assert Dues.objects.filter(paid=7).exists()
