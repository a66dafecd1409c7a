"""What is said after a save: which figures moved; and taking it back within half an hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.audit.actions import Actor
from jinwei.ledgers.changes import (
    Values,
    change_all,
    correct,
    restore,
    values_of,
    withdraw_all,
)
from jinwei.ledgers.models import Meeting
from jinwei.organizations.facts import FactModel
from jinwei.standings.told import IndicatorMove, Move, Told
from jinwei.web.guard import Request
from jinwei.web.phrases import sentences
from jinwei.web.templatetags.jinwei import STATES, points

HALF_AN_HOUR: Final = dt.timedelta(minutes=30)
_SALT: Final = "jinwei.web.ledgers.saved"
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class Undo:
    """How one row becomes again what it was: withdrawn (``before`` None and ``gone``), restored
    or written as before. ``attendance``: of a meeting, as it was.
    """

    row: FactModel
    before: Values | None = None
    attendance: tuple[tuple[str, str], ...] | None = None
    restore: bool = False


def say_saved(request: Request, told: Told, sentence: str, undo: Sequence[Undo] = ()) -> None:
    """The message after a save: the fact, what moved, and the way back."""
    org = request.organization.code
    said = sentences(sentence, *moved(told, org))
    if not undo:
        messages.success(request, said)
        return
    form = format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken"'
        ' value="{}"><input type="hidden" name="token" value="{}"><button class="link">{}'
        "</button></form>",
        reverse("ledgers:undo", args=(org,)),
        get_token(request),
        _token(request, undo),
        _("撤回"),
    )
    messages.success(request, format_html("{} {}", said, form))


def moved(told: Told, organization: str) -> Iterable[str]:
    """What became of the figures of an organization, in sentences."""
    move = told.of(organization)
    if move is not None:
        yield move_in_words(move)
    if told.queued:
        n = told.queued
        text = ngettext("另有 %(n)d 个得分随后更新。", "另有 %(n)d 个得分随后更新。", n)
        yield text % {"n": n}


def move_in_words(move: Move) -> str:
    """“L02、L04 已更新，得分 87.27 → 87.69。”"""
    ids = [one.indicator for one in move.indicators]
    names = _("、").join(ids[:_NAMED])
    if len(ids) > _NAMED:
        names = _("%(names)s等") % {"names": names}
    said = {"ids": names, "before": points(move.score_before), "now": points(move.score)}
    if move.score != move.score_before and ids:
        return _("%(ids)s 已更新，得分 %(before)s → %(now)s。") % said
    if move.score != move.score_before:
        return _("得分 %(before)s → %(now)s。") % said
    return _("%(ids)s 已更新，得分不变。") % said if ids else ""


def effects(told: Told, organization: str) -> list[str]:
    """What a write does to an organization, indicator by indicator and as a whole."""
    move = told.of(organization)
    if move is None:
        return []
    found = [said for one in move.indicators if (said := _effect(one))]
    for title, before, now in (
        (_("得分"), move.score_before, move.score),
        (_("年底可达"), move.potential_before, move.potential),
    ):
        if before != now:
            found.append(f"{title} {points(before)} → {points(now)}")
    return found


def _effect(one: IndicatorMove) -> str:
    """“L02 4.17 → 3.33”; where no points move, what becomes of its state."""
    if one.earned != one.earned_before:
        return f"{one.indicator} {points(one.earned_before)} → {points(one.earned)}"
    if one.state != one.state_before and one.state and one.state_before:
        return f"{one.indicator} {STATES[one.state_before]} → {STATES[one.state]}"
    return ""


def next_or(request: HttpRequest, default: str) -> str:
    """Where the form was opened from, if that is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if _is_ours(request, asked) else default


def came_from(request: HttpRequest, default: str) -> str:
    """The page on which a button was pressed, if the browser says so."""
    before = request.headers.get("Referer", "")
    return before if _is_ours(request, before) else default


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


# --- taking back --------------------------------------------------------------------------------


class TooLate(Exception):
    """Half an hour has passed, or the address is not ours."""


def _token(request: Request, undo: Sequence[Undo]) -> str:
    rows = [
        {
            "table": one.row.table().name,
            "row": one.row.row_id,
            "version": one.row.version,
            "before": None if one.before is None else _plain(one.before),
            "attendance": one.attendance,
            "restore": one.restore,
        }
        for one in undo
    ]
    said = {"account": request.access.account.pk, "rows": rows}
    return signing.dumps(said, salt=_SALT, compress=True)


def read_token(request: Request) -> list[dict[str, Any]]:
    """The rows to take back. Raises :class:`TooLate`."""
    try:
        said = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=HALF_AN_HOUR)
    except signing.BadSignature:
        raise TooLate from None
    if said["account"] != request.access.account.pk:
        raise TooLate
    rows: list[dict[str, Any]] = said["rows"]
    return rows


@transaction.atomic
def take_back(rows: Sequence[tuple[FactModel, dict[str, Any]]], by: Actor) -> None:
    """Undo each; all of them or none. Raises what :mod:`jinwei.ledgers.changes` raises."""
    reason = _("保存后撤回")
    entered, rewritten = [], []
    for row, said in rows:
        if said["restore"]:
            restore(row, by=by, reason=reason)
        elif said["before"] is None:
            entered.append((row, said["version"]))
        else:
            _write(row, said["before"])
            row.version = said["version"]
            if isinstance(row, Meeting):
                correct(
                    row, by=by, version=row.version, reason=reason, attendance=said["attendance"]
                )
            else:
                rewritten.append(row)
    withdraw_all(entered, by=by, reason=reason)
    if rewritten:
        change_all(corrected=rewritten, by=by, reason=reason)


def before_of(row: FactModel) -> Values:
    """What a row says now, to be written again."""
    return {name: v for name, v in values_of(row).items() if name not in ("code", "due_on")}


def _plain(values: Values) -> Values:
    return {n: v.isoformat() if isinstance(v, dt.date) else v for n, v in values.items()}


def _write(row: FactModel, before: Values) -> None:
    for name, value in before.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))
