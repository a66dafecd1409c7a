"""Forms of names and passwords."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.accounts.models import Account

_LEAST: Final = 10
_LONGEST: Final = 128


class SignInForm(forms.Form):
    """Name and password."""

    name = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=150,
        error_messages={"required": gettext_lazy("请填账号。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        max_length=_LONGEST,
        error_messages={"required": gettext_lazy("请填密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ForgottenForm(forms.Form):
    """Whose password is forgotten."""

    name = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=150,
        error_messages={"required": gettext_lazy("请填账号。")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class PasswordForm(forms.Form):
    """A password of the own choice, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("新密码"),
        help_text=gettext_lazy("至少 10 个字符，不能全是数字。可以用一句话。"),
        strip=False,
        max_length=_LONGEST,
        error_messages={"required": gettext_lazy("请填新密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再填一次"),
        strip=False,
        max_length=_LONGEST,
        error_messages={"required": gettext_lazy("请把新密码再填一次。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password, self.account)
        except ValidationError as refused:
            said = [_in_words(error, password) for error in refused.error_list]
            raise ValidationError(said) from refused
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, again = cleaned.get("password"), cleaned.get("again")
        if chosen and again and chosen != again:
            self.add_error("again", _("两次填的不一样，请重填。"))
        return cleaned


class ChangePasswordForm(PasswordForm):
    """Another password, by whoever knows the one in force."""

    current = forms.CharField(
        label=gettext_lazy("现在的密码"),
        strip=False,
        max_length=_LONGEST,
        error_messages={"required": gettext_lazy("请填现在的密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again")

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.account.check_password(current):
            raise ValidationError(_("现在的密码不对。"))
        return current

    def clean_password(self) -> str:
        password = super().clean_password()
        if self.account.check_password(password):
            raise ValidationError(_("新密码和现在的一样，请另选一个。"))
        return password


def _in_words(error: ValidationError, password: str) -> str:
    """What is wrong with a password and how to do better."""
    if error.code == "password_too_short":
        return _("密码至少 %(least)d 个字符，现在是 %(n)d 个。") % {
            "least": _LEAST,
            "n": len(password),
        }
    if error.code == "password_entirely_numeric":
        return _("密码不能全是数字，请加上字母或汉字。")
    if error.code == "password_too_similar":
        return _("密码和您的账号或姓名太像，别人容易猜到。")
    return _("这个密码太常见，别人容易猜到，请另选一个。")
