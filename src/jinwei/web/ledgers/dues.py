"""The dues of all members of an organization for one month, on one sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jinwei.ledgers.models import Dues

from .fields import AmountField, DayField
from .forms import Desk

_REMEMBERED_DAYS = 120


@dataclass(frozen=True, slots=True)
class DuesLine:
    """One member on the sheet, with what stands on record."""

    code: str
    name: str
    due: forms.BoundField
    paid: forms.BoundField
    row: Dues | None

    @property
    def version(self) -> int:
        return self.row.version if self.row is not None else 0

    @property
    def version_field(self) -> str:
        return f"version-{self.code}"


class DuesSheet(forms.Form):
    """What everybody owed and paid; a line left empty is not entered."""

    def __init__(self, desk: Desk, month: str, data: Mapping[str, Any] | None = None) -> None:
        self.desk, self.month = desk, month
        rows = Dues.objects.filter(
            organization=desk.organization, month=month, withdrawn_at=None
        ).select_related("member")
        self.rows = {row.member_id: row for row in rows.order_by("-pk")}
        self.people = dict(desk.people)
        for code, row in self.rows.items():
            self.people.setdefault(code, row.member.name or code)
        super().__init__(data)
        usual = self._usual()
        for code, name in self.people.items():
            stored = self.rows.get(code)
            due = stored.due if stored is not None else usual.get(code)
            self.fields[f"due-{code}"] = AmountField(
                label=_("%(name)s 应交") % {"name": name}, required=False, initial=due
            )
            self.fields[f"paid-{code}"] = AmountField(
                label=_("%(name)s 实交") % {"name": name},
                required=False,
                initial=stored.paid or None if stored is not None else None,
            )
        self.fields["paid_on"] = DayField(
            label=_("交纳日期"),
            help_text=_("用在这次写上实交的人。"),
            required=False,
            initial=desk.day,
        )

    @property
    def lines(self) -> list[DuesLine]:
        return [
            DuesLine(code, name, self[f"due-{code}"], self[f"paid-{code}"], self.rows.get(code))
            for code, name in self.people.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get("all"):
            for code in self.people:
                if cleaned.get(f"paid-{code}") is None:
                    cleaned[f"paid-{code}"] = cleaned.get(f"due-{code}")
        for code in self.people:
            due, paid = cleaned.get(f"due-{code}"), cleaned.get(f"paid-{code}")
            if due is None and paid is not None and f"due-{code}" not in self.errors:
                self.add_error(f"due-{code}", _("写了实交，请写应交多少元。"))
        paid_on = cleaned.get("paid_on")
        if paid_on is not None and paid_on > self.desk.day:
            self.add_error("paid_on", _("这一天还没有到。请填今天或以前。"))
        elif paid_on is None and "paid_on" not in self.errors and self._newly_paid(cleaned):
            self.add_error("paid_on", _("写了实交，请填哪天交的。"))
        return cleaned

    def changes(self) -> tuple[list[Dues], list[Dues]]:
        """New rows, and those that become others, each at the version it was seen at."""
        entered: list[Dues] = []
        corrected: list[Dues] = []
        paid_now = self._newly_paid(self.cleaned_data)
        for code in self.people:
            due = self.cleaned_data.get(f"due-{code}")
            paid = self.cleaned_data.get(f"paid-{code}")
            row = self.rows.get(code)
            if due is None or (row is not None and (due, paid or 0) == (row.due, row.paid or 0)):
                continue
            row = row or Dues(
                organization_id=self.desk.organization.code, member_id=code, month=self.month
            )
            row.due, row.paid = due, paid
            if code in paid_now:
                row.paid_on = self.cleaned_data["paid_on"]
            elif not paid:
                row.paid_on = None
            if row.pk is None:
                entered.append(row)
            else:
                row.version = self._version(code)
                corrected.append(row)
        return entered, corrected

    def _version(self, code: str) -> int:
        sent = str(self.data.get(f"version-{code}", ""))
        return int(sent) if sent.isdecimal() else 0

    def _newly_paid(self, cleaned: Mapping[str, Any]) -> set[str]:
        """Whoever pays more than stands on record."""
        found = set()
        for code in self.people:
            row, paid = self.rows.get(code), cleaned.get(f"paid-{code}") or 0
            if paid > ((row.paid or 0) if row is not None else 0):
                found.add(code)
        return found

    def _usual(self) -> dict[str, int]:
        """What each member owed last, within the months before."""
        first = dt.date.fromisoformat(f"{self.month}-01")
        since = first - dt.timedelta(days=_REMEMBERED_DAYS)
        rows = Dues.objects.filter(
            organization=self.desk.organization,
            due_on__gte=since,
            due_on__lt=first,
            withdrawn_at=None,
        )
        found = rows.exclude(due=None).order_by("month", "pk").values_list("member__code", "due")
        return {code: due for code, due in found if due is not None}
