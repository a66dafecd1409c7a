"""Tags and filters of all templates: drawings, words of figures, links that keep the query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final, Protocol

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from jinwei.web import phrases
from jinwei.web.drawings import ICONS, SHAPES, STAR
from jinwei.web.fields import faults_of, parts_of
from jinwei.web.windows import Windowed, cells_of

register = template.Library()

NOTHING: Final = "–"

STATES: Final = {
    "met": gettext_lazy("已达标"),
    "on_track": gettext_lazy("进行中"),
    "pending": gettext_lazy("未到期"),
    "missed": gettext_lazy("已失分"),
    "awaiting": gettext_lazy("待评定"),
    "not_applicable": gettext_lazy("不适用"),
    "exempt": gettext_lazy("已豁免"),
}


class InTwoLanguages(Protocol):
    """A text in Chinese and English."""

    zh: str
    en: str


# --- drawings -----------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line drawing; it always stands beside a word, so that it says nothing itself."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def state(name: str, word: str = "") -> SafeString:
    """A state by shape, word and colour; another word may say it more exactly."""
    return format_html(
        '<span class="state {}">{}{}</span>', name, shape(name), word or STATES[name]
    )


@register.simple_tag
def shape(name: str) -> SafeString:
    """The shape of a state alone, for places where its word stands nearby."""
    drawing = mark_safe(SHAPES[name])
    return format_html('<svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def stars(earned: int | None, of: int = 5) -> SafeString:
    """Stars as a picture with its words; where there is no score, words alone."""
    if earned is None:
        return format_html('<span class="muted">{}</span>', _("尚未评定"))
    label = ngettext("%(n)d 星（共 %(of)d 星）", "%(n)d 星（共 %(of)d 星）", earned)
    drawn = format_html_join(
        "",
        '<svg viewBox="0 0 24 24"{}><path d="{}"/></svg>',
        ((mark_safe(' class="on"') if i < earned else "", STAR) for i in range(of)),
    )
    return format_html(
        '<span class="stars" role="img" aria-label="{}">{}</span>',
        label % {"n": earned, "of": of},
        drawn,
    )


@register.simple_tag
def strip(windows: Iterable[Windowed]) -> SafeString:
    """What was done in which month, quarter, half-year or year."""
    per, cells = cells_of(tuple(windows))
    return format_html(
        '<span class="strip {}" role="img" aria-label="{}">{}</span>',
        per,
        _("、").join(cell.spoken for cell in cells),
        format_html_join("", '<i class="{}">{}</i>', ((c.mark, c.label) for c in cells)),
    )


# --- words of figures ---------------------------------------------------------------------------


@register.filter
def points(hundredths: int | None) -> str:
    """417 is 4.17."""
    if hundredths is None:
        return NOTHING
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole:,}.{rest:02}"


@register.filter
def signed(hundredths: int | None) -> SafeString:
    """▲ 1.59 or ▼ 0.40, in words for whoever does not see it."""
    if hundredths is None:
        return mark_safe(NOTHING)
    if hundredths == 0:
        return format_html('<span class="num muted">{}</span>', _("持平"))
    tone, sign, word = ("up", "▲", _("升")) if hundredths > 0 else ("down", "▼", _("降"))
    return format_html(
        '<span class="num {}"><span aria-hidden="true">{}</span>'
        '<span class="hidden-text">{}</span> {}</span>',
        tone,
        sign,
        word,
        points(abs(hundredths)),
    )


@register.filter
def percent(share: Fraction | Decimal | float | None, places: int = 1) -> str:
    """A share of 1 in percent: 0.8685 is 86.9%."""
    if share is None:
        return NOTHING
    exact = Fraction(share) * 100
    unit = Decimal(1).scaleb(-places)
    rounded = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{rounded.quantize(unit, ROUND_HALF_UP)}%"


@register.filter(expects_localtime=True)
def day(value: dt.date | None, with_year: bool = False) -> str:
    """A date in a sentence: 6 月 18 日; with ``|day:True`` its year, too."""
    if value is None:
        return NOTHING
    if with_year:
        return date_format(value, pgettext("date format", "Y 年 n 月 j 日"))
    return date_format(value, pgettext("date format", "n 月 j 日"))


@register.filter
def nearby_day(value: dt.date | None) -> str:
    """A date in a sentence, with its year unless that is this year."""
    return day(value, value is not None and value.year != timezone.localdate().year)


@register.filter
def iso(value: dt.date | dt.datetime | None) -> str:
    """A date in a table: 2026-06-18, with the hours and minutes of here where it has them."""
    if value is None:
        return NOTHING
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(local, "Y-m-d H:i")
    return date_format(value, "Y-m-d")


@register.filter(expects_localtime=True)
def moment(value: dt.datetime | None) -> str:
    """A day of this year with its hour: 6 月 18 日 10:00."""
    if value is None:
        return NOTHING
    return date_format(value, pgettext("date format", "n 月 j 日 H:i"))


@register.filter
def left(days: int | None) -> str:
    """How long there is still, in days: negative is late."""
    if days is None:
        return ""
    if days == 0:
        return _("今天")
    if days < 0:
        return ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -days) % {"n": -days}
    return ngettext("还有 %(n)d 天", "还有 %(n)d 天", days) % {"n": days}


@register.filter
def urgency(days: int | None) -> str:
    """The tone of what is left: late, soon (within seven days) or none."""
    if days is None or days > 7:
        return ""
    return "late" if days < 0 else "soon"


@register.filter
def thousands(number: int | None) -> str:
    """5846 is 5,846."""
    return NOTHING if number is None else f"{number:,}"


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to walk through in a template."""
    return text.split()


@register.filter
def in_language(text: InTwoLanguages | None) -> str:
    """A text of a standard or of the data in the language of the page."""
    if text is None:
        return ""
    return (text.en or text.zh) if (get_language() or "").startswith("en") else text.zh or text.en


@register.simple_tag
def gap() -> str:
    """A space between words, in the language that has them."""
    return phrases.gap()


# --- links --------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The query of this page with changes; None takes a key away."""
    return _query(context["request"], changes)


def _query(request: HttpRequest, changes: Mapping[str, Any]) -> str:
    changed = request.GET.copy()
    for key, value in changes.items():
        changed.pop(key, None)
        if value is not None and value != "":
            changed[key] = str(value)
    return f"?{changed.urlencode()}"


@register.inclusion_tag("components/_sort_heading.html", takes_context=True)
def sort_heading(
    context: Context,
    label: str,
    key: str,
    default: str = "",
    numeric: bool = False,
    live: bool = False,
) -> dict[str, Any]:
    """The head of a column that sorts: ``?sort=key``, and ``?sort=-key`` when pressed again.

    ``default`` is the order of the list without ``?sort``.
    """
    request = context["request"]
    current = request.GET.get("sort") or default
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    turned = f"-{key}" if order == "ascending" else key
    return {
        "label": label,
        "order": order,
        "numeric": numeric,
        "live": live,
        "url": _query(request, {"sort": turned, "page": None}),
    }


# --- forms --------------------------------------------------------------------------------------


@register.inclusion_tag("components/_field.html")
def field(bound: BoundField, width: str = "", last: bool = False) -> dict[str, Any]:
    """A field with label, help and faults, tied together for screen readers.

    ``width``: ``brief`` or ``middling`` for short answers.
    """
    return {**parts_of(bound), "width": width, "last": last}


@register.inclusion_tag("components/_errors.html")
def errors(*forms: BaseForm) -> dict[str, Any]:
    """The summary of what is wrong in one or several forms; nothing where nothing is."""
    return {"faults": [fault for form in forms for fault in faults_of(form)]}
