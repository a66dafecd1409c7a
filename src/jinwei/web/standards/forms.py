"""Forms of the library: a text to install, an adoption to make or to end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from django import forms
from django.core.files.base import File
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.engine.catalogue import TABLES
from jinwei.engine.schema import Parameter
from jinwei.organizations.models import Organization
from jinwei.standings.models import Adoption
from jinwei.web.phrases import headed, with_more
from jinwei.wording.conditions import exact

from .bounds import Bounds, bounds_of, faults_of, same_number
from .shelf import Book, say
from .units import SHARE, unit_word

LARGEST: Final = 1024 * 1024
"""Bytes of a standard's text; the longest shipped one has forty thousand."""
_PREFIX: Final = "parameter-"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TextForm(forms.Form):
    """The text of a standard, pasted or as a file."""

    text = forms.CharField(
        label=gettext_lazy("标准文本（YAML）"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(
        label=gettext_lazy("或者选一个文件"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            cleaned["text"] = self._read(file)
        elif not cleaned.get("text", "").strip():
            self.add_error("text", _("请粘贴标准文本，或者选一个文件。"))
        return cleaned

    def _read(self, file: File[bytes]) -> str:
        if (file.size or 0) > LARGEST:
            self.add_error("file", _("文件超过 1 MB，不像是标准文本。"))
            return ""
        try:
            return str(file.read(), "utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("文件不是 UTF-8 编码，请另存为 UTF-8。"))
            return ""


class AdoptForm(forms.Form):
    """Which organization works to an edition from when on, with which numbers."""

    organization = forms.ChoiceField(label=gettext_lazy("哪个组织采用"))
    from_on = forms.DateField(
        label=gettext_lazy("从哪天起"),
        widget=DayInput,
        error_messages={"invalid": gettext_lazy("请填一个日期，例如 2026-01-01。")},
    )
    leading = forms.BooleanField(
        label=gettext_lazy("作为主用标准：得分和星级以它为准"), required=False
    )

    def __init__(
        self, *args: Any, book: Book, organizations: Sequence[Organization], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.book = book
        choices = [(o.code, with_more(o.name, o.code)) for o in organizations]
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
        self.fields["organization"].help_text = _("它和它的全部下级都按这个版本计分。")
        if book.standard.subject == "member":
            del self.fields["leading"]
        bounds = bounds_of(book.text)
        for parameter in book.standard.parameters:
            self.fields[_PREFIX + parameter.id] = _field(parameter, bounds[parameter.id])

    def parameters(self) -> Iterator[BoundField]:
        """The fields of the parameters."""
        return (self[name] for name in self.fields if name.startswith(_PREFIX))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        by_name, rest = faults_of(self.book.text, self._settings(cleaned))
        language = say().language
        for name, faults in by_name.items():
            field = _PREFIX + name
            told = dict.fromkeys(fault.sentence(language) for fault in faults)
            self.add_error(field if field in self.fields else None, list(told))
        for fault in rest:
            self.add_error(None, headed(fault.where, fault.sentence(language)))
        cleaned["settings"] = self._settings(cleaned)
        return cleaned

    def _settings(self, cleaned: dict[str, Any]) -> dict[str, str]:
        """The values that differ from those of the document."""
        own = {parameter.id: parameter.value for parameter in self.book.standard.parameters}
        given = {name: cleaned.get(_PREFIX + name, "") for name in own}
        return {n: v.strip() for n, v in given.items() if v and not same_number(v, own[n])}


class EndForm(forms.Form):
    """The last day of an adoption."""

    to_on = forms.DateField(
        label=gettext_lazy("最后一天"),
        widget=DayInput,
        error_messages={"invalid": gettext_lazy("请填一个日期，例如 2026-12-31。")},
    )
    reason = forms.CharField(
        label=gettext_lazy("为什么停用"),
        error_messages={"required": gettext_lazy("请写一句理由，例如“换用 2027.1 版”。")},
    )

    def __init__(self, *args: Any, adoption: Adoption, **options: Any) -> None:
        super().__init__(*args, **options)
        self.adoption = adoption
        self.fields["to_on"].help_text = _("从第二天起不再按它计分；已有的得分和记录都保留。")

    def clean_to_on(self) -> dt.date:
        to_on: dt.date = self.cleaned_data["to_on"]
        if to_on < self.adoption.from_on:
            raise forms.ValidationError(
                _("%(from_on)s 才开始采用，请填这一天或以后。") % {"from_on": self.adoption.from_on}
            )
        return to_on


def choices_of(organizations: Sequence[Organization]) -> list[Organization]:
    """Those that have others below them: whole subtrees adopt, not single branches."""
    kinds = ("work_committee", "leading_group", "committee", "general_branch")
    assert set(kinds) <= set(TABLES["organization"].column("kind").codes)  # type: ignore[union-attr,arg-type]
    return [one for one in organizations if one.kind in kinds]


def _field(parameter: Parameter, bounds: Bounds) -> forms.CharField:
    return forms.CharField(
        label=parameter.title(say().language),
        initial=exact(parameter.value),
        help_text=_help(parameter, bounds),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": _("请填一个数；标准原为 %(own)s。") % {"own": exact(parameter.value)}
        },
    )


def _help(parameter: Parameter, bounds: Bounds) -> str:
    """What can be written, and what the standard itself says."""
    own = exact(parameter.value)
    if parameter.unit == SHARE:
        percent = exact(parameter.value * 100)
        told = _("标准原为 %(own)s（%(percent)s%%）") % {"own": own, "percent": percent}
    else:
        told = (_("标准原为 %(own)s") % {"own": own} + f" {unit_word(parameter.unit)}").strip()
    return _("；").join((_range(bounds), told))


def _range(bounds: Bounds) -> str:
    if not bounds.fractions:
        if bounds.negative:
            return _("整数")
        return _("整数，不小于 0") if bounds.nought else _("整数，1 以上")
    if not bounds.above_one:
        return _("0 到 1") if bounds.nought else _("大于 0，不超过 1")
    if bounds.negative:
        return _("任何数")
    return _("不小于 0") if bounds.nought else _("大于 0")


def initial_of(adoption: Adoption | None) -> dict[str, str]:
    """The numbers of an earlier adoption, to start from."""
    if adoption is None:
        return {}
    return {_PREFIX + name: str(Fraction(value)) for name, value in adoption.settings.items()}
