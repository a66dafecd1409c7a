"""Editions: installed once, never changed, refused with all their faults."""

from __future__ import annotations

import pytest

from jinwei.engine.faults import StandardRefused
from jinwei.norms import shipped_standards, standard_path
from jinwei.standards.actions import EditionTaken, install_edition
from jinwei.standards.models import Edition

pytestmark = pytest.mark.django_db


def text_of(id: str) -> str:
    return standard_path(id).read_text(encoding="utf-8")


@pytest.mark.parametrize("id", shipped_standards())
def test_a_shipped_standard_is_installed_once(id: str) -> None:
    first = install_edition(text_of(id))
    assert install_edition(text_of(id)) == first
    assert Edition.objects.count() == 1
    assert first.standard == id


def test_a_version_with_another_text_is_refused() -> None:
    install_edition(text_of("member-points"))
    with pytest.raises(EditionTaken):
        install_edition(text_of("member-points") + "\n# changed\n")
    assert Edition.objects.count() == 1


def test_a_faulty_text_installs_nothing() -> None:
    faulty = text_of("member-points").replace("fact: training", "fact: trainings")
    with pytest.raises(StandardRefused) as refused:
        install_edition(faulty)
    assert {fault.id for fault in refused.value.faults} == {"unknown-fact"}
    assert not Edition.objects.exists()


def test_parameters_make_another_plan() -> None:
    edition = install_edition(text_of("office-branch"))
    assert edition.plan({}) is edition.plan({})
    assert edition.plan({"fund_floor": "800"}).fingerprint != edition.plan({}).fingerprint
