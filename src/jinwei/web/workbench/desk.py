"""For whom a workbench is made: what all its parts need to know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jinwei.accounts.access import Access
from jinwei.engine.catalogue import TABLES
from jinwei.organizations.models import Organization
from jinwei.wording.words import Words


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at which organization, in which language; forms lead back to ``back``."""

    access: Access
    organization: Organization
    say: Words
    back: str

    @property
    def code(self) -> str:
        return str(self.organization.code)

    @property
    def day(self) -> dt.date:
        return self.access.day

    def word(self, table: str, column: str, value: str | None) -> str:
        """A code of a ledger in words; one that has none is shown as written."""
        found = TABLES[table].column(column)
        return self.say.value(table, found, value) if found is not None and value else ""
