"""Small forms of the roster: a change of status, a transfer, a reason for looking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.organizations.models import Organization

from .person import GUARDED

_BAD_DAY: Final = {"invalid": gettext_lazy("没有这一天。请按 2026-06-18 的样子填写。")}


class Day(forms.DateField):
    """A day, chosen from a calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        messages = {**_BAD_DAY, "required": gettext_lazy("请填日期。")}
        super().__init__(widget=widget, error_messages=messages, **options)


class OnForm(forms.Form):
    """The day of a change, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = Day(label=gettext_lazy("从哪天起"))
    reason = forms.CharField(max_length=200, required=False, label=gettext_lazy("依据或原因"))


class TransferForm(OnForm):
    """Where to, besides: a branch by its code or name, out of ``branches``."""

    to = forms.CharField(
        label=gettext_lazy("转到哪个支部"),
        help_text=gettext_lazy("写名称或代码里的字，从列出的支部中选。"),
        widget=forms.TextInput({"list": "branches", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("请选择转到哪个支部。")},
    )
    field_order = ("version", "to", "on", "reason")

    def __init__(self, *args: Any, branches: Iterable[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        self.branches = list(branches)

    def clean_to(self) -> Organization:
        """The branch that is meant: by code, by name, or the only one that holds the text."""
        text = str(self.cleaned_data["to"]).strip()
        code = text.split(" ", 1)[0]
        for one in self.branches:
            if text == one.name or one.code in (code, text):
                return one
        like = [one for one in self.branches if text in one.name]
        if len(like) == 1:
            return like[0]
        said = {"text": text}
        if like:
            raise ValidationError(_("有几个支部的名称里都有“%(text)s”，请选一个。") % said)
        raise ValidationError(_("没有叫“%(text)s”、您又能登记的支部。") % said)


class ReasonForm(forms.Form):
    """Why somebody wants to see a guarded column."""

    column = forms.ChoiceField(choices=[(name, name) for name in GUARDED])
    reason = forms.CharField(
        max_length=200,
        min_length=2,
        label=gettext_lazy("为什么要看"),
        error_messages={
            "required": gettext_lazy("请写一句为什么要看，例如“办理组织关系转接”。"),
            "min_length": gettext_lazy("请写一句为什么要看，例如“办理组织关系转接”。"),
        },
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, be it nothing at all; None where a page is only asked for."""
    return request.POST if request.method == "POST" else None


def tell(form: forms.Form, refused: ValidationError) -> None:
    """Put what was refused at the questions concerned; what has none stands above the form."""
    for name, messages in refused.message_dict.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)
