"""The six inputs of the quick entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.engine.periods import calendar_window
from jinwei.ledgers.attachments import NotTaken, content_type
from jinwei.organizations.models import Organization
from jinwei.web.templatetags.jinwei import day as in_words

from .people import FIELD, STATUSES

_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_LONGEST: Final = 200


class DayField(forms.DateField):
    """A day; one that a month does not have is told from one that is no day at all."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("请选是哪一天。"),
        "invalid": gettext_lazy("请把日期写成 2026-06-18 这样。"),
    }

    def to_python(self, value: Any) -> dt.date | None:
        found = _DAY.match(value.strip()) if isinstance(value, str) else None
        if found is not None:
            year, month, day = map(int, found.groups())
            if 1 <= month <= 12 and year >= 1 and day > 0:
                last = calendar_window(dt.date(year, month, 1), "month").last
                if day > last.day:
                    said = {"month": month, "day": day, "last": last.day}
                    text = _("%(month)d 月没有 %(day)d 日。请填 %(month)d 月 %(last)d 日或以前。")
                    raise forms.ValidationError(text % said)
        return super().to_python(value)


class Files(forms.ClearableFileInput):
    """Several files in one input."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of papers; each is looked at for what it is."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [file for file in (data if isinstance(data, list) else [data]) if file]
        for file in files:
            try:
                content_type(file)
            except NotTaken as refused:
                raise forms.ValidationError(str(refused)) from refused
        return files


class MeetingForm(forms.Form):
    """One event, as one meeting of each kind; who came is read beside it."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("1. 是什么会（可多选，一次活动分别登记）"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("请选是什么会，至少选一种。"),
            "invalid_choice": gettext_lazy("没有“%(value)s”这种会。请在上面选一种。"),
        },
    )
    held_on = DayField(label=gettext_lazy("2. 哪天"))
    led_by = forms.CharField(
        label=gettext_lazy("3. 谁主持、谁讲课"),
        required=False,
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )
    lecturer = forms.CharField(
        label=gettext_lazy("谁讲课"),
        help_text=gettext_lazy("党课由主持人讲的，不用填。"),
        required=False,
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )
    topic = forms.CharField(
        label=gettext_lazy("4. 主要议题"),
        help_text=gettext_lazy("一句话写清议了什么、定了什么；不要求字数，不要求照片。"),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("请写一句议题，例如“讨论半年工作”。"),
            "max_length": gettext_lazy("议题最多 %(limit_value)d 个字，现在 %(show_value)d 个。"),
        },
    )
    expected = forms.IntegerField(label=gettext_lazy("应到（人）"), required=False, min_value=0)
    attended = forms.IntegerField(label=gettext_lazy("实到（人）"), required=False, min_value=0)
    papers = FilesField(
        label=gettext_lazy("6. 材料（可不传，可以后补）"),
        help_text=gettext_lazy("拍照、Word、PDF 均可。照片不是必需的。"),
        required=False,
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    same = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]],
        organization: Organization,
        today: dt.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.organization = organization
        self.today = today
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(kinds)
        self.fields["held_on"].widget.attrs["max"] = today.isoformat()
        for name in ("kinds", "held_on", "topic"):
            self.fields[name].widget.use_required_attribute = _never

    def clean_held_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["held_on"]
        fault = day_fault(self.organization, day, self.today)
        if fault:
            raise forms.ValidationError(fault)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        expected, attended = cleaned.get("expected"), cleaned.get("attended")
        if expected is not None and attended is not None and attended > expected:
            text = _("实到 %(attended)d 人多于应到 %(expected)d 人。列席的人不计入实到。")
            self.add_error("attended", text % {"attended": attended, "expected": expected})
        return cleaned


def _never(_initial: object) -> bool:
    """What is missing is said by the page, in its own words."""
    return False


def day_fault(organization: Organization, day: dt.date, today: dt.date) -> str:
    """Why nothing can have been held on a day; empty where it can."""
    if day > today:
        return _("%(day)s还没有到。会开过以后再登记。") % {"day": in_words(day, True)}
    begun, ended = organization.established_on, organization.dissolved_on
    if begun is not None and day < begun:
        said = {"day": in_words(day, True), "begun": in_words(begun, True)}
        return _("本组织 %(begun)s成立，%(day)s还没有它。请核对年份。") % said
    if ended is not None and day > ended:
        said = {"day": in_words(day, True), "ended": in_words(ended, True)}
        return _("本组织 %(ended)s撤销，%(day)s已经没有它。请核对年份。") % said
    return ""


def same_mark(codes: Sequence[str]) -> str:
    """What a form says that was pressed again though there is such a meeting on that day."""
    return " ".join(sorted(codes))


def sent(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The fields of a form as they were sent, without what changes with every sending."""
    left_out = ("csrfmiddlewaretoken", "token", "same", "shown", "again", "next", "papers")
    return {name: list(texts) for name, texts in sorted(values.items()) if name not in left_out}


def says_something(values: Mapping[str, Sequence[str]]) -> bool:
    """Whether anybody has typed or tapped: kinds, day and chair are filled in by themselves."""
    if any(text for name in ("topic", "lecturer") for text in values.get(name, ())):
        return True
    marks = [text for name, texts in values.items() if name.startswith(FIELD) for text in texts]
    return any(text != STATUSES[0] for text in marks)
