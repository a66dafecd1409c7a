"""``jinwei init``, ``invite`` and ``reset-password``: the first who may enter, and who comes after.

Whatever is not said by an option is asked for, where somebody sits at the terminal.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from getpass import getpass
from typing import TYPE_CHECKING, Final

from jinwei.config import env
from jinwei.engine.catalogue import ORGANIZATION_KINDS

from .common import BadInput, say_bad
from .house import installation, refuse_unless_migrated
from .words import Words

if TYPE_CHECKING:
    from jinwei.accounts.models import Account
    from jinwei.organizations.models import Organization

PASSWORD: Final = "JINWEI_ADMIN_PASSWORD"
"""Names the first password where nobody sits at the terminal; it must be changed at once."""
_ROOT_KIND: Final = "work_committee"


def run_init(options: argparse.Namespace) -> int:
    """Make the root organization, where there is none, and the first administrator."""
    return _run(options, _init)


def run_invite(options: argparse.Namespace) -> int:
    """Make an account with a role and show the link where its owner chooses a password."""
    return _run(options, _invite)


def run_reset(options: argparse.Namespace) -> int:
    """Show a link by which somebody chooses another password."""
    return _run(options, _reset)


def _run(options: argparse.Namespace, command: Callable[[Words, argparse.Namespace], None]) -> int:
    say = Words(options.lang)
    try:
        with installation(say):
            refuse_unless_migrated(say)
            command(say, options)
    except BadInput as bad:
        return say_bad(str(bad))
    except EOFError:
        return say_bad(say("no_answer"))
    return 0


# --- the first administrator --------------------------------------------------------------------


def _init(say: Words, options: argparse.Namespace) -> None:
    from django.db import transaction
    from django.utils import timezone

    from jinwei.accounts.people import administrators

    first = administrators(timezone.localdate()).order_by("pk").first()
    if first is not None:
        raise BadInput(say("administrator_exists", name=first.name))
    with transaction.atomic():
        root = _root(say, options)
        account = _administrator(say, options, root)
        link = _first_password(say, options, account)
    print(say("administrator_made", name=account.name, organization=root.name))
    print(say("first_link", link=link) if link else say("sign_in_at", address=options.address))


def _root(say: Words, options: argparse.Namespace) -> Organization:
    """The organization that has none above it: the one there is, or a new one."""
    from jinwei.audit.actions import SYSTEM
    from jinwei.ledgers.tree_changes import found
    from jinwei.organizations.models import Organization

    if options.organization is not None:
        return _organization(say, options.organization)
    roots = list(Organization.objects.filter(withdrawn_at=None, parent=None).order_by("pk"))
    if len(roots) == 1:
        return roots[0]
    if roots:
        codes = say.comma.join(root.code for root in roots[:5])
        raise BadInput(say("several_roots", codes=codes))
    name = _ask(say, options.root_name, "ask_root_name", "--root-name")
    code = _ask(say, options.root_code, "ask_root_code", "--root-code")
    if options.root_kind not in ORGANIZATION_KINDS:
        raise BadInput(say("bad_kind", kinds=say.comma.join(ORGANIZATION_KINDS)))
    root = Organization(code=code, name=name, kind=options.root_kind)
    return found(root, by=SYSTEM)


def _administrator(say: Words, options: argparse.Namespace, root: Organization) -> Account:
    from jinwei.accounts.acts import RoleName
    from jinwei.accounts.models import Role
    from jinwei.accounts.people import give_role
    from jinwei.audit.actions import SYSTEM

    account = _new_account(say, options)
    account.set_unusable_password()
    account.save(force_insert=True)
    role = Role(account=account, role=RoleName.ADMINISTRATOR, organization=root)
    give_role(role, by=SYSTEM)
    return account


def _first_password(say: Words, options: argparse.Namespace, account: Account) -> str:
    """Let the password be chosen here, or give back the link where it can be."""
    from jinwei.accounts.tokens import TokenPurpose, make_token, set_password

    set_before = env.secret(PASSWORD)
    if options.link or (set_before is None and not sys.stdin.isatty()):
        return _link(options, TokenPurpose.INVITATION, make_token(account, TokenPurpose.INVITATION))
    password = set_before if set_before is not None else _typed(say)
    _refuse_weak(say, account, password)
    set_password(account, password)
    if set_before is not None:
        account.must_change_password = True
        account.save(update_fields=["must_change_password"])
    return ""


def _typed(say: Words) -> str:
    password = getpass(say("ask_password"))
    if getpass(say("ask_password_again")) != password:
        raise BadInput(say("passwords_differ"))
    return password


def _refuse_weak(say: Words, account: Account, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import translation

    with translation.override("en" if say.english else "zh-hans"):
        try:
            validate_password(password, account)
        except ValidationError as weak:
            raise BadInput(say("weak_password", why=" ".join(weak.messages))) from weak


# --- others -------------------------------------------------------------------------------------


def _invite(say: Words, options: argparse.Namespace) -> None:
    from django.db import transaction

    from jinwei.accounts.acts import RoleName
    from jinwei.accounts.models import Role
    from jinwei.accounts.people import invite
    from jinwei.accounts.tokens import TokenPurpose
    from jinwei.audit.actions import SYSTEM

    if options.role not in RoleName.values:
        raise BadInput(say("bad_role", roles=say.comma.join(RoleName.values)))
    place = _organization(say, options.organization)
    account = _new_account(say, options)
    account.member_id = _member(say, options.member)
    if options.role == RoleName.MEMBER and account.member_id is None:
        raise BadInput(say("member_wanted"))
    with transaction.atomic():
        secret = invite(account, Role(role=options.role, organization=place), by=SYSTEM)
    link = _link(options, TokenPurpose.INVITATION, secret)
    print(say("invited", name=account.name, link=link))


def _reset(say: Words, options: argparse.Namespace) -> None:
    from jinwei.accounts.models import Account, normal_name
    from jinwei.accounts.people import reset
    from jinwei.audit.actions import SYSTEM

    account = Account.objects.filter(name=normal_name(options.name)).first()
    if account is None:
        raise BadInput(say("unknown_account", name=options.name))
    if not account.is_active:
        raise BadInput(say("account_closed", name=account.name))
    chosen = account.has_usable_password()
    link = _link(options, *reset(account, by=SYSTEM))
    print(say("reset_link" if chosen else "first_link_again", name=account.name, link=link))


# --- shared -------------------------------------------------------------------------------------


def _new_account(say: Words, options: argparse.Namespace) -> Account:
    from jinwei.accounts.models import Account, normal_name

    name = normal_name(_ask(say, options.name, "ask_name", "NAME"))
    shown = _ask(say, options.shown_name, "ask_shown_name", "--shown-name")
    if Account.objects.filter(name=name).exists():
        raise BadInput(say("name_taken", name=name))
    return Account(name=name, shown_name=shown)


def _organization(say: Words, code: str) -> Organization:
    from jinwei.organizations.models import Organization

    found = Organization.objects.filter(withdrawn_at=None, code=code).first()
    if found is None:
        raise BadInput(say("unknown_organization", code=code))
    return found


def _member(say: Words, code: str | None) -> str | None:
    from jinwei.accounts.models import Account
    from jinwei.members.models import Member

    if code is None:
        return None
    if not Member.objects.filter(withdrawn_at=None, code=code).exists():
        raise BadInput(say("unknown_member", code=code))
    taken = Account.objects.filter(member_id=code).first()
    if taken is not None:
        raise BadInput(say("member_taken", code=code, name=taken.name))
    return code


def _ask(say: Words, given: str | None, question: str, option: str) -> str:
    """What an option says, or what somebody answers; without either the option is named."""
    if given is None and sys.stdin.isatty():
        given = input(say(question))
    if not given or not given.strip():
        raise BadInput(say("option_wanted", option=option))
    return given.strip()


def _link(options: argparse.Namespace, purpose: str, secret: str) -> str:
    from django.urls import reverse

    name = "signin:invitation" if purpose == "invitation" else "signin:reset"
    return f"{options.address.rstrip('/')}{reverse(name, args=[secret])}"
