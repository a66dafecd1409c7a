"""Every kind of page reached by links, as every role: whole, narrow enough, accessible."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from jinwei.accounts.acts import RoleName

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    # What passes is not told, nor where it stands: more than half the time goes into that.
    "resultTypes": ["violations"],
    "selectors": False,
}
ROWS = 20
"""So many rows of a list are looked at: one template draws them all."""
_CHECK = f"""async rules => {{
  document.querySelectorAll("tbody > tr:nth-child(n + {ROWS + 1})").forEach(row => row.remove());
  const found = await axe.run(document, rules);
  return found.violations.map(one => ({{
    id: one.id, help: one.help, impact: one.impact, nodes: one.nodes.slice(0, 3).map(n => n.html),
  }}));
}}"""
PAGES = 40
"""So many kinds of pages a role at most; more would be the same again."""
CHECKED: set[tuple[str, str]] = set()
"""Kinds of pages looked at already, with the size: a template is the same for every role."""
_CODE = re.compile(
    r"[A-Z]{1,4}[0-9][A-Z0-9-]*|[A-Z]{2,4}(?=/)|[a-z]+-\d+|\d+(?:\.\d+)*|[0-9a-f-]{36}"
)
_FILES = re.compile(r"\.(xlsx|csv|json|ya?ml)\b|/attachments/|format=")


def kind_of(address: str) -> str:
    """An address without its codes and values: what is the same page for another organization."""
    parts = urlsplit(address)
    keys = sorted(piece.partition("=")[0] for piece in parts.query.split("&") if piece)
    path = _CODE.sub("*", parts.path)
    ledger = re.match(r"/ledgers/\*/([a-z]+)/", path)
    if ledger and ledger[1] not in ("meeting", "dues"):
        path = path.replace(ledger[1], "table", 1)
    return f"{path}?{'&'.join(keys)}"


def walk(page: Page, host: str, size: str) -> Iterator[str]:
    """The addresses reached from the page at hand, one of each kind, each loaded when yielded.

    Kinds that another role looked at in this size are passed over, but for the first page.
    """
    first = page.url
    waiting, seen = deque([first]), set()
    while waiting and len(seen) < PAGES:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind in seen or (address != first and (size, kind) in CHECKED):
            continue
        seen.add(kind)
        CHECKED.add((size, kind))
        answer = page.goto(address)
        assert answer is not None
        assert answer.status < 400, f"{address}: {answer.status}"
        yield address
        found: list[str] = page.evaluate(
            "[...document.querySelectorAll('a[href]')].map(a => a.href)"
        )
        for link in found:
            bare = link.partition("#")[0]
            if bare.startswith(host) and not _FILES.search(bare) and kind_of(bare) not in seen:
                waiting.append(bare)


def faults(page: Page) -> list[str]:
    """What the checker finds serious, in words."""
    page.evaluate(AXE)
    report: list[dict[str, Any]] = page.evaluate(_CHECK, RULES)
    return [
        f"{one['id']}: {one['help']}: {html[:160]}"
        for one in report
        if one["impact"] in ("serious", "critical")
        for html in one["nodes"]
    ]


@pytest.mark.parametrize("role", RoleName.values)
def test_every_page_is_whole_and_accessible(
    role: str, sign_in: Callable[[str], Page], demo: str, size: str
) -> None:
    page = sign_in(role)
    wrong = []
    for address in walk(page, demo, size):
        wrong += [f"{address} {fault}" for fault in faults(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            wrong.append(f"{address} is {wide} px too wide")
        if page.locator("h1").count() != 1:
            wrong.append(f"{address} has {page.locator('h1').count()} h1")
    assert wrong == [], "\n".join(wrong)
