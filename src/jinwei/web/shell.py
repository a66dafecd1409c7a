"""What the frame of every page shows: who is there, where, and which screens there are for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jinwei.accounts.access import Access
from jinwei.accounts.acts import ACTS, Act, RoleName
from jinwei.organizations.models import Organization
from jinwei.web.addresses import address

from .home import BRANCHES

TYPE_COOKIE: Final = "jinwei_type"
"""Holds ``large`` for whoever likes large type, so that the sign-in page obeys."""

_TABS = 5
_WITHIN: Final = {"sheets": "ledgers"}
"""Screens that are reached through an entry of another noun."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation. ``count``: things that wait for this person there."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int = 0
    apart: bool = False
    plus: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The organization that is the scope of the page; ``url`` leads to the choice of another."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page; strangers have none of it but the size of type."""

    home: str
    large: bool
    keys: bool = False
    account: str = ""
    role: str = ""
    entries: tuple[Entry, ...] = ()
    tabs: tuple[Entry, ...] = ()
    personal: tuple[Entry, ...] = ()
    place: Place | None = None
    record: str = ""
    search: str = ""
    sign_out: str = ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The frame, for every template; asks the database at most once."""
    access: Access | None = getattr(request, "access", None)
    if access is None:
        return {"shell": stranger(request)}
    return {"shell": _Frame(request, access).shell(stranger(request))}


def stranger(request: HttpRequest) -> Shell:
    """The frame for somebody who is not signed in, and where nothing can be asked."""
    return Shell(home="/", large=request.COOKIES.get(TYPE_COOKIE) == "large")


class _Frame:
    def __init__(self, request: HttpRequest, access: Access) -> None:
        self.request = request
        self.access = access
        self.home = access.home()
        self.place: Organization | None = getattr(request, "organization", None) or self.home
        match = request.resolver_match
        here = match.namespace if match else ""
        self.here = _WITHIN.get(here, here)

    def shell(self, plain: Shell) -> Shell:
        account = self.access.account
        entries = tuple(self._entries())
        record = self._record()
        return Shell(
            home=plain.home,
            large=account.large_type,
            keys=account.keys,
            account=str(account),
            role=str(RoleName(self.access.roles[0].role).label) if self.access.roles else "",
            entries=entries,
            tabs=_tabs(entries, record, self.here == "entry"),
            personal=tuple(self._personal()),
            place=self._place(),
            record=record,
            search=address("search:results") if self.home else "",
            sign_out=address("signin:sign_out"),
        )

    def _place(self) -> Place | None:
        if self.place is None:
            return None
        return Place(self.place.code, self.place.name, address("organization:list"))

    def _record(self) -> str:
        """Where to enter a meeting of the place; empty where that is not allowed."""
        if self.place is None or self.place.kind not in BRANCHES or not self._may_record():
            return ""
        return address("entry:meeting", self.place.code)

    def _may_record(self) -> bool:
        assert self.place is not None
        code = self.place.code
        if any(Act.RECORD in ACTS[role] for role in self._own(code)):
            return True
        return self.access.may(Act.RECORD) and self.access.may(Act.RECORD, code)

    def _own(self, code: str) -> frozenset[str]:
        """The roles held in this very organization, those for one purpose left out."""
        held = self.access.roles
        return frozenset(r.role for r in held if r.organization_id == code and not r.purpose)

    # --- navigation -----------------------------------------------------------------------------

    def _entries(self) -> Iterator[Entry]:
        if self.home is not None:
            yield from self._screens(self.home)
        if self.access.member is not None:
            own = self._entry(_("我的记录"), "person", "record:record")
            yield from (replace(entry, apart=self.home is not None) for entry in own)

    def _screens(self, home: Organization) -> Iterator[Entry]:
        """The screens of what somebody may do; those of a place are for the one of the page."""
        may = self.access.may
        if not self._audits_only():
            yield from self._screens_of_place(home)
        if may(Act.ADOPT):
            yield from self._entry(pgettext("screen", "标准"), "flag", "standards:library")
        if may(Act.ADOPT) or (may(Act.ACCOUNTS) and home.kind not in BRANCHES):
            yield from self._entry(_("设置"), "gear", "settings:settings")
        if may(Act.AUDIT):
            yield from self._entry(_("审计"), "shield", "audit:entries")

    def _screens_of_place(self, home: Organization) -> Iterator[Entry]:
        place = (self.place or home).code
        if home.kind in BRANCHES:
            yield from self._entry(_("工作台"), "home", "workbench:workbench", place, key="g w")
            own = _("本支部") if self._own(home.code) else _("党组织")
            yield from self._entry(own, "tree", "organization:standing", place)
        else:
            above = home if self.place is None or self.place.kind in BRANCHES else self.place
            yield from self._entry(
                _("总览"), "overview", "overview:overview", above.code, key="g w"
            )
            yield from self._entry(_("党组织"), "tree", "organization:standing", place)
        yield from self._entry(_("台账"), "ledger", "ledgers:tables", place)
        if self.access.may(Act.MEMBERS):
            yield from self._entry(_("党员"), "people", "members:roster", place)

    def _audits_only(self) -> bool:
        return all(role.role == RoleName.AUDITOR for role in self.access.roles)

    def _personal(self) -> Iterator[Entry]:
        yield from self._entry(_("我的设置"), "gear", "settings:settings")

    def _entry(
        self, label: str, icon: str, name: str, *args: str, key: str = ""
    ) -> Iterator[Entry]:
        """The entry of a screen, if the installation has the screen."""
        url = address(name, *args)
        if url:
            noun = name.partition(":")[0]
            waiting: dict[str, Any] = getattr(self.request, "waiting", {})
            yield Entry(label, url, icon, self.here == noun, waiting.get(noun, 0), key=key)


def _tabs(entries: tuple[Entry, ...], record: str, recording: bool) -> tuple[Entry, ...]:
    """Up to five entries at the foot of a phone, with recording in the middle."""
    if not record:
        return entries[:_TABS]
    plus = Entry(_("录入"), record, "plus", recording, plus=True)
    own = [entry for entry in entries if entry.apart][:1]
    others = [entry for entry in entries if not entry.apart][: _TABS - 1 - len(own)]
    return (*others[:2], plus, *others[2:], *own)
