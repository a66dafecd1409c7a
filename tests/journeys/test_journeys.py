"""A day in the life of the people who use it, in a real browser, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SignIn = Callable[[str], Page]


def _open_what_moves_the_score(page: Page) -> None:
    """The first task whose preview says that saving changes the score."""
    links = page.locator(".todo a.btn[href*='/entry/']")
    addresses = [links.nth(i).evaluate("a => a.href") for i in range(links.count())]
    for address in addresses:
        page.goto(address)
        preview = page.locator("#preview")
        expect(preview).to_contain_text("会议台账")
        if re.search(r"得分\s*[\d.]+\s*→", preview.inner_text()):
            return
    pytest.fail(f"no task of {len(addresses)} moves the score: {preview.inner_text()}")


def test_the_secretarys_day(sign_in: SignIn) -> None:
    """What is due, record it with few inputs, see what it was worth, take it back."""
    page = sign_in("secretary")
    expect(page.locator("h1")).to_contain_text(re.compile("件事要办|都办完了"))
    _open_what_moves_the_score(page)
    page.get_by_label("议题").fill("学习贯彻全会精神")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page).to_have_url(re.compile("/workbench/"))
    told = page.locator("#messages")
    expect(told).to_contain_text(re.compile(r"已保存 1 条记录.*得分 [\d.]+ → [\d.]+", re.DOTALL))
    told.get_by_role("button", name="撤回").click()
    expect(told).to_contain_text("撤回")


def test_the_committees_morning(sign_in: SignIn, size: str) -> None:
    """From the overview to a branch, to an indicator and the rows behind it: three clicks."""
    page = sign_in("work_committee")
    expect(page.locator("h1")).to_be_visible()
    page.locator(".tile").first.click()
    expect(page).to_have_url(re.compile("/organizations/"))
    if size == "phone":  # the groups are folded there
        page.locator("#results .fold").first.click()
    page.locator("a.why[href*='/indicators/']").first.click()
    expect(page.locator("#drawer, .drawer").first).to_be_visible()


def test_an_explanation_opens_beside_the_list_and_on_a_phone_under_its_row(
    sign_in: SignIn, demo: str, size: str
) -> None:
    page = sign_in("secretary")
    code = re.search("/workbench/([^/]+)/", page.url)
    assert code is not None
    page.goto(f"{demo}/organizations/{code[1]}/")
    drawer, under = page.locator("#drawer"), page.locator("#results tr.under")
    links = page.locator("#results tr:not(.group):not(.under) a.plain")
    if size == "phone":  # the groups are folded there
        heads = page.locator("#results .fold")
        expect(links.first).to_be_hidden()
        for head in heads.all()[:2]:
            head.click()
            expect(head).to_have_attribute("aria-expanded", "true")
    for link in (links.nth(6), links.nth(2)):
        link.click()
        expect(drawer.locator("h2")).to_contain_text(link.inner_text())
        expect(drawer).to_be_focused()
        expect(under).to_have_count(1 if size == "phone" else 0)
        if size == "phone":
            expect(page.locator("#results tr.on + tr.under #drawer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".with-drawer > #drawer")).to_be_empty()
    expect(under).to_have_count(0)
    expect(links.nth(2)).to_be_focused()
    links.nth(0).click()
    page.locator("#results .chip").nth(1).click()
    expect(page).to_have_url(re.compile("show="))
    expect(page.locator(".with-drawer > #drawer")).to_have_count(1)


def test_the_member_looks_at_the_own_record(sign_in: SignIn) -> None:
    page = sign_in("member")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("body")).to_contain_text("党费")


ROWS = re.compile(r"/ledgers/[^/]+/[a-z]+/[^/?]+/|/ledgers/[^/]+/[a-z]+/\?")
"""A row of a ledger, or the rows of a ledger that a figure counts."""
ONWARD = "main a[href*='/ledgers/'], main a[href*='/indicators/'], main a[href*='/organizations/']"


def links_of(page: Page, selector: str, most: int) -> list[str]:
    found: list[str] = page.evaluate(
        "([s, n]) => [...new Set([...document.querySelectorAll(s)].map(a => a.href))].slice(0, n)",
        [selector, most],
    )
    return found


def leads_to_rows(page: Page, address: str, clicks: int) -> bool:
    """Whether rows of a ledger are seen at an address, or with so many clicks more."""
    page.goto(address)
    onward = links_of(page, ONWARD, 400)
    if ROWS.search(page.url) or any(ROWS.search(link) for link in onward):
        return True
    nearer = [link for link in onward if "/indicators/" in link or "/organizations/" in link]
    return clicks > 0 and any(leads_to_rows(page, link, clicks - 1) for link in nearer[:4])


@pytest.mark.parametrize(
    ("role", "start"), [("secretary", "/workbench/"), ("work_committee", "/overview/")]
)
def test_figures_are_followed_to_rows_in_three_clicks(
    sign_in: SignIn, role: str, start: str
) -> None:
    """Samples of the figures of the first page, and of the organization page behind it."""
    page = sign_in(role)
    assert start in page.url
    organization = links_of(page, "main a[href*='/organizations/']", 1)[0]
    for address in (page.url, organization.partition("indicators/")[0]):
        page.goto(address)
        figures = links_of(page, "main a.why, main .figures a, main .tile", 60)
        assert figures
        for link in figures[::6]:
            assert leads_to_rows(page, link, 2), f"{link} on {address}"
