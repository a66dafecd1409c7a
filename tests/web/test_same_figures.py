"""What the pages show is what ``jinwei score`` says of an export of the same data."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from jinwei.datasets.store import open_store
from jinwei.engine.score import clock_for, score
from jinwei.engine.totals import Result
from jinwei.ledgers.portable import export_dataset
from jinwei.standings.models import Adoption
from tests.web.conftest import TODAY

pytestmark = pytest.mark.django_db
_ROW = re.compile(
    r'<span class="code">(\w+)</span>.*?<a class="why"[^>]*>\s*([^<]*?)\s*<', re.DOTALL
)


def exported(adoption: Adoption) -> dict[str, Result]:
    """The results of the engine on a data set that left the product."""
    plan = adoption.plan()
    with open_store(export_dataset()) as backend:
        return score(plan, backend, clock_for(plan, TODAY))


def test_every_figure_of_every_organization_is_the_engines(
    house: Adoption, client_as: Callable[[str], Client]
) -> None:
    client = client_as("work_committee")
    results = exported(house)
    assert len(results) == 3
    for code, result in results.items():
        page = client.get(f"/organizations/{code}/").content.decode()
        assert result.score is not None
        assert f"{result.score / 100:.2f} 分" in re.sub(r"<[^>]+>", "", page)
        shown = dict(_ROW.findall(page))
        assert shown.keys() == result.indicators.keys()
        for id, figure in shown.items():
            one = result.indicators[id]
            if one.obtainable or one.earned:
                assert figure == f"{one.earned / 100:.2f} / {one.obtainable / 100:.2f}", (code, id)
            else:
                assert not re.search(r"\d", figure), (code, id, figure)


def test_the_overview_counts_what_the_engine_counts(
    house: Adoption, client_as: Callable[[str], Client]
) -> None:
    scores = [r.score for r in exported(house).values() if r.score is not None]
    page = client_as("work_committee").get("/overview/GW/").content.decode()
    text = re.sub(r"<[^>]+>", " ", page)
    below = sum(number < 6000 for number in scores)
    assert re.search(rf"60 分以下\s*{below}\b", text)
    for number in scores:
        assert str(number // 100) in text  # tiles round down: 89.9 is not yet 90
