"""What an import would do is what it does, and nothing of looking stays."""

from __future__ import annotations

import datetime as dt

import pytest

from jinwei.accounts.access import Access
from jinwei.imports import effects as module
from jinwei.imports.checking import check
from jinwei.imports.effects import effects
from jinwei.ledgers.models import Meeting
from jinwei.norms import standard_path
from jinwei.standards.actions import install_edition
from jinwei.standings.actions import reckon
from jinwei.standings.models import Adoption
from tests.imports.conftest import TODAY, Begin, written
from tests.imports.test_undoing import dump
from tests.imports.test_writing import MEETING

pytestmark = pytest.mark.django_db


def test_scores_before_and_after(
    begin: Begin, staff: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = install_edition(standard_path("office-branch").read_text(encoding="utf-8"))
    adoption = Adoption.objects.create(
        edition=edition, organization_id="A", from_on=dt.date(2026, 1, 1), leading=True
    )
    reckon(adoption, as_of=TODAY)
    rows = [["B", "branch_meeting", f"2026-0{n}-10", "一", "M1 M2 M3"] for n in range(1, 6)]
    batch = begin("meeting", [MEETING, *rows])
    check(batch, staff)
    before = dump()
    told = effects(batch, staff)
    assert told is not None
    assert dump() == before
    move = told.of("B")
    assert move is not None
    written(batch, staff)
    assert Meeting.objects.count() == 5
    assert adoption.standings.get(subject="B").score == move.score
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    assert effects(batch, staff) is None
