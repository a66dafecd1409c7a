"""Every route keeps what its guard promises: to strangers, to each role, here and elsewhere.

A new route is walked by itself. A new parameter needs a line in ``VALUES``; a view that narrows
further than its guard needs a line in ``NARROWER`` with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from openpyxl import Workbook

from jinwei.accounts.access import Access
from jinwei.accounts.acts import RoleName
from jinwei.accounts.models import Account
from jinwei.accounts.tokens import TokenPurpose, make_token
from jinwei.imports.opening import begin_pasted
from jinwei.imports.work import work_now
from jinwei.ledgers.filled.mapping import Mapping
from jinwei.ledgers.models import Attachment, Draft, Submission, Template
from jinwei.members.models import Objection
from jinwei.organizations.models import Superior
from jinwei.standings.models import Adoption
from jinwei.web.guard import Guard

from .conftest import BRANCH, COMMITTEE, OTHER, TODAY

AccountOf = Callable[[str], Account]


# --- routes -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Route:
    """One address of the product: its name, its parameters in order, its view."""

    name: str
    parameters: tuple[str, ...]
    view: Callable[..., HttpResponseBase]

    @property
    def noun(self) -> str:
        return self.name.partition(":")[0]

    @property
    def guard(self) -> Guard:
        found = guards(self.view)
        assert len(found) == 1, f"the view of {self.name} wears {len(found)} guards, not one"
        return found[0]


def guards(view: Any) -> list[Guard]:
    """The different guards of a view and of everything it wraps."""
    found: list[Guard] = []
    while view is not None:
        guard = vars(view).get("guard")
        if guard is not None and not any(guard is known for known in found):
            found.append(guard)
        view = getattr(view, "__wrapped__", None)
    return found


def routes() -> list[Route]:
    return sorted(_below(get_resolver(), "", ()), key=lambda route: route.name)


def _below(resolver: Any, space: str, above: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        own = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, pattern.namespace or space, own)
        elif isinstance(pattern, URLPattern):
            name = f"{space}:{pattern.name}" if space else str(pattern.name)
            yield Route(name, own, pattern.callback)


# --- real values for the parameters -------------------------------------------------------------


@dataclass(frozen=True)
class Things:
    """What the addresses name, in the branch of the secretary."""

    adoption: Adoption
    account: AccountOf

    def paper(self) -> str:
        made = Attachment.objects.create(
            table="meeting",
            row_id="H1",
            organization=BRANCH,
            name="签到表.pdf",
            content_type="application/pdf",
            bytes=1,
            sha256="0" * 64,
        )
        default_storage.save(made.path, ContentFile(b"%"))
        return str(made.uuid)

    def template(self) -> str:
        book = Workbook()
        book.active.append(["序号", "日期", "议题"])
        file = BytesIO()
        book.save(file)
        made = Template.objects.create(
            organization_id=BRANCH,
            name="会议统计表",
            source="book-meetings",
            mapping=Mapping("Sheet", 2, 1, {"B": "日期"}).kept(),
            bytes=1,
            sha256="0" * 64,
        )
        default_storage.save(made.path, ContentFile(file.getvalue()))
        return str(made.uuid)

    def objection(self) -> int:
        made = Objection.objects.create(
            member_id="P2",
            organization_id=BRANCH,
            table="dues",
            row="dues-1",
            line="2026-01",
            text="已经交了",
            due_on=TODAY,
        )
        return int(made.pk)

    def draft(self) -> str:
        made = Draft.objects.create(
            account=self.account("secretary"),
            organization_id=BRANCH,
            form="meeting",
            values={},
            saved_at=dt.datetime.now(dt.UTC),
        )
        return str(made.token)

    def submission(self) -> int:
        made = Submission.objects.create(
            key=uuid.uuid4().hex,
            account=self.account("secretary"),
            organization_id=BRANCH,
            saved_at=dt.datetime.now(dt.UTC),
        )
        return int(made.pk)

    def batch(self) -> str:
        access = Access(self.account("secretary"), TODAY)
        cells = "会议类型\t召开日期\t会议主题\n党课\t2026-05-20\t学习"
        made = begin_pasted(access, BRANCH, "粘贴的内容", cells)
        work_now(made)
        return str(made.uuid)

    def lent(self) -> str:
        made = Superior.objects.create(organization_id=BRANCH, parent_id="CZ", purpose="双创")
        return made.row_id

    def account_below(self) -> int:
        return int(self.account("member").pk)

    def role_below(self) -> int:
        return int(self.account("member").roles.get().pk)

    def link(self) -> str:
        return make_token(self.account("member"), TokenPurpose.RESET)


VALUES: dict[str, Callable[[Things], Any]] = {
    "account_id": Things.account_below,
    "adoption": lambda things: things.adoption.pk,
    "code": lambda things: "P3",
    "form": lambda things: "csv",
    "batch": Things.batch,
    "id": lambda things: "L02",
    "line": lambda things: 2,
    "number": Things.objection,
    "paper": Things.paper,
    "role": lambda things: "secretary",
    "role_id": Things.role_below,
    "row_id": lambda things: "H1",
    "standard": lambda things: things.adoption.edition.standard,
    "submission": Things.submission,
    "template": Things.template,
    "token": Things.link,
    "version": lambda things: things.adoption.edition.version,
    "what": lambda things: "suspended",
    "entry:token": Things.draft,
    "sheets:book": lambda things: "meetings",
    "ledgers:name": lambda things: "meeting",
    "organization:row": Things.lent,
    "overview:name": lambda things: "attention",
}
"""By name, or by noun and name where nouns differ; ``org`` is the walk's own."""

