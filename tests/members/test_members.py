"""Members: what is guarded, what must hold."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from jinwei.members.models import Member, Membership
from jinwei.organizations.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    branch = Organization.objects.create(code="A", name="A", kind="branch")
    return Member.objects.create(code="M", organization=branch, status="full")


def test_a_code_stands_for_one_member(member: Member) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        Member.objects.create(code="M", organization=member.organization, status="full")


def test_a_member_with_a_history_is_not_deleted(member: Member) -> None:
    Membership.objects.create(member=member, organization=member.organization)
    with pytest.raises(ProtectedError):
        member.delete()


def test_an_organization_with_members_is_not_deleted(member: Member) -> None:
    with pytest.raises(ProtectedError):
        member.organization.delete()


def test_nobody_joins_after_leaving(member: Member) -> None:
    member.joined_on, member.left_on = "2025-02-01", "2025-01-01"
    with pytest.raises(IntegrityError, match="left_on_not_before_joined_on"):
        member.save()
