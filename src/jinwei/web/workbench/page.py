"""Everything the workbench of one organization shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.engine.explain import SubjectExplanation, explain
from jinwei.engine.score import clock_for
from jinwei.ledgers.backend import DjangoBackend
from jinwei.organizations.models import Organization
from jinwei.standings.figures import current, leading
from jinwei.standings.models import Adoption, Standing
from jinwei.web.ledgers.words import say as words
from jinwei.web.organization.page import basis
from jinwei.web.parts import Basis, Head

from .burden import Burden, burden
from .card import Card, card
from .desk import Desk
from .duties import awaiting, duties
from .headline import headline
from .known import known_of
from .listing import Listing, listing
from .matters import matters
from .month import Sheet, month_asked, sheet
from .quick import Quick, quick_row
from .stakes import Stakes
from .steps import Step, first_steps
from .tasks import Task


@dataclass(frozen=True, slots=True)
class Page:
    """The context of the page."""

    head: Head
    listing: Listing
    steps: tuple[Step, ...]
    quick: tuple[Quick, ...]
    awaiting: int
    indicators: int
    card: Card | None
    no_card: str
    standing_url: str
    score_url: str
    sheet: Sheet
    burden: Burden


class Workbench:
    """Reads what is needed once, then tells it."""

    def __init__(self, access: Access, organization: Organization) -> None:
        self.access = access
        self.organization = organization
        self.code = organization.code
        self.day = access.day
        here = reverse("workbench:workbench", args=[self.code])
        self.desk = Desk(access, organization, words(), here)
        self.adoption = leading(self.code, self.day)
        self.explained = self._explained()
        self.tasks = self._tasks()

    def _explained(self) -> SubjectExplanation | None:
        if self.adoption is None:
            return None
        plan = self.adoption.plan()
        if plan.subject != "organization":
            return None
        clock = clock_for(plan, self.day)
        return explain(plan, DjangoBackend(), clock, self.code, rows=False)

    def _tasks(self) -> list[Task]:
        explained = self.explained
        first = explained.clock.period.first if explained else self.day.replace(month=1, day=1)
        found = matters(self.desk, first, Stakes(explained))
        if explained is not None:
            found += duties(self.desk, explained, known_of(self.desk, explained))
        return found

    def head(self, standing: Standing | None, *, new: bool) -> Head:
        said = headline(self.tasks, self.day)
        title, lead = said.title, said.lead
        if new:
            title = _("先做三件事，得分就能算起来")
            lead = _("登记以后，该办的事都列在这里。")
            if self.tasks:
                lead = _("%(title)s。") % {"title": said.title}
        return Head(title, lead, basis=_basis(standing) if standing else None)

    def no_card(self) -> str:
        if self.adoption is None:
            return _("上级还没有为本组织选定标准，所以没有得分；到期的事照常列出。")
        if self.explained is None:
            return _("所采用的标准不适用于这一类组织，所以没有得分。")
        return _("得分正在第一次计算，稍后再看。")

    def page(self, show: str, all_later: bool, month: str) -> Page:
        standing = _standing(self.adoption, self.code, self.day)
        explained = self.explained
        told = card(standing, explained, self.day, self.desk.say) if explained else None
        rows = explained.indicators if explained else ()
        quick: tuple[Quick, ...] = ()
        if explained and self.access.may(Act.RECORD, self.code):
            quick = quick_row(self.desk, explained)
        first = month_asked(month, self.day)
        steps = first_steps(self.desk)
        return Page(
            head=self.head(standing, new=bool(steps)),
            listing=listing(self.desk, self.tasks, show, all_later),
            steps=steps,
            quick=quick,
            awaiting=awaiting(explained) if explained else 0,
            indicators=len(rows),
            card=told,
            no_card="" if told else self.no_card(),
            standing_url=reverse("organization:standing", args=[self.code]),
            score_url=reverse("organization:score", args=[self.code]),
            sheet=sheet(self.desk, first, self.tasks),
            burden=burden(self.desk),
        )


def _basis(standing: Standing) -> Basis:
    """The minute counts here: what was just saved is in it."""
    return replace(basis(standing), as_of=localtime(standing.reckoned_at))


def _standing(adoption: Adoption | None, code: str, day: dt.date) -> Standing | None:
    if adoption is None:
        return None
    rows = current(adoption, day).filter(subject=code)
    return rows.select_related("adoption__edition").first()
