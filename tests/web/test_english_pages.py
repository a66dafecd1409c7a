"""The pages in English: nothing in Chinese is left but names and what people wrote."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from jinwei.accounts.models import Account
from jinwei.norms import shipped_standards

from .conftest import small_dataset

PAGES = 100
"""So many kinds of pages a role at most."""
_CODE = re.compile(
    r"[A-Z]{1,4}[0-9][A-Z0-9-]*|[A-Z]{2,4}(?=/)|[a-z]+-\d+|\d+(?:\.\d+)*|[0-9a-f-]{36}"
)
_FILES = re.compile(r"\.(xlsx|csv|json|ya?ml)\b|/attachments/|format=")
_LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*|\?[^"#]*)')
_UNSEEN = re.compile(r"<(script|style|textarea)\b.*?</\1>|<!--.*?-->", re.S)
_SPOKEN = re.compile(r'\b(?:aria-label|placeholder|title|alt|data-confirm|content)="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_SOUGHT = re.compile(r"contains: *[\"']?([\u4e00-\u9fff]+)")
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_JOINED = re.compile(r"[a-z]{2}[.;,][A-Z][a-z]")
_OWN = ("简体中文", "中文", "晋位")
"""Said in Chinese on English pages, too: the other language, and the name of the product."""


def kind_of(address: str) -> str:
    """An address without its codes and values, and with the first of what narrows it."""
    parts = urlsplit(address)
    return f"{_CODE.sub('*', parts.path)}?{parts.query.partition('=')[0]}"


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Addresses and pages reached by links, one of each kind of address."""
    waiting, seen = deque(["/"]), set[str]()
    while waiting and len(seen) < PAGES:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind in seen or _FILES.search(address):
            continue
        seen.add(kind)
        answer = client.get(address, follow=True)
        assert answer.status_code < 400, f"{address}: {answer.status_code}"
        if answer.redirect_chain:
            address = answer.redirect_chain[-1][0]
            seen.add(kind_of(address))
        if not answer["Content-Type"].startswith("text/html"):
            continue
        text = answer.content.decode()
        yield address, text
        waiting.extend(urljoin(address, unescape(link)) for link in _LINK.findall(text))


def shown(page: str) -> str:
    """What is seen and read out; tags stand as bars."""
    bare = _UNSEEN.sub("", page)
    spoken = "|".join(_SPOKEN.findall(bare))
    return unescape(re.sub(r"\s+", " ", _TAG.sub("|", bare)) + "|" + spoken)


def of_the_data() -> list[str]:
    """Names and topics of the data set and what standards look for in topics, long ones first."""
    found = set(
        _SOUGHT.findall("".join(path.read_text("utf-8") for path in shipped_standards().values()))
    )
    found |= {
        value
        for rows in small_dataset().tables.values()
        for row in rows
        for value in row
        if isinstance(value, str) and _CHINESE.search(value)
    }
    return sorted(found, key=len, reverse=True)


@pytest.mark.parametrize("role", ["secretary", "work_committee", "member", "administrator"])
def test_pages_in_english_are_english(
    role: str, client_as: Callable[[str], Client], account: Callable[[str], Account]
) -> None:
    own = account(role)
    own.language = "en"
    own.save(update_fields=["language"])
    names = [*of_the_data(), own.shown_name, *_OWN]
    wrong, count = [], 0
    for address, page in pages(client_as(role)):
        count += 1
        assert '<html lang="en' in page, address
        text = shown(page)
        for name in names:
            text = text.replace(name, "")
        wrong += [
            f"{address}: {text[max(m.start() - 40, 0) : m.end() + 40]}"
            for pattern in (_CHINESE, _JOINED)
            for m in pattern.finditer(text)
        ]
    assert wrong == [], "\n".join(dict.fromkeys(wrong))
    assert count > 4
