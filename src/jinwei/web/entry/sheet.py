"""The form of an event with its people, as it is drawn, checked and previewed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import ATTENDANCE, TABLES
from jinwei.ledgers.drafts import Values, sent_before
from jinwei.ledgers.models import Draft, Meeting, Submission
from jinwei.web.guard import Request
from jinwei.web.ledgers.words import say as words
from jinwei.web.templatetags.jinwei import day as in_words
from jinwei.web.templatetags.jinwei import percent

from .effects import Looker
from .event import Event, event_of, held_already, last_led_by
from .forms import MeetingForm, same_mark
from .kinds import kind_choices
from .people import OF_COMMITTEE, STATUSES, Person, Presence, Roster, digest, presence, roster

FORM = "meeting"
"""The name of this form among drafts."""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody expected, with what is said of them."""

    name: str
    field: str
    status: str


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who came, in words; ``state`` is ``met`` or ``missed``, empty where nothing is decided."""

    text: str
    state: str
    verdict: str


@dataclass(frozen=True, slots=True)
class People:
    """The list of those expected. ``shown`` names it; ``choices`` in the order of tapping."""

    rows: tuple[Row, ...]
    shown: str
    choices: tuple[tuple[str, str], ...]
    quorum: Quorum | None


class Sheet:
    """One opening of the form: empty, restored from a draft, or as it was sent."""

    def __init__(
        self,
        request: Request,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.request = request
        self.access = request.access
        self.organization = request.organization
        self.today = request.access.day
        self.say = words()
        self.looker = Looker(self.organization, self.today)
        adoption = self.looker.adoption
        plan = adoption.plan() if adoption is not None else None
        self.form = MeetingForm(
            data,
            request.FILES if data is not None else None,
            kinds=kind_choices(self.organization.kind, plan, self.say),
            organization=self.organization,
            today=self.today,
            initial=dict(initial or {}),
        )
        said = data.dict() if data is not None else (initial or {})
        self.presence: Presence = presence({n: str(v) for n, v in said.items()})

    @cached_property
    def values(self) -> dict[str, Any]:
        """What the form holds and is no fault; of a form not sent, what it begins with."""
        if self.form.is_bound:
            self.form.is_valid()
            return self.form.cleaned_data
        return dict(self.form.initial)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.values.get("kinds") or ())

    @cached_property
    def roster(self) -> Roster:
        return roster(self.access, self.organization, self.values.get("held_on") or self.today)

    def event(self) -> Event:
        return event_of(self.organization, self.values, self.roster, self.presence, self.today)

    # --- people ---------------------------------------------------------------------------------

    def people(self) -> People:
        shown = self.roster.shown(self.kinds)
        column = TABLES["attendance"].column("status")
        assert column is not None
        return People(
            rows=tuple(Row(p.name, p.field, self.presence.of(p)) for p in shown),
            shown=digest(shown),
            choices=tuple(
                (code, self.say.value("attendance", column, code))
                for code in ATTENDANCE
                if code in STATUSES or code in self.presence.statuses.values()
            ),
            quorum=self._quorum(shown) if shown else None,
        )

    def names(self) -> list[str]:
        return [person.name for person in self.roster.people]

    def _quorum(self, people: Sequence[Person]) -> Quorum:
        said = self.presence
        there, expected = said.there(people), len(people)
        told = {
            "expected": expected,
            "there": there,
            "leave": said.count(people, "leave"),
            "absent": said.count(people, "absent"),
            "share": percent(Fraction(there, expected)),
        }
        text = _(
            "应到 %(expected)d 人，实到 %(there)d 人，请假 %(leave)d 人，缺席 %(absent)d 人；"
            "到会率 %(share)s"
        )
        deciding = {"branch_meeting", *OF_COMMITTEE} & set(self.kinds)
        if not deciding:
            return Quorum(text % told, "", "")
        voting = [person for person in people if person.full]
        voters = {"there": said.there(voting), "expected": len(voting)}
        if voters["there"] * 2 > voters["expected"]:
            verdict = _("有表决权的 %(there)d/%(expected)d 人到会，超过半数，会议有效")
            return Quorum(text % told, "met", verdict % voters)
        verdict = _("有表决权的 %(there)d/%(expected)d 人到会，没有超过半数，不能表决")
        return Quorum(text % told, "missed", verdict % voters)

    # --- checking -------------------------------------------------------------------------------

    def is_valid(self) -> bool:
        """Also asks whether a meeting of that day is the same one; pressed again, it is not."""
        if not self.form.is_valid():
            return False
        held = held_already(self.access, self.event())
        mark = same_mark([row.code for row in held])
        if not held or self.form.cleaned_data["same"] == mark:
            return True
        for row in held:
            self.form.add_error("held_on", self._same(row))
        again = self.request.POST.copy()
        again["same"] = mark
        self.form.data = again
        return False

    def sent_before(self, sent: Values) -> Submission | None:
        """The saving of this very form, if its button was pressed twice."""
        token = self.values.get("token")
        if token is None:
            return None
        account, code = self.access.account.pk, self.organization.code
        return sent_before(account, code, token, sent)

    def _same(self, row: Meeting) -> str:
        column = TABLES["meeting"].column("kind")
        assert column is not None
        kind = self.say.value("meeting", column, row.kind)
        text = _("%(day)s已有一次%(kind)s，是同一次吗？不是，就再按一次保存。")
        url = reverse("ledgers:record", args=[self.organization.code, "meeting", row.row_id])
        return format_html(
            '{} <a href="{}">{}</a>',
            text % {"day": in_words(row.held_on), "kind": kind},
            url,
            _("打开那一次"),
        )


def opening(request: Request, kinds: Sequence[str]) -> dict[str, Any]:
    """What a new form begins with: today, the chair of the last meeting of these kinds."""
    return {
        "kinds": list(kinds),
        "held_on": request.access.day,
        "led_by": last_led_by(request.access, request.organization, kinds),
        "token": uuid.uuid4(),
        "expected": _last_expected(request, kinds),
    }


def restored(draft: Draft) -> dict[str, Any]:
    """What a form begins with that goes on with a draft."""
    values: dict[str, Any] = {n: texts[0] if texts else "" for n, texts in draft.values.items()}
    values["kinds"] = draft.values.get("kinds", [])
    values["token"] = draft.token
    try:
        values["held_on"] = dt.date.fromisoformat(values.get("held_on", ""))
    except ValueError:
        values["held_on"] = None
    return values


def _last_expected(request: Request, kinds: Sequence[str]) -> int | None:
    """How many were expected last time, where there is no roster (a group)."""
    if request.organization.kind != "group":
        return None
    rows = request.access.rows(Meeting, of=request.organization.code).filter(expected__isnull=False)
    own = rows.filter(kind__in=kinds) if kinds else rows
    return own.order_by("-held_on", "-pk").values_list("expected", flat=True).first()
