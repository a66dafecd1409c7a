"""Accounts, their roles, invitations, and failed attempts to sign in."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jinwei.members.models import Member
from jinwei.organizations.fields import Line
from jinwei.organizations.models import Organization

from .acts import RoleName


def normal_name(typed: str) -> str:
    """A name as it is kept: whether typed in full width or half width, it is the same one."""
    return unicodedata.normalize("NFKC", typed).strip()


class Accounts(BaseUserManager["Account"]):
    """Accounts by the name people sign in with."""

    def create_account(self, name: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(name=normal_name(name), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in; ``member`` is that person on the roster, if there.

    ``locked_at``: somebody above locked it; no password helps until it is unlocked. Sessions begun
    before ``sessions`` was raised hold no longer. The rest is how this person likes the pages.
    """

    name = models.CharField(max_length=150, unique=True)
    shown_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    member = models.ForeignKey(
        Member, models.SET_NULL, to_field="code", related_name="accounts", null=True, blank=True
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    locked_at = models.DateTimeField(null=True, blank=True)
    sessions = models.PositiveIntegerField(default=0)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=16, blank=True)
    large_type = models.BooleanField(default=False)
    keys = models.BooleanField(default=False)

    objects = Accounts()
    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(member__isnull=False),
                name="account_one_a_member",
            ),
        )

    def __str__(self) -> str:
        return self.shown_name or self.name

    @property
    def is_open(self) -> bool:
        """Whether the right password helps."""
        return self.is_active and self.locked_at is None

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match: another password, or ``sessions`` raised, ends it."""
        said = f"{self.password} {self.sessions}"
        return salted_hmac("jinwei.session", said, secret=secret, algorithm="sha256").hexdigest()


class Role(models.Model):
    """A role of an account over an organization and all below it, from when to when.

    With a purpose the role is that of a superior for this purpose only: it reaches the
    organizations that name ``organization`` as their superior for it, and gives no more than
    looking (:data:`jinwei.accounts.acts.BY_PURPOSE`).
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    organization = models.ForeignKey(
        Organization, models.PROTECT, to_field="code", related_name="roles"
    )
    purpose = Line(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        Account, models.SET_NULL, related_name="roles_given", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")),
                name="role_to_on_not_before_from_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.organization_id}"


class Token(models.Model):
    """Permission to choose a password once: an invitation, or a reset.

    Only a digest of the secret is kept; the secret itself is shown once or sent by mail.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    purpose = models.CharField(
        max_length=12, choices=[("invitation", "invitation"), ("reset", "reset")]
    )
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        Account, models.SET_NULL, related_name="tokens_made", null=True, blank=True
    )
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.account}"


class Attempt(models.Model):
    """Wrong passwords of late for one name from one address, whether the name exists or not.

    The name is kept as a digest: people type their passwords into the wrong field.
    """

    name = models.CharField(max_length=64)
    address = models.GenericIPAddressField()
    failures = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "address"], name="attempt_once"),)
        indexes = (models.Index(fields=["address"], name="attempt_address"),)

    def __str__(self) -> str:
        return f"{self.address} {self.failures}"
