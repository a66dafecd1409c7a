"""What stands behind one figure, for the drawer: words from the wording floor, links from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from jinwei.accounts.access import PERSONAL, Access
from jinwei.accounts.acts import Act
from jinwei.engine.explain import Explanation, PartBehind, RowBehind
from jinwei.engine.schema import Indicator, Standard
from jinwei.ledgers.models import Exemption
from jinwei.members.models import Member
from jinwei.organizations.models import Organization
from jinwei.standings.models import Standing
from jinwei.web.addresses import address
from jinwei.web.ledgers.rights import WITH_FORM, act_to_write
from jinwei.web.parts import Action
from jinwei.web.templatetags.jinwei import iso, points
from jinwei.web.workbench.addresses import record_action
from jinwei.wording.evidence import RowTold, rows_told
from jinwei.wording.explanation import PartTold, tell

from .page import words
from .shown import Behind, Exempted, Link, Links, Part

SHOWN: Final = 12
"""So many rows or names of one kind; the others are counted and linked as a list."""
_SOURCES: Final = {
    "term_expires_on": "organization:committee",
    "committee_size": "organization:committee",
    "full_time_staff": "organization:committee",
    "members": "members:roster",
    "full_members": "members:roster",
    "groups": "organization:below",
}
"""Where a derived column of an organization comes from."""


def behind(
    access: Access, organization: Organization, standing: Standing, one: Explanation, back: str
) -> Behind:
    """The explanation of one indicator with its links; at most four queries."""
    return _Drawer(access, organization, standing, one, back).behind()


class _Drawer:
    def __init__(
        self,
        access: Access,
        organization: Organization,
        standing: Standing,
        one: Explanation,
        back: str,
    ) -> None:
        self.access = access
        self.organization = organization
        self.standing = standing
        self.standard: Standard = standing.adoption.plan().standard
        self.one = one
        self.back = back
        self.persons = access.may(Act.MEMBERS, organization.code)
        rows = [row for part in one.parts for row in part.rows]
        self.members = _names_of_members(access, rows) if self.persons else None
        self.places = _names_of_places(access, rows, organization.code)

    def behind(self) -> Behind:
        indicator, result = self.one.indicator, self.one.result
        told = tell(words(), self.standard.subject, self.one, self.members)
        stored = self.standing.indicators.filter(indicator=indicator.id).first()
        return Behind(
            id=told.id,
            title=told.title,
            state=told.state,
            state_word=told.state_word,
            figure=told.figure,
            full=points(indicator.points),
            potential=points(result.potential) if result.outcome.counts else "",
            parts=tuple(map(self._part, self.one.parts, told.parts)),
            exempted=tuple(self._exempted()),
            action=self._action(indicator),
            rule=told.rule,
            clause=self._clause(indicator),
            clause_url=self._clause_url(indicator),
            changed=stored is None
            or (stored.state, stored.earned) != (result.state, result.earned),
        )

    # --- what counted ---------------------------------------------------------------------------

    def _part(self, part: PartBehind, told: PartTold) -> Part:
        return Part(
            told=told,
            windows=part.windows,
            values=tuple(self._value(part, text) for text in told.values),
            behind=tuple(self._rows(part, group.failed, group.heading) for group in told.groups),
            short=self._short(told),
        )

    def _value(self, part: PartBehind, text: str) -> Link:
        names = (column.name for column in part.evidence.columns)
        screens = [_SOURCES[name] for name in names if name in _SOURCES]
        code = self.organization.code
        return Link(text, url=address(screens[0], code) if len(screens) == 1 else "")

    def _rows(self, part: PartBehind, failed: bool, heading: str) -> Links:
        fact = part.evidence.fact
        if fact in PERSONAL and not self.persons:
            hidden = _("这些记录涉及个人，只对可以看党员的人开放。")
            return Links(heading, failed, (), hidden=hidden)
        rows = [row for row in part.rows if row.counted is not failed]
        newest = rows[: -SHOWN - 1 : -1]
        told = rows_told(words(), fact, newest, self.members)
        return Links(
            heading,
            failed,
            tuple(self._row(fact, row, text) for row, text in zip(newest, told, strict=True)),
            len(rows) - len(newest),
            address("ledgers:table", self.organization.code, fact),
        )

    def _row(self, fact: str, row: RowBehind, told: RowTold) -> Link:
        place = str(row.columns.get("organization") or self.organization.code)
        text = told.text
        if place in self.places:
            text = " · ".join(filter(None, (self.places[place], text)))
        hidden = row.columns.get("member") and fact != "post" and not self.persons
        url = "" if hidden else address("ledgers:record", place, fact, row.row_id)
        return Link(text, told.day or "", url)

    def _short(self, told: PartTold) -> Links | None:
        """The members who did not reach what was asked."""
        members = told.members
        if members is None or not members.heading:
            return None
        roster = address("members:roster", self.organization.code)
        if not self.persons:
            hidden = _("姓名只对可以看党员的人开放。")
            return Links(members.heading, True, (), hidden=hidden)
        links = tuple(
            Link(name or code, url=address("members:member", self.organization.code, code))
            for code, name in members.short[:SHOWN]
        )
        return Links(members.heading, True, links, len(members.short) - len(links), roster)

    # --- what was decided, and what can be done -------------------------------------------------

    def _exempted(self) -> Iterable[Exempted]:
        if not self.one.exempted_by:
            return
        numbers = [int(row_id.rpartition("-")[2]) for row_id in self.one.exempted_by]
        for row in self.access.rows(Exemption).filter(pk__in=numbers).order_by("pk"):
            first, last = (iso(d) if d else _("不限") for d in (row.from_on, row.to_on))
            span = _("%(first)s 至 %(last)s") % {"first": first, "last": last}
            yield Exempted(row.reason or "", row.approved_by or "", span)

    def _action(self, indicator: Indicator) -> Action | None:
        """To the form that mends it, for whoever may fill it in."""
        remedy = indicator.remedy
        waiting = any(part.chances for part in self.one.parts)
        if remedy is None or not waiting:
            return None
        act = act_to_write(remedy.record)
        if remedy.record not in WITH_FORM or not self.access.may(act, self.organization.code):
            return None
        columns = dict(remedy.columns)
        return record_action(self.organization.code, remedy.record, columns, self.back)

    # --- the text -------------------------------------------------------------------------------

    def _clause(self, indicator: Indicator) -> str:
        edition = self.standing.adoption.edition
        said = {
            "title": self.standard.title(words().language),
            "version": edition.version,
            "id": indicator.id,
        }
        return _("《%(title)s》%(version)s 第 %(id)s 条") % said

    def _clause_url(self, indicator: Indicator) -> str:
        edition = self.standing.adoption.edition
        url = address("standards:edition", edition.standard, edition.version)
        return f"{url}#{indicator.id}" if url else ""


def _names_of_members(access: Access, rows: list[RowBehind]) -> Mapping[str, str]:
    columns = ("member", "with_member")
    codes = {str(r.columns[c]) for r in rows for c in columns if r.columns.get(c)}
    if not codes:
        return {}
    found = access.rows(Member).filter(code__in=codes).only("code", "name")
    return {member.code: member.name or member.code for member in found}


def _names_of_places(access: Access, rows: list[RowBehind], own: str) -> Mapping[str, str]:
    """Names of the organizations below whose rows count, too."""
    codes = {str(c) for r in rows if (c := r.columns.get("organization")) and c != own}
    if not codes:
        return {}
    return dict(access.organizations().filter(code__in=codes).values_list("code", "name"))
