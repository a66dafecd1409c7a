"""The form of a row of the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.cn import ric

from jinwei.engine.catalogue import CODE, DATE, TABLES, Column
from jinwei.members.models import Member
from jinwei.members.numbers import contradictions, fault_of, said_by
from jinwei.members.rules import faults_of, namesakes
from jinwei.web.ledgers.words import heading, say

from .forms import Day
from .person import GUARDED, guarded_of

_APART: Final = ("code", "organization", "mobile", *GUARDED)
"""Columns that are no plain questions of the form."""
_LATE: Final = (
    *("mobile", "suspended_on", "left_on"),
    *("id_number", "forget_id_number", "phone", "forget_phone", "reason", "confirmed"),
)
_SEXES: Final = (("男", gettext_lazy("男")), ("女", gettext_lazy("女")))


class MemberForm(forms.Form):
    """A row of the roster. ``member`` None: a new one, in one of ``branches``.

    What is guarded is asked for but never shown: an empty answer leaves it as it is. What is
    worth a second look is asked once and saved when ``confirmed``.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    id_number = forms.CharField(required=False, max_length=30)
    phone = forms.RegexField(
        r"^[0-9+ \-]{5,20}$",
        required=False,
        error_messages={"invalid": gettext_lazy("电话只写数字，5 至 20 位。")},
    )
    forget_id_number = forms.BooleanField(required=False, label=gettext_lazy("不再保存身份号码"))
    forget_phone = forms.BooleanField(required=False, label=gettext_lazy("不再保存手机号码"))
    mobile = forms.BooleanField(required=False)
    confirmed = forms.BooleanField(required=False, label=gettext_lazy("已核对，照样保存"))
    reason = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("为什么改（可以不写）")
    )

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        branches: Mapping[str, str],
        member: Member | None = None,
        may_see: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.member = member
        self.warnings: list[str] = []
        table = TABLES["member"]
        for column in table.stored:
            if column.name not in _APART:
                self.fields[column.name] = _question(column)
            elif column.name in self.fields:
                self.fields[column.name].label = heading(table, column)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("请写姓名。")
        if member is None:
            del self.fields["forget_id_number"], self.fields["forget_phone"], self.fields["reason"]
            self.fields["organization"] = forms.ChoiceField(
                label=_("所在支部"), choices=[("", _("请选择")), *branches.items()]
            )
            self.fields["organization"].error_messages["required"] = _("请选择编入哪个支部。")
            self._only_here()
        else:
            self._fill(member)
        self._hint(member, may_see)
        # As they stand on the page, so that faults are told in that order.
        self.order_fields([*(name for name in self.fields if name not in _LATE), *_LATE])

    def _only_here(self) -> None:
        """Whoever is new is here: nothing is asked about leaving."""
        del self.fields["suspended_on"], self.fields["left_on"]
        column = TABLES["member"].column("status")
        assert column is not None
        self.fields["status"] = _question(column, ("probationary", "full"))

    def _fill(self, member: Member) -> None:
        for name in self.fields:
            if hasattr(member, name) and name not in GUARDED:
                self.initial.setdefault(name, getattr(member, name))
        for name, kept in (
            ("forget_id_number", member.id_number_sealed is not None),
            ("forget_phone", bool(member.phone)),
        ):
            if not kept:
                del self.fields[name]

    def _hint(self, member: Member | None, may_see: bool) -> None:
        self.fields["id_number"].widget.attrs |= {"autocomplete": "off", "inputmode": "text"}
        self.fields["phone"].widget.attrs |= {"autocomplete": "off", "inputmode": "tel"}
        self.fields["id_number"].help_text = _("18 位。加密保存，查看要写明原因并留下记录。")
        if member is None:
            return
        for one in guarded_of(member):
            if one.kept and may_see:
                said = {"masked": one.masked}
                self.fields[one.column].help_text = _("现在是 %(masked)s。不改就留空。") % said
            elif one.kept:
                self.fields[one.column].help_text = _("已经保存。不改就留空。")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        number = cleaned.get("id_number") or ""
        if number:
            cleaned["id_number"] = number = ric.compact(number)
        if number and not fault_of(number, self.today):
            said = said_by(number)
            self.warnings += contradictions(number, cleaned.get("birth_on"), cleaned.get("sex"))
            # Typed once: the number says it already.
            cleaned["birth_on"] = cleaned.get("birth_on") or said.birth_on
            cleaned["sex"] = cleaned.get("sex") or said.sex
        self._check(cleaned, number)
        self.warnings += self._namesakes(cleaned)
        if self.warnings and not cleaned.get("confirmed"):
            self.add_error(None, _("请先看下面要核对的地方，没有错再勾选“照样保存”。"))
        return cleaned

    def _check(self, cleaned: Mapping[str, Any], number: str) -> None:
        """Say everything that cannot be at once, beside what could not be read."""
        row = Member(status=cleaned.get("status") or "full")
        for column in TABLES["member"].stored:
            if column.kind == DATE:
                setattr(row, column.name, cleaned.get(column.name))
        for name, message in faults_of(row, self.today):
            self.add_error(name if name in self.fields else None, message)
        fault = fault_of(number, self.today) if number else ""
        if fault:
            self.add_error("id_number", fault)

    def _namesakes(self, cleaned: Mapping[str, Any]) -> list[str]:
        if self.member is not None and cleaned.get("name") == self.member.name:
            return []
        home = self.member.organization_id if self.member else cleaned.get("organization")
        if not home:
            return []
        new = Member(name=cleaned.get("name"), organization_id=home)
        return [
            _("这个支部已有一名%(name)s（%(code)s）。是不是同一个人？")
            % {"name": other.name, "code": other.code}
            for other in namesakes(new)
            if self.member is None or other.pk != self.member.pk
        ]

    @property
    def number(self) -> str | None:
        """What becomes of the identity number: None leaves it, “” takes it away."""
        if self.cleaned_data.get("forget_id_number"):
            return ""
        return self.cleaned_data["id_number"] or None

    def apply(self, member: Member) -> Member:
        """Put the answers on a row."""
        for column in TABLES["member"].stored:
            if column.name not in ("code", "organization", *GUARDED):
                setattr(member, column.name, self.cleaned_data.get(column.name) or None)
        if "organization" in self.cleaned_data:
            member.organization_id = self.cleaned_data["organization"]
        if self.cleaned_data["phone"] or self.cleaned_data.get("forget_phone"):
            member.phone = self.cleaned_data["phone"] or None
        member.mobile = self.cleaned_data["mobile"]
        return member


def _question(column: Column, only: tuple[str, ...] = ()) -> forms.Field:
    table = TABLES["member"]
    label = heading(table, column)
    if column.kind == DATE:
        return Day(label=label, required=False)
    if column.kind == CODE:
        words = say()
        codes = only or tuple(column.codes or {})
        choices = [(code, words.value(table.name, column, code)) for code in codes]
        empty = [] if column.required else [("", _("没有"))]
        return forms.ChoiceField(
            label=label,
            choices=[*empty, *choices],
            required=column.required,
            initial="full" if column.name == "status" else None,
        )
    if column.name == "sex":
        return forms.ChoiceField(label=label, choices=[("", _("没有填")), *_SEXES], required=False)
    return forms.CharField(label=label, required=False, max_length=200)
