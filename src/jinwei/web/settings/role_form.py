"""The form of a role to give: where somebody may give it, and to whom."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.accounts.access import Access
from jinwei.accounts.acts import RoleName
from jinwei.accounts.models import Account, Role, normal_name
from jinwei.engine.faults import nearest_name
from jinwei.members.models import Member
from jinwei.organizations.models import Organization

from .words import role_label

_LISTED: Final = 1000
"""So many organizations are offered while typing; whoever has more types the code."""


class OfAccount(forms.Form):
    """A form that somebody fills in about an account, or about one to come."""

    def __init__(self, access: Access, account: Account | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.access = access
        self.account = account
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and what stands in the fields at first."""


class RoleForm(OfAccount):
    """A role to give: which, where, from when to when, for which purpose."""

    role = forms.ChoiceField(
        label=gettext_lazy("身份"), error_messages={"required": gettext_lazy("请选一个身份。")}
    )
    organization = forms.CharField(
        label=gettext_lazy("在哪个组织"),
        help_text=gettext_lazy("填组织代码或全称；身份也管它下面的组织。"),
        error_messages={"required": gettext_lazy("请填组织代码或全称。")},
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    from_on = forms.DateField(
        label=gettext_lazy("从哪天起"),
        required=False,
        error_messages={"invalid": gettext_lazy("没有这一天，请写成 2026-06-18 这样。")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    to_on = forms.DateField(
        label=gettext_lazy("到哪天止（可不填）"),
        required=False,
        error_messages={"invalid": gettext_lazy("没有这一天，请写成 2026-06-18 这样。")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    purpose = forms.CharField(
        label=gettext_lazy("只为哪件事"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("例如某项专项工作；填了就只能看为这件事归它管的组织。一般不填。"),
    )

    def prepare(self) -> None:
        super().prepare()
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        given = [(name, role_label(name)) for name in self.access.gives]
        role.choices = given if len(given) == 1 else [("", _("请选一个")), *given]
        self.fields["from_on"].initial = self.access.day
        self.places = self._places()
        if len(self.places) == 1:
            self.fields["organization"].initial = self.places[0][0]

    def _places(self) -> list[tuple[str, str]]:
        """Codes and names to choose from while typing."""
        found: set[tuple[str, str]] = set()
        for role in self.access.gives:
            here = self.access.giving_to(role).filter(dissolved_on=None)
            found.update(here.order_by("pk").values_list("code", "name")[:_LISTED])
        return sorted(found)

    def clean_organization(self) -> Organization:
        typed = normal_name(self.cleaned_data["organization"])
        codes = dict(self.places)
        code = typed if typed in codes else next((c for c, n in codes.items() if n == typed), typed)
        for role in self.access.gives:
            found = self.access.giving_to(role).filter(code=code).first()
            if found is not None:
                return found
        near = nearest_name(typed, list(codes)) or nearest_name(typed, list(codes.values()))
        if near is None:
            raise ValidationError(
                _("您管的组织里没有“%(typed)s”。") % {"typed": typed},
            )
        known = near if near in codes else next(c for c, n in codes.items() if n == near)
        raise ValidationError(
            _("您管的组织里没有“%(typed)s”。是不是 %(code)s（%(name)s）？")
            % {"typed": typed, "code": known, "name": codes[known]}
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        role, place = cleaned.get("role"), cleaned.get("organization")
        if role and place and not self.access.may_give(role, place.code):
            self.add_error(
                "role",
                _("您不能在“%(place)s”给人“%(role)s”身份。")
                % {"place": place.name, "role": role_label(role)},
            )
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("不能早于开始的那天。"))
        if last and last < self.access.day:
            self.add_error("to_on", _("这一天已经过去，请填今天或以后。"))
        if role == RoleName.MEMBER and place:
            self._check_person(place)
        return cleaned

    def _check_person(self, place: Organization) -> None:
        """The role of a member opens the own record, so the account must be somebody there."""
        person = self.person()
        if person is None:
            self.add_error("role", _("“党员”身份只看本人的记录，请先写明是花名册上的哪一位。"))
        elif not self.access.below([place.code]).filter(code=person.organization_id).exists():
            self.add_error(
                "organization",
                _("%(name)s不在“%(place)s”。") % {"name": person.name, "place": place.name},
            )

    def person(self) -> Member | None:
        return self.account.member if self.account else None

    def role_of(self, account: Account) -> Role:
        """The role as it was filled in, not yet saved."""
        said = self.cleaned_data
        return Role(
            account=account,
            role=said["role"],
            organization=said["organization"],
            from_on=said["from_on"],
            to_on=said["to_on"],
            purpose=said["purpose"] or None,
        )