OF_THE_BRANCH = {"batch", "code", "number", "row_id", "submission", "template", "organization:row"}
"""Parameters that name something of one branch; below another organization it is not found."""

ABOVE_BRANCHES = {"organization:new"}
"""Routes for organizations that others stand below; the walk asks them of the committee."""

_ONLY_PERSON = "what somebody began or saved is for that person alone"
_OWN = "the own record: only of whoever is on the roster"
_JUDGES = "judges write judgements; the walk asks of a meeting"
NARROWER: dict[str, str] = {
    "imports:act": _ONLY_PERSON,
    "imports:answers": _ONLY_PERSON,
    "imports:batch": _ONLY_PERSON,
    "imports:columns": _ONLY_PERSON,
    "imports:line": _ONLY_PERSON,
    "imports:marked": _ONLY_PERSON,
    "imports:moves": _ONLY_PERSON,
    "imports:repair": _ONLY_PERSON,
    "entry:undo": _ONLY_PERSON,
    "ledgers:attach": _JUDGES,
    "ledgers:correct": _JUDGES,
    "ledgers:detach": _JUDGES,
    "ledgers:new": _JUDGES,
    "ledgers:restore": _JUDGES,
    "ledgers:undo": _ONLY_PERSON,
    "ledgers:withdraw": _JUDGES,
    "record:contest": _OWN,
    "record:export": _OWN,
    "record:objection": _OWN,
    "record:record": _OWN,
    "record:to_superior": _OWN,
    "record:unmask": _OWN,
    "signin:demo": "only where there is a demo",
}
"""Views that refuse some whom their guard lets in, and why."""


def values(route: Route, things: Things, org: str | None) -> dict[str, Any]:
    found = {}
    for name in route.parameters:
        if name == "org":
            found[name] = org
            continue
        make = VALUES.get(f"{route.noun}:{name}") or VALUES.get(name)
        assert make is not None, (
            f"the walk does not know a value for “{name}” of {route.name}: add it to VALUES in"
            " tests/web/test_routes.py"
        )
        found[name] = make(things)
    return found


@pytest.fixture
def things(house: Adoption, account: AccountOf, settings: Any, tmp_path: Path) -> Things:
    settings.MEDIA_ROOT = tmp_path
    for role in RoleName.values:
        account(role)
    return Things(house, account)


# --- the walk -----------------------------------------------------------------------------------


def close(given: HttpResponseBase) -> None:
    """Close what an answer has open, but not the connection that the test is in."""
    request_finished.disconnect(close_old_connections)
    given.close()
    request_finished.connect(close_old_connections)


def answer(client: Client, address: str, **headers: str) -> HttpResponseBase:
    """The answer to GET, or to an empty POST where GET is refused; nothing of it stays."""
    kept = deepcopy(client.cookies)
    with transaction.atomic():
        given: HttpResponseBase = client.get(address, headers=headers)
        if given.status_code == 405:
            given = client.post(address, headers=headers)
        if given.streaming:
            close(given)
        transaction.set_rollback(True)
    client.cookies = kept
    return given


