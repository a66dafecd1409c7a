"""Links by which somebody chooses a password once: an invitation, or a reset."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.utils import timezone

from jinwei.audit.actions import Actor, record

from .attempts import forgive
from .models import Account, Token


class TokenPurpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


VALID: Final = {
    TokenPurpose.INVITATION: dt.timedelta(days=7),
    TokenPurpose.RESET: dt.timedelta(days=1),
}
_BYTES: Final = 32


@transaction.atomic
def make_token(
    account: Account,
    purpose: TokenPurpose,
    made_by: Account | None = None,
    *,
    replacing: bool = True,
) -> str:
    """A secret for a link; it is not kept here.

    ``replacing``: links of the kind made before hold no longer. What strangers can ask for must
    not take a link away that somebody handed over.
    """
    if replacing:
        Token.objects.filter(account=account, purpose=purpose, used_at=None).delete()
    secret = secrets.token_urlsafe(_BYTES)
    Token.objects.create(
        account=account,
        purpose=purpose,
        digest=_digest(secret),
        expires_at=timezone.now() + VALID[purpose],
        made_by=made_by,
    )
    return secret


def find_token(secret: str, purpose: TokenPurpose) -> Token | None:
    """The token of a link that still holds."""
    found = Token.objects.select_related("account").filter(
        digest=_digest(secret),
        purpose=purpose,
        used_at=None,
        expires_at__gt=timezone.now(),
        account__is_active=True,
    )
    return found.first()


@transaction.atomic
def use_token(token: Token, password: str) -> bool:
    """Give the account its new password; False where the link was used meanwhile."""
    unused = Token.objects.filter(pk=token.pk, used_at=None)
    if not unused.update(used_at=timezone.now()):
        return False
    account = token.account
    Token.objects.filter(account=account, used_at=None).delete()
    set_password(account, password)
    forgive(account.name)
    actor = Actor(account.pk, str(account))
    record(
        by=actor,
        act="password_chosen",
        table="account",
        row=account.name,
        member=account.member_id,
        reason=token.purpose,
    )
    return True


def set_password(account: Account, password: str) -> None:
    """A password of the own choice; every session of the account ends."""
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
