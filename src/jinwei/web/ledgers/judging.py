"""Judgements and exemptions: of an indicator of the standards that an organization works to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jinwei.engine.measures.judging import CLEAN
from jinwei.norms import code_words
from jinwei.organizations.facts import FactModel
from jinwei.web.templatetags.jinwei import points

from .fields import AmountField, DayField, LineField
from .forms import Desk, LedgerForm
from .items import Item
from .words import say


class ItemForm(forms.Form):
    """First of all: which indicator."""

    def __init__(self, items: Sequence[Item], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        groups: dict[str, list[tuple[str, str]]] = {}
        for item in items:
            groups.setdefault(item.standard.title(say().language), []).append(
                (item.key, item.label)
            )
        self.fields["item"] = forms.ChoiceField(
            label=_("哪一项指标"),
            choices=[("", _("请选")), *groups.items()],
            error_messages={"required": _("请选一项指标。")},
        )


class VerdictForm(LedgerForm):
    """What judgements and exemptions share: the item, and the member where it is about one."""

    def __init__(
        self,
        desk: Desk,
        data: Mapping[str, Any] | None = None,
        *,
        item: Item,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.item = item
        super().__init__(desk, data, initial=initial)

    @property
    def of_members(self) -> bool:
        return self.item.standard.subject == "member"

    def _whom(self) -> Iterator[tuple[str, forms.Field]]:
        if self.of_members and self.desk.row is None:
            yield (
                "member",
                forms.ChoiceField(
                    label=_("党员"),
                    choices=[("", _("请选")), *self.desk.people],
                    error_messages={"required": _("请选党员。")},
                ),
            )

    def _row(self) -> FactModel:
        named = self.item.indicator
        return self.empty_row(
            standard=self.item.standard.id,
            indicator=named.id if named else None,
            member_id=self.cleaned_data.get("member") or None,
        )


class JudgementForm(VerdictForm):
    """A level, points or findings, by the scale of the indicator."""

    @property
    def columns(self) -> Sequence[str]:
        return ("level", "points", "judged_on", "for_on")

    @cached_property
    def _most(self) -> int:
        return max(self.item.indicator.points, 0) if self.item.indicator else 0

    def new_rows(self) -> list[FactModel]:
        """One for a level or points; one for each finding, or for none at all."""
        if not self.item.findings or self.cleaned_data.get("level"):
            return [self.fill(self._row())]
        rows = []
        for found in self.cleaned_data["found"] or [CLEAN]:
            row: Any = self.fill(self._row())
            row.level = found
            rows.append(row)
        return rows

    def fill(self, row: FactModel) -> FactModel:
        super().fill(row)
        row.judge = str(self.desk.access.account)  # type: ignore[attr-defined]
        return row

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        level, given = cleaned.get("level"), cleaned.get("points")
        if given is not None and given > self._most:
            self.add_error(
                "points", _("这一项满分 %(n)s 分，不能多给。") % {"n": points(self._most)}
            )
        if self.item.levels and not self.errors:
            if level and given is not None:
                self.add_error("points", _("等次和得分只填一样。"))
            elif not level and given is None:
                self.add_error("level", _("请选等次，或者直接给分。"))
        if "clean" in self.fields and not self.item.levels:
            if cleaned.get("found") and cleaned.get("clean"):
                self.add_error("clean", _("已选了问题，就不能再选“没有发现问题”。"))
            elif not cleaned.get("found") and not cleaned.get("clean"):
                self.add_error("found", _("请选发现的问题，或勾选“没有发现问题”。"))
        return cleaned

    def _made(self) -> Iterator[tuple[str, forms.Field]]:
        yield from self._whom()
        row = self.desk.row
        if self.item.levels or row is not None:
            levels = self.item.levels or (*self.item.findings, CLEAN)
            yield (
                "level",
                forms.ChoiceField(
                    label=_("等次"),
                    choices=[("", _("不选，直接给分")), *_level_words(levels)],
                    widget=forms.RadioSelect,
                    required=False,
                ),
            )
            if self.item.levels:
                yield (
                    "points",
                    AmountField(
                        label=_("或者直接给分"),
                        help_text=_("满分 %(n)s 分。") % {"n": points(self._most)},
                        required=False,
                    ),
                )
        else:
            yield (
                "found",
                forms.MultipleChoiceField(
                    label=_("发现的问题"),
                    choices=_level_words(self.item.findings),
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                ),
            )
            yield "clean", forms.BooleanField(label=_("看过，没有发现问题"), required=False)
        yield (
            "judged_on",
            DayField(label=_("评定日期"), error_messages={"required": _("请选评定日期。")}),
        )
        yield (
            "for_on",
            DayField(
                label=_("所评日期"),
                help_text=_("评的是哪一天所在的期间；不填就是评定日期。"),
                required=False,
            ),
        )


class ExemptionForm(VerdictForm):
    """Why an indicator does not count for somebody, from when to when."""

    @property
    def columns(self) -> Sequence[str]:
        return ("from_on", "to_on", "reason")

    def new_rows(self) -> list[FactModel]:
        return [self.fill(self._row())]

    def fill(self, row: FactModel) -> FactModel:
        super().fill(row)
        row.approved_by = str(self.desk.access.account)  # type: ignore[attr-defined]
        return row

    def _made(self) -> Iterator[tuple[str, forms.Field]]:
        yield from self._whom()
        yield (
            "from_on",
            DayField(label=_("从哪天起"), error_messages={"required": _("请选从哪天起。")}),
        )
        yield (
            "to_on",
            DayField(label=_("到哪天止"), help_text=_("不填就一直有效。"), required=False),
        )
        yield (
            "reason",
            LineField(
                label=_("理由"),
                help_text=_("本组织和它的上级都看得到。"),
                error_messages={"required": _("请写一句理由，例如“支部刚成立，未满一个季度”。")},
            ),
        )


def _level_words(levels: Sequence[str]) -> list[tuple[str, str]]:
    words = code_words().get("judgement", {}).get("level", {})
    language = say().language
    return [(level, words[level][language] if level in words else level) for level in levels]
