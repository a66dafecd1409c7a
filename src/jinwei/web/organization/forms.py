"""Forms for changes of the tree: they read what people type; what cannot be is refused below."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.engine.catalogue import ORGANIZATION_KINDS, SECTORS
from jinwei.engine.faults import nearest_name
from jinwei.organizations.models import Organization
from jinwei.web.ledgers.fields import DayField, Suggested, plain

from .page import code_word

SUGGESTED: Final = 800
"""With more organizations than this, one has to be found before it is typed."""


_WHICH: Final = {"required": gettext_lazy("请选是哪个组织，写代码或全称。")}


class OrganizationField(forms.CharField):
    """One of some organizations, by code or by name."""

    def __init__(self, rows: QuerySet[Organization], **options: Any) -> None:
        self.rows = rows
        names = rows.order_by("code").values_list("code", "name")[: SUGGESTED + 1]
        known = [f"{code} {name}" for code, name in names]
        widget = Suggested(known if len(known) <= SUGGESTED else ())
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Organization:
        text = plain(super().clean(value))
        code = text.partition(" ")[0]
        found = list(self.rows.filter(Q(code=code) | Q(name=text))[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("有几个组织叫“%(text)s”，请填代码。") % {"text": text})
        near = nearest_name(code, list(self.rows.values_list("code", flat=True)))
        if near is None:
            raise ValidationError(_("没有组织“%(text)s”。请填代码或全称。") % {"text": text})
        name = self.rows.filter(code=near).values_list("name", flat=True).get()
        raise ValidationError(
            _("没有组织“%(text)s”。是不是 %(near)s（%(name)s）？")
            % {"text": text, "near": near, "name": name}
        )


class ProfileForm(forms.Form):
    """Name, kind, sector and place of an organization, as seen at a version."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        error_messages={"required": gettext_lazy("请写全称，例如“市统计局机关第二党支部”。")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    sector = forms.ChoiceField(label=gettext_lazy("领域"), required=False)
    region = forms.CharField(label=gettext_lazy("行政区划代码"), required=False)
    established_on = DayField(label=gettext_lazy("成立日期"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(code, code_word("organization", "kind", code)) for code in ORGANIZATION_KINDS]
        sectors = [(code, code_word("organization", "sector", code)) for code in SECTORS]
        kind, sector = self.fields["kind"], self.fields["sector"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(sector, forms.ChoiceField)
        kind.choices = kinds
        sector.choices = [("", "–"), *sectors]

    def put_into(self, organization: Organization) -> None:
        """Write what was said into a row, not yet saved."""
        for name in ("name", "kind", "sector", "region", "established_on"):
            setattr(organization, name, self.cleaned_data[name] or None)


class NewForm(ProfileForm):
    """A new organization below another."""

    code = forms.CharField(
        label=gettext_lazy("代码"),
        help_text=gettext_lazy("以后不改。只用字母、数字、横线和下划线。"),
        error_messages={"required": gettext_lazy("请写代码，例如 TJ03。")},
    )
    field_order = ("code", "name", "kind", "sector", "region", "established_on", "version")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("请选择")), *kind.choices]  # type: ignore[misc]
        kind.error_messages["required"] = _("请选是哪一类党组织。")

    def clean_code(self) -> str:
        code = plain(self.cleaned_data["code"])
        if not all(c.isascii() and (c.isalnum() or c in "-_") for c in code):
            raise ValidationError(_("代码只用字母、数字、横线和下划线，例如 TJ03。"))
        return code


class DatedForm(forms.Form):
    """A change from or with a day, and why."""

    on = DayField(
        label=gettext_lazy("日期"),
        error_messages={"required": gettext_lazy("请选是哪一天。")},
    )
    reason = forms.CharField(
        label=gettext_lazy("依据或理由"),
        required=False,
        error_messages={
            "required": gettext_lazy("请写一句依据或理由，例如“区委〔2026〕3 号批复”。"),
        },
    )

    def __init__(self, *args: Any, rows: QuerySet[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = rows


class MoveForm(DatedForm):
    """Another superior from a day on."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label = _("自哪天起")
        self.fields["parent"] = OrganizationField(
            self.rows, label=_("新的上级"), error_messages=_WHICH
        )
        self.order_fields(["parent", "on", "reason"])


class DissolveForm(DatedForm):
    """The last day of an organization."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label = _("撤销日期")
        self.fields["on"].help_text = _("这一天是它存在的最后一天。")
        self.fields["reason"].required = True


class MergeForm(DatedForm):
    """The organization that takes another in, and from when."""

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["on"].label = _("自哪天起")
        self.fields["into"] = OrganizationField(self.rows, label=_("并入"), error_messages=_WHICH)
        self.fields["reason"].required = True
        self.order_fields(["into", "on", "reason"])

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("并入以后党员就归新的组织管，请在当天或以后登记。"))
        return day


class LendForm(forms.Form):
    """A second superior for one purpose."""

    purpose = forms.CharField(
        label=gettext_lazy("用途"),
        help_text=gettext_lazy("例如“主题教育属地指导”。"),
        error_messages={"required": gettext_lazy("请写只为哪一件事。")},
    )
    from_on = DayField(
        label=gettext_lazy("自哪天起"),
        error_messages={"required": gettext_lazy("请选是哪一天。")},
    )
    to_on = DayField(label=gettext_lazy("到哪天（没有期限就不填）"), required=False)

    def __init__(self, *args: Any, rows: QuerySet[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"] = OrganizationField(rows, label=_("第二上级"), error_messages=_WHICH)
        self.order_fields(["parent", "purpose", "from_on", "to_on"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("from_on"), said.get("to_on")
        if first is not None and last is not None and last < first:
            self.add_error("to_on", _("不能早于开始的日期。"))
        return said
