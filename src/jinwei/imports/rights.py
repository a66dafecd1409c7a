"""Where an account may bring rows in, by table."""

from __future__ import annotations

from typing import Final

from jinwei.accounts.access import PERSONAL, Access
from jinwei.accounts.acts import Act

IMPORTING: Final = (Act.RECORD, Act.TREE, Act.JUDGE)
"""Any of these may import something; which rows, is told line by line."""
_ACTS: Final = {
    "judgement": Act.JUDGE,
    "exemption": Act.JUDGE,
    "organization": Act.TREE,
    "superior": Act.TREE,
    "term": Act.TREE,
}


def act_for(table: str) -> Act:
    """What somebody must be allowed to do to bring rows of a table in."""
    return _ACTS.get(table, Act.RECORD)


class Rights:
    """The organizations of one account, read once.

    ``coming``: organizations that the same book brings, each with its superior: what may be done
    there may be done in them.
    """

    def __init__(self, access: Access) -> None:
        self.access = access
        self.coming: dict[str, str | None] = {}
        self._codes: dict[Act, frozenset[str]] = {}
        self._open: set[tuple[str, str | None]] = set()

    def may(self, table: str, organization: str | None) -> bool:
        """Whether rows of a table may come into an organization."""
        if (table, organization) in self._open:
            return True
        acts = [act_for(table), *([Act.MEMBERS] if table in PERSONAL else [])]
        if not all(self._holds(act, organization) for act in acts):
            return False
        self._open.add((table, organization))
        return True

    def _holds(self, act: Act, organization: str | None) -> bool:
        allowed, been = self._of(act), set[str]()
        while organization is not None and organization not in been:
            if organization in allowed:
                return True
            been.add(organization)
            organization = self.coming.get(organization)
        return False

    def _of(self, act: Act) -> frozenset[str]:
        if act not in self._codes:
            rows = self.access.organizations(act).values_list("code", flat=True)
            self._codes[act] = frozenset(rows)
        return self._codes[act]
