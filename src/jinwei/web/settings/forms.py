"""Forms of settings and accounts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.accounts.managing import members_to_link
from jinwei.accounts.models import Account, normal_name
from jinwei.members.models import Member

from .role_form import OfAccount, RoleForm

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Account]
else:
    _ModelForm = forms.ModelForm


class PreferencesForm(_ModelForm):
    """How somebody likes the pages."""

    class Meta:
        model = Account
        fields = ("language", "large_type", "keys")
        labels = {  # noqa: RUF012
            "large_type": gettext_lazy("大字"),
            "keys": gettext_lazy("用快捷键：/ 查找，n 录入，g w 工作台，? 列出全部"),
        }
        help_texts = {  # noqa: RUF012
            "keys": gettext_lazy("使用读屏软件时请不要打开，以免和它的按键冲突。"),
        }

    language = forms.ChoiceField(
        label=gettext_lazy("语言"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["language"] = self.instance.language or settings.LANGUAGE_CODE


class PersonForm(OfAccount):
    """Who somebody is: shown name, address of mail, person on the roster."""

    shown_name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=150,
        error_messages={"required": gettext_lazy("请填姓名，页面上和记录里都用它。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    member = forms.CharField(
        label=gettext_lazy("花名册上的党员"),
        required=False,
        help_text=gettext_lazy("填党员编号或姓名；不是党员，或者不在您管的组织里，就不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("邮箱"),
        required=False,
        help_text=gettext_lazy("用来收邀请和新密码的链接，可以不填。"),
        error_messages={"invalid": gettext_lazy("请写成 name@example.cn 这样。")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def prepare(self) -> None:
        super().prepare()
        if self.account is not None:
            self.initial = {
                "shown_name": self.account.shown_name,
                "member": self.account.member_id or "",
                "email": self.account.email,
            }

    def clean_member(self) -> Member | None:
        typed = normal_name(self.cleaned_data["member"])
        if not typed:
            return None
        kept = self.account.member if self.account else None
        if kept is not None and typed == kept.code:
            return kept
        found = self._found(typed)
        taken = Account.objects.filter(member=found).first()
        if taken is not None and taken != self.account:
            raise ValidationError(
                _("%(name)s已经有账号“%(account)s”。")
                % {"name": found.name or found.code, "account": taken.name}
            )
        return found

    def _found(self, typed: str) -> Member:
        by_code = members_to_link(self.access).filter(code=typed).first()
        if by_code is not None:
            return by_code
        named: QuerySet[Member] = self.access.rows(Member).filter(name=typed)
        rows = list(named.filter(pk__in=members_to_link(self.access).values("pk"))[:4])
        if len(rows) == 1:
            return rows[0]
        if rows:
            codes = _("、").join(row.code for row in rows)
            raise ValidationError(
                _("有几位“%(name)s”，请填编号：%(codes)s。") % {"name": typed, "codes": codes}
            )
        raise ValidationError(_("您管的组织里没有“%(typed)s”这名党员。") % {"typed": typed})


class InvitationForm(PersonForm, RoleForm):
    """A new account: who, and the first role."""

    name = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=150,
        help_text=gettext_lazy("登录时填的名字，例如姓名全拼；以后不能改。"),
        error_messages={"required": gettext_lazy("请填账号。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("name", "shown_name", "member", "email", "role", "organization")

    def clean_name(self) -> str:
        name = normal_name(self.cleaned_data["name"])
        if Account.objects.filter(name=name).exists():
            raise ValidationError(_("账号“%(name)s”已经有人用，请换一个。") % {"name": name})
        return name

    def person(self) -> Member | None:
        return self.cleaned_data.get("member")

    def new_account(self) -> Account:
        said = self.cleaned_data
        return Account(
            name=said["name"],
            shown_name=said["shown_name"],
            member=said["member"],
            email=said["email"],
        )


class ReasonForm(forms.Form):
    """Why an account is locked or closed."""

    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写一句原因，例如“已调离”。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EndForm(forms.Form):
    """The last day of a role."""

    on = forms.DateField(
        label=gettext_lazy("最后一天"),
        error_messages={
            "required": gettext_lazy("请填最后一天。"),
            "invalid": gettext_lazy("没有这一天，请写成 2026-06-18 这样。"),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, day: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.day = day
        self.fields["on"].initial = day

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on < self.day - dt.timedelta(days=1):
            raise ValidationError(_("最早填昨天：那以前他用过这个身份，记录不改。"))
        return on
