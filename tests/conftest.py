"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

import pytest

from jinwei.config.collector import collect_seldom
from tests.postgres import NoPostgres, postgres_server

IN_CI = bool(os.environ.get("CI"))
collect_seldom()


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


LONG: Final = ("tests/test_on_postgres.py", "tests/journeys", "tests/web/test_routes.py")
"""Modules whose tests take longest, the longest first."""
APART: Final = ("tests/test_on_postgres.py", "tests/web/test_routes.py")
"""Modules whose tests may each run on another core: they share nothing that is costly to make."""
TOGETHER: Final = ("tests/journeys/", "tests/demo/")
"""Folders that one core runs: their modules share what takes long to make."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first, so that none runs alone at the end while a core idles."""
    items.sort(key=lambda item: [not item.nodeid.startswith(name) for name in LONG])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: a third of the time a test waits for another process."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A module is run by one core, but where less or more than a module belongs together."""
    if config.getoption("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Shares(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            if nodeid.startswith(APART):
                return nodeid
            folder = next(filter(nodeid.startswith, TOGETHER), None)
            return folder or super()._split_scope(nodeid)

    return Shares(config, log)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test skipped in CI fails CI: what is skipped there is tested nowhere."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if IN_CI and skipped and session.exitstatus == 0:
        session.exitstatus = 1
