"""Fields of ledger forms: they take what people type and say in words what is wrong with it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\Z")
_MONTH: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})月?\Z")
_LARGEST: Final = 10_000_000_000
_YEARS: Final = range(1900, 2200)


def plain(text: Any) -> str:
    """What was typed, full-width digits and signs as plain ones, without spaces around."""
    return unicodedata.normalize("NFKC", str(text or "")).strip()


class DayField(forms.DateField):
    """A day; typed by hand it may have any usual separator."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values or isinstance(value, dt.date):
            return super().to_python(value)
        found = _DAY.match(plain(value))
        if found is None:
            raise ValidationError(_("请写成 2026-06-18 这样的日期。"))
        year, month, day = (int(part) for part in found.groups())
        if month not in range(1, 13) or year not in _YEARS:
            raise ValidationError(
                _("没有 %(month)s 月，请写成 2026-06-18 这样的日期。") % {"month": month}
            )
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            said = {"month": month, "day": day, "last": last}
            raise ValidationError(
                _("%(month)s 月没有 %(day)s 日。请填 %(month)s 月 %(last)s 日或以前。") % said
            )
        return dt.date(year, month, day)


class MonthField(forms.CharField):
    """A month as 2026-06."""

    widget = forms.TextInput(attrs={"type": "month"})

    def to_python(self, value: Any) -> str:
        text = plain(value)
        if not text:
            return ""
        found = _MONTH.match(text)
        year, month = (int(part) for part in found.groups()) if found else (0, 0)
        if month not in range(1, 13) or year not in _YEARS:
            raise ValidationError(_("请写成 2026-06 这样的月份。"))
        return f"{year}-{month:02}"


class AmountField(forms.Field):
    """Yuan, hours or points with at most two decimals; kept in hundredths."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = plain(value).replace(",", "").removesuffix("元").strip()
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise ValidationError(_("请只写数字，例如 50 或 50.25。")) from None
        if not found.is_finite() or abs(found) >= _LARGEST:
            raise ValidationError(_("数字太大，请核对一下。"))
        if found < 0:
            raise ValidationError(_("不能是负数。"))
        if found != found.quantize(Decimal("0.01")):
            raise ValidationError(_("最多写两位小数，例如 50.25。"))
        return int(found * 100)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return f"{Decimal(value).scaleb(-2):.2f}"
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class CountField(forms.Field):
    """A whole number, not negative."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = plain(value).replace(",", "")
        if not text:
            return None
        if not re.fullmatch(r"-?\d+", text):
            raise ValidationError(_("请写整数，例如 12。"))
        found = int(text)
        if found < 0:
            raise ValidationError(_("不能是负数。"))
        if found >= _LARGEST:
            raise ValidationError(_("数字太大，请核对一下。"))
        return found


class LineField(forms.CharField):
    """One line of text."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        choices = [("", _("未填")), ("true", _("是")), ("false", _("否"))]
        super().__init__(choices=choices, coerce=lambda v: v == "true", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)


class Suggested(forms.TextInput):
    """A line with earlier answers to choose from."""

    template_name = "ledgers/_suggested.html"

    def __init__(self, suggestions: Iterable[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = tuple(suggestions)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.suggestions:
            id = f"{context['widget']['attrs'].get('id', name)}-known"
            context["widget"]["attrs"] |= {"list": id, "autocomplete": "off"}
            context["widget"] |= {"list_id": id, "suggestions": self.suggestions}
        return context
