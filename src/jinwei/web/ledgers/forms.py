"""Forms of ledger rows, made from the columns of their tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.engine.catalogue import BOOLEAN, CODE, DATE, HUNDREDTHS, MONTH, WHOLE, Column, Table
from jinwei.ledgers.models import FACT_MODELS
from jinwei.norms import code_words
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization

from . import fields
from .people import People, people_of
from .rules import Fault, faults_of, warnings_of
from .tuning import TUNING
from .words import heading, say

_AS_BUTTONS: Final = 12
"""Up to so many choices are drawn as buttons."""
_REMEMBERED: Final = 30
OTHER: Final = "_other"
"""Ends the name of the field for a word that is not in the list; of a post, for an outsider."""


@dataclass(frozen=True)
class Desk:
    """Where a form is filled in: of which table, in which organization, by whom, on which day."""

    access: Access
    organization: Organization
    table: Table
    row: FactModel | None = None

    @property
    def day(self) -> dt.date:
        return self.access.day

    @cached_property
    def people(self) -> People:
        """Whom the form may name."""
        return people_of(self.organization, self.day, self._named)

    @property
    def _named(self) -> tuple[str, ...]:
        values = (getattr(self.row, name, None) for name in ("member_id", "with_member_id"))
        post = getattr(self.row, "member", None) if self.table.name == "post" else None
        return tuple(str(v) for v in (*values, post) if v)

    def earlier(self, column: str) -> list[str]:
        """What was written in a column here before."""
        rows: QuerySet[Any] = self.access.rows(FACT_MODELS[self.table.name])
        rows = rows.filter(organization=self.organization.code)
        found = rows.exclude(**{column: None}).order_by(column).values_list(column, flat=True)
        return list(found.distinct()[:_REMEMBERED])


class LedgerForm(forms.Form):
    """One row. ``warnings`` ask whether it is meant so; sent again with ``sure``, it is."""

    def __init__(
        self,
        desk: Desk,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.desk = desk
        self.warnings: list[Fault] = []
        self.sure = ""
        self._either: dict[str, str] = {}
        super().__init__(data, initial={**self._start(), **(initial or {})})
        self.fields |= dict(self._made())

    @property
    def columns(self) -> Sequence[str]:
        """The columns that the form fills in."""
        return TUNING[self.desk.table.name].fields

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields]

    def values(self) -> dict[str, Any]:
        """What was filled in, column by column; a code where a word of the list was chosen."""
        cleaned = self.cleaned_data
        return {name: cleaned.get(f"{name}{OTHER}") or cleaned.get(name) for name in self.columns}

    def fill(self, row: FactModel) -> FactModel:
        """The row with what was filled in."""
        for name, value in self.values().items():
            column = row._meta.get_field(name)
            setattr(row, column.attname, None if value == "" else value)  # type: ignore[union-attr]
        return row

    def new_row(self) -> FactModel:
        return self.fill(self.empty_row())

    def empty_row(self, **values: Any) -> FactModel:
        """A row of the organization with nothing filled in."""
        model: Any = FACT_MODELS[self.desk.table.name]
        row: FactModel = model(organization_id=self.desk.organization.code, **values)
        return row

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        values = {k: v for k, v in self.values().items() if k not in self.errors}
        for name, message in self._either.items():
            if name in values and not values[name]:
                self.add_error(name, message)
        for fault in faults_of(self.desk, values):
            self.add_error(fault.column if fault.column in self.fields else None, fault.message)
        if not self.errors:
            asked = warnings_of(self.desk, values)
            self.sure = " ".join(fault.key for fault in asked)
            if self.data.get("sure", "") != self.sure:
                self.warnings = asked
        return cleaned

    @property
    def is_sure(self) -> bool:
        """Whether nothing stands in the way any more."""
        return self.is_valid() and not self.warnings

    # --- making ---------------------------------------------------------------------------------

    def _start(self) -> dict[str, Any]:
        row, tuning = self.desk.row, TUNING[self.desk.table.name]
        if row is None:
            return dict.fromkeys(tuning.today, self.desk.day)
        return {name: _stored(row, name) for name in tuning.fields}

    def _made(self) -> Iterator[tuple[str, forms.Field]]:
        table, tuning = self.desk.table, TUNING[self.desk.table.name]
        for name in tuning.fields:
            column = table.column(name)
            assert column is not None, name
            asked = tuning.asked.get(name)
            options: dict[str, Any] = {
                "label": heading(table, column),
                "required": asked is not None,
                "help_text": tuning.help.get(name, ""),
                "error_messages": {"required": asked or "", "invalid_choice": _("请从名单里选。")},
            }
            yield from self._field(column, options)

    def _field(self, column: Column, options: dict[str, Any]) -> Iterator[tuple[str, forms.Field]]:
        name, table = column.name, self.desk.table
        words = code_words().get(table.name, {}).get(name)
        if column.kind in _PLAIN:
            yield name, _PLAIN[column.kind](**options)
        elif column.refers_to == "member" or (table.name, name) == ("post", "member"):
            yield from self._person(name, options)
        elif column.kind == CODE:
            yield name, _choice(_words_of(table, column, column.codes or {}), **options)
        elif words is not None:
            yield from self._from_list(column, options, words)
        else:
            if name in TUNING[table.name].remembered:
                options["widget"] = fields.Suggested(self.desk.earlier(name))
            yield name, fields.LineField(**options)

    def _from_list(
        self, column: Column, options: dict[str, Any], words: Mapping[str, Any]
    ) -> Iterator[tuple[str, forms.Field]]:
        """A kind with known words, and beside it a line for one that is not among them."""
        asked = self.initial.get(column.name)
        # What was sent may be a word that the form offered before somebody else corrected the row.
        said = (asked, self.data.get(column.name))
        own = [*self.desk.earlier(column.name), *(str(word) for word in said if word)]
        codes = dict.fromkeys([*words, *own])
        if options["required"]:
            self._either[column.name] = options["error_messages"]["required"]
            options["required"] = False
        yield column.name, _choice(_words_of(self.desk.table, column, codes), **options)
        label = _("%(label)s（上面没有时写在这里）") % {"label": options["label"]}
        yield f"{column.name}{OTHER}", fields.LineField(label=label, required=False)

    def _person(self, name: str, options: dict[str, Any]) -> Iterator[tuple[str, forms.Field]]:
        options["error_messages"]["invalid_choice"] = _("这名党员不在本组织，请从名单里选。")
        outsiders = self.desk.table.name == "post"
        if outsiders:
            self._either[name] = _("请选任职的人，或者写他的姓名。")
        choices = [("", _("请选")), *self.desk.people]
        row = self.desk.row
        stored = getattr(row, "member", None) if outsiders and row is not None else None
        if stored and stored not in dict(self.desk.people):
            self.initial[f"{name}{OTHER}"], self.initial[name] = stored, ""
        yield name, forms.ChoiceField(choices=choices, **options)
        if outsiders:
            label = _("姓名（不在名册里的人）")
            yield f"{name}{OTHER}", fields.LineField(label=label, required=False)


_PLAIN: Final[Mapping[str, type[forms.Field]]] = {
    DATE: fields.DayField,
    MONTH: fields.MonthField,
    HUNDREDTHS: fields.AmountField,
    WHOLE: fields.CountField,
    BOOLEAN: fields.YesNoField,
}


def _choice(choices: Sequence[tuple[str, str]], **options: Any) -> forms.ChoiceField:
    """Buttons where there are few; else a list."""
    if len(choices) <= _AS_BUTTONS:
        none = [] if options["required"] else [("", _("未填"))]
        return forms.ChoiceField(choices=[*none, *choices], widget=forms.RadioSelect, **options)
    return forms.ChoiceField(choices=[("", _("请选")), *choices], **options)


def _words_of(table: Table, column: Column, codes: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = say()
    return [(code, words.value(table.name, column, code)) for code in codes]


def _stored(row: FactModel, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]
