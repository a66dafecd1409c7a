"""Forms that enter one row for each of several members: trainings, service, appraisals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jinwei.engine.catalogue import GRADES
from jinwei.ledgers.models import Appraisal
from jinwei.organizations.facts import FactModel

from .forms import LedgerForm
from .people import People, roster_of
from .words import say


class SeveralForm(LedgerForm):
    """The same for everybody ticked."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in super().columns if name != "member")

    def new_rows(self) -> list[FactModel]:
        chosen = self.cleaned_data["members"]
        return [self.fill(self.empty_row(member_id=code)) for code in chosen]

    def _person(self, name: str, options: dict[str, Any]) -> Iterator[tuple[str, forms.Field]]:
        options |= {
            "label": _("哪些党员"),
            "help_text": _("可以选几名，每人登记一条。"),
            "required": True,
            "error_messages": {
                "required": _("请至少选一名党员。"),
                "invalid_choice": _("这名党员不在本组织，请从名单里选。"),
            },
        }
        widget = forms.CheckboxSelectMultiple
        yield (
            "members",
            forms.MultipleChoiceField(choices=self.desk.people, widget=widget, **options),
        )


@dataclass(frozen=True, slots=True)
class Graded:
    """One person of an appraisal; ``before``: the grade on record this year."""

    code: str
    name: str
    grade: str
    before: str

    @property
    def field(self) -> str:
        return f"grade-{self.code}"


class AppraisalForm(LedgerForm):
    """The grades of all members at one appraisal; whoever has none stays out."""

    @cached_property
    def roster(self) -> People:
        return roster_of(self.desk.organization, self.desk.day)

    @property
    def columns(self) -> tuple[str, ...]:
        return ("held_on",)

    @property
    def choices(self) -> list[tuple[str, str]]:
        words, column = say(), self.desk.table.column("grade")
        assert column is not None
        return [("", _("不登记")), *((g, words.value("appraisal", column, g)) for g in GRADES)]

    @property
    def people(self) -> list[Graded]:
        words, year = dict(self.choices), self.desk.day.year
        rows = Appraisal.objects.filter(
            member__in=list(dict(self.roster)), held_on__year=year, withdrawn_at=None
        )
        before = dict(rows.order_by("pk").values_list("member__code", "grade"))
        grades = self.grades
        return [
            Graded(code, name, grades.get(code, ""), words.get(before.get(code, "-"), ""))
            for code, name in self.roster
        ]

    @property
    def grades(self) -> dict[str, str]:
        sent: Mapping[str, Any] = self.data if self.is_bound else {}
        found = {code: sent.get(f"grade-{code}", "") for code, _name in self.roster}
        return {code: grade for code, grade in found.items() if grade in GRADES}

    def new_rows(self) -> list[FactModel]:
        return [
            self.empty_row(member_id=code, held_on=self.cleaned_data["held_on"], grade=grade)
            for code, grade in self.grades.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.grades:
            self.add_error(None, _("还没有选任何人的等次。"))
        return cleaned

    def _made(self) -> Iterator[tuple[str, forms.Field]]:
        return ((name, field) for name, field in super()._made() if name == "held_on")
