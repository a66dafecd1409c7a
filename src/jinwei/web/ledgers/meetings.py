"""The full form of a meeting: who was expected and who came, by name or as two numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.engine.catalogue import ATTENDANCE
from jinwei.ledgers.models import Attendance
from jinwei.organizations.facts import FactModel

from .fields import CountField
from .forms import Desk, LedgerForm
from .people import officers_of
from .words import say

_TAPPING: Final = ("present", "leave", "absent", "late", "")
_CAME: Final = frozenset(("present", "late"))
_OF_OFFICERS: Final = frozenset(("committee_meeting",))
_NOT_EXPECTED: Final = gettext_lazy("不应到")


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in the list of attendance; no status: not expected."""

    code: str
    name: str
    status: str

    @property
    def field(self) -> str:
        return f"came-{self.code}"


class MeetingForm(LedgerForm):
    """A meeting; where names are called, the two numbers follow from them."""

    def __init__(
        self,
        desk: Desk,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self._before = _attendance(desk.row)
        super().__init__(desk, data, initial=initial)
        names = bool(self._before) if desk.row is not None else bool(desk.people)
        self.fields["roll"] = forms.BooleanField(
            label=_("逐人登记到会"),
            help_text=_("应到和实到由名单算出；不点名就取消勾选，写两个数。"),
            required=False,
            initial=names,
        )
        for name, label in (("expected", _("应到（人）")), ("attended", _("实到（人）"))):
            self.fields[name] = CountField(
                label=label, required=False, initial=getattr(desk.row, name, None)
            )

    @property
    def columns(self) -> Sequence[str]:
        return (*super().columns, "expected", "attended")

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in super().columns]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """In the order of tapping."""
        column = self.desk.table.column("kind")
        assert column is not None
        english = say().english
        return [
            (code, (code if english else ATTENDANCE[code]) if code else str(_NOT_EXPECTED))
            for code in _TAPPING
        ]

    @property
    def seats(self) -> list[Seat]:
        said = self.attendance if self.is_bound else self._usual()
        named = dict(self.desk.people)
        codes = dict.fromkeys([*named, *said])
        return [Seat(code, named.get(code, code), said.get(code, "")) for code in codes]

    @property
    def stored(self) -> Mapping[str, str]:
        """Status by member, as stored."""
        return self._before

    @property
    def attendance(self) -> dict[str, str]:
        """Status by member, as sent; whoever was not expected is left out."""
        sent = {code: self.data.get(f"came-{code}", "") for code in self._callable()}
        return {code: status for code, status in sent.items() if status in ATTENDANCE}

    @property
    def called(self) -> dict[str, str]:
        """The attendance to keep: none where only numbers are given."""
        return self.attendance if self.cleaned_data.get("roll") else {}

    def values(self) -> dict[str, Any]:
        found = super().values()
        if self.cleaned_data.get("roll"):
            found["expected"] = len(self.attendance)
            found["attended"] = sum(s in _CAME for s in self.attendance.values())
        return found

    def fill(self, row: FactModel) -> FactModel:
        super().fill(row)
        if self.desk.row is None:
            row.recorded_on = self.desk.day  # type: ignore[attr-defined]
        return row

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("roll") and not self.attendance:
            self.add_error("roll", _("名单里没有应到的人。请至少选一名，或取消勾选后写两个数。"))
        return cleaned

    def _callable(self) -> list[str]:
        return list(dict.fromkeys([*dict(self.desk.people), *self._before]))

    def _usual(self) -> dict[str, str]:
        """As stored; where no names were called, everybody, to the committee its members."""
        if self._before:
            return self._before
        everybody = dict.fromkeys(dict(self.desk.people), "present")
        if self.initial.get("kind") not in _OF_OFFICERS:
            return everybody
        officers = officers_of(self.desk.organization, self.desk.day)
        return {code: status for code, status in everybody.items() if code in officers}


def _attendance(row: FactModel | None) -> dict[str, str]:
    if row is None:
        return {}
    rows = Attendance.objects.filter(meeting__code=row.row_id, withdrawn_at=None)
    return dict(rows.order_by("pk").values_list("member__code", "status"))
