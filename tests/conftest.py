"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.postgres import NoPostgres, postgres_server

IN_CI = bool(os.environ.get("CI"))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server; its absence skips on a desk and fails where everything must run."""
    try:
        with postgres_server() as url:
            yield url
    except NoPostgres as missing:
        if IN_CI:
            pytest.fail(f"every test must run here: {missing}")
        pytest.skip(str(missing))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test first, so that it does not run alone at the end while a core idles."""
    items.sort(key=lambda item: "test_on_postgres" not in item.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test skipped in CI fails CI: what is skipped there is tested nowhere."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if IN_CI and skipped and session.exitstatus == 0:
        session.exitstatus = 1
