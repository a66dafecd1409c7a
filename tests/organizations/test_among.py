"""A condition on a long list finds what a condition on its members finds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jinwei.ledgers.models import Dues
from jinwei.members.models import Member
from jinwei.organizations.models import Organization

pytestmark = pytest.mark.django_db

DAY = dt.date(1990, 1, 31)


@pytest.fixture
def rows(db: None) -> None:
    Organization.objects.create(code="A", name="甲党委", kind="committee")
    for code, born in (("M1", DAY), ("M'2", None), ("党3", dt.date(1991, 1, 1))):
        Member.objects.create(code=code, organization_id="A", status="full", birth_on=born)
        Dues.objects.create(member_id=code, organization_id="A", month="2026-01", paid=len(code))


@pytest.mark.parametrize(
    "values", [[], ["M1"], {"党3", "M'2", "?"}, [f"M{n}" for n in range(5000)]]
)
def test_texts(rows: None, values: Any) -> None:
    assert _codes(code__among=values) == _codes(code__in=list(values))


def test_days_numbers_and_references(rows: None) -> None:
    assert _codes(birth_on__among=["1990-01-31", "2000-01-01"]) == {"M1"}
    assert _codes(birth_on__among=[DAY]) == {"M1"}
    numbers = list(Member.objects.values_list("pk", flat=True))
    assert Member.objects.filter(pk__among=numbers[:2]).count() == 2
    for name in ("member__among", "member_id__among", "member__code__among"):
        assert Dues.objects.get(**{name: ["M1", "M9"]}).member_id == "M1"
    assert Dues.objects.filter(paid__among=["2"]).count() == 2


def _codes(**conditions: Any) -> set[str]:
    return set(Member.objects.filter(**conditions).values_list("code", flat=True))