def promised(route: Route, access: Access, org: str | None) -> int:
    """What the guard promises somebody: 200 (let in), 403 or 404."""
    acts = route.guard.acts
    if not acts:
        return 200
    if "org" not in route.parameters:
        return 200 if any(access.may(act) for act in acts) else 403
    assert org is not None
    if not access.organizations().filter(code=org).exists():
        return 404
    if not any(access.may(act, org) for act in acts):
        return 403
    return 404 if org == OTHER and of_the_branch(route) else 200


def of_the_branch(route: Route) -> bool:
    """Whether the address names something that is in the branch and nowhere else."""
    named = {f"{route.noun}:{name}" for name in route.parameters} | set(route.parameters)
    return bool(named & OF_THE_BRANCH)


def places(route: Route) -> tuple[str | None, ...]:
    """Where to ask for a route: in the secretary's branch and in one of another committee."""
    if "org" not in route.parameters:
        return (None,)
    return (COMMITTEE if route.name in ABOVE_BRANCHES else BRANCH, OTHER)


def wrong(route: Route, status: int, promise: int) -> bool:
    """Whether an answer breaks the promise."""
    if status >= 500:
        return True
    if route.name in NARROWER and promise != 403:
        return promise == 404 and status not in (403, 404)
    return status != promise if promise != 200 else status in (403, 404)


# --- what stands on every answer ----------------------------------------------------------------

_INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:", re.I
)


def headers_wrong(given: HttpResponseBase) -> list[str]:
    policy = given.headers.get("Content-Security-Policy", "")
    found = []
    if "default-src 'none'" not in policy or "unsafe" in policy:
        found.append(f"policy: {policy!r}")
    for name, value in {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }.items():
        if given.headers.get(name) != value:
            found.append(f"{name}: {given.headers.get(name)!r}")
    if "no-store" not in given.headers.get("Cache-Control", ""):
        found.append("a cache may keep it")
    if given.headers.get("Content-Type", "").startswith("text/html") and not given.streaming:
        page = given.content.decode()  # type: ignore[attr-defined]
        found += [f"inline: {match.group()}" for match in _INLINE.finditer(page)]
    return found


# --- tests ------------------------------------------------------------------------------------


def test_every_view_wears_exactly_one_guard() -> None:
    found = {route.name: len(guards(route.view)) for route in routes()}
    assert {name: count for name, count in found.items() if count != 1} == {}


def test_the_tables_of_the_walk_hold_nothing_that_is_gone() -> None:
    found = routes()
    names = {route.name for route in found}
    assert set(NARROWER) | ABOVE_BRANCHES <= names
    parameters = {p for r in found for p in r.parameters}
    spaced = {f"{r.noun}:{p}" for r in found for p in r.parameters}
    assert set(VALUES) <= parameters | spaced


@pytest.mark.parametrize("role", RoleName.values)
def test_each_role_gets_what_the_guards_promise(
    role: str, things: Things, client_as: Callable[[str], Client]
) -> None:
    """And no answer lets script or style of others in."""
    client, access = client_as(role), Access(things.account(role), TODAY)
    broken = [f"404: {fault}" for fault in headers_wrong(client.get("/nowhere/"))]
    for route in routes():
        for org in places(route):
            with transaction.atomic():
                address = reverse(route.name, kwargs=values(route, things, org))
                given = answer(client, address)
                transaction.set_rollback(True)
            status, promise = given.status_code, promised(route, access, org)
            if wrong(route, status, promise):
                broken.append(f"{route.name} {address}: {status}, promised {promise}")
            broken += [f"{route.name} {address}: {fault}" for fault in headers_wrong(given)]
    assert broken == [], "\n".join(broken)


def test_strangers_are_led_to_sign_in(things: Things, client: Client) -> None:
    """And no answer to them lets script or style of others in."""
    broken = [f"404: {fault}" for fault in headers_wrong(client.get("/nowhere/"))]
    for route in routes():
        for org in places(route):
            with transaction.atomic():
                address = reverse(route.name, kwargs=values(route, things, org))
                given = answer(client, address)
                to_sign_in = given.status_code == 302 and given.headers["Location"].startswith(
                    f"{reverse('signin:sign_in')}?next="
                )
                swapped = answer(client, address, **{"HX-Request": "true"})
                transaction.set_rollback(True)
            whole = swapped.headers.get("HX-Redirect", "").startswith(reverse("signin:sign_in"))
            if (to_sign_in, whole) != (route.guard.signed_in,) * 2 or given.status_code >= 500:
                broken.append(f"{route.name} {address}: {given.status_code}")
            broken += [f"{route.name} {address}: {fault}" for fault in headers_wrong(given)]
    assert broken == [], "\n".join(broken)
