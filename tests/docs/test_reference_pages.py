"""The reference pages are those that the generator writes, and they leave nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jinwei.datasets import read_dataset
from jinwei.engine.catalogue import CATALOGUE, Table
from jinwei.engine.document import parse_document
from jinwei.engine.faults import EN, KINDS, ZH, StandardRefused
from jinwei.engine.filters import OPERATORS
from jinwei.engine.measures import MEASURES
from jinwei.engine.outcomes import STATES
from jinwei.engine.scores import SCORES
from jinwei.engine.standard import INDICATOR_KEYS, KEYS, REQUIRED, load_standard, read_standard
from jinwei.engine.texts import SOURCE_STATUS
from jinwei.norms import shipped_standards
from jinwei.reference import reference_pages, write_pages
from jinwei.reference.faults import THEMES
from jinwei.reference.language import INDICATOR_REQUIRED, required_keys

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "reference"
SOURCE = ROOT / "src" / "jinwei"
PAGES = reference_pages()
LANGUAGE_PAGES = ("standards-language.md", "standards-language.zh-CN.md")
FACT_PAGES = ("facts.md", "facts.zh-CN.md")
REMEDY = "run: make docs"
YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
REGISTERED = re.compile(r"(?<![.\w])register\(\s*\"([a-z0-9-]+)\"")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_the_one_generated(name: str) -> None:
    path = FOLDER / name
    assert path.exists(), REMEDY
    assert path.read_text(encoding="utf-8") == PAGES[name], REMEDY


def test_no_page_is_left_over() -> None:
    found = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")}
    assert found == set(PAGES), REMEDY


def test_every_page_stands_in_both_languages() -> None:
    english = {name for name in PAGES if not name.endswith(".zh-CN.md")}
    assert {name[:-3] + ".zh-CN.md" for name in english} == set(PAGES) - english


def test_writing_gives_the_same_twice(tmp_path: Path) -> None:
    assert write_pages(tmp_path) == len(PAGES)
    for name, text in reference_pages().items():
        assert (tmp_path / name).read_text(encoding="utf-8") == text


def named(page: str) -> set[str]:
    """What stands in code marks on a page."""
    return set(re.findall(r"`([^`\n]+)`", PAGES[page]))


@pytest.mark.parametrize("page", LANGUAGE_PAGES)
def test_the_language_is_complete(page: str) -> None:
    keys = {key for measure in MEASURES.values() for key in measure.keys}
    wanted = {*KEYS, *INDICATOR_KEYS, *keys, *MEASURES, *SCORES, *STATES, *SOURCE_STATUS}
    assert wanted - named(page) == set()
    assert [o for o in OPERATORS if o not in PAGES[page]] == []


@pytest.mark.parametrize("page", LANGUAGE_PAGES + FACT_PAGES)
def test_no_table_row_is_broken(page: str) -> None:
    for block in re.findall(r"(?:^\|.*\n)+", PAGES[page], re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1, block


@pytest.mark.parametrize("pages", list(zip(LANGUAGE_PAGES, FACT_PAGES, strict=True)))
def test_every_fault_is_documented(pages: tuple[str, str]) -> None:
    """Also those of modules that nothing here imports: the ids are read from the source."""
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")]
    ids = {id for text in texts for id in REGISTERED.findall(text)}
    assert ids >= {id for id, kind in KINDS.items() if kind.theme in THEMES}
    assert ids - set().union(*(named(page) for page in pages)) == set()


@pytest.mark.parametrize("page", LANGUAGE_PAGES + FACT_PAGES)
def test_every_fault_is_told_in_both_languages(page: str) -> None:
    data = page in FACT_PAGES
    for kind in KINDS.values():
        if kind.theme in THEMES and (kind.theme == "data") == data:
            assert kind.zh in PAGES[page]
            assert kind.en in PAGES[page]


@pytest.mark.parametrize("page", FACT_PAGES)
@pytest.mark.parametrize("table", CATALOGUE.tables, ids=lambda table: table.name)
def test_every_table_and_column_is_documented(page: str, table: Table) -> None:
    section = PAGES[page].split(f"### {table.name} {table.heading}\n")[1].split("\n## ")[0]
    section = section.split("\n### ")[0]
    for column in table.columns:
        row = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
        assert f"| {column.heading} | `{column.kind}` |" in row
        for code, word in (column.codes or {}).items():
            assert f"`{code}` {word}" in row


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_required_keys_are_keys_of_the_measure(name: str) -> None:
    assert set(required_keys(name)) <= set(MEASURES[name].keys)
    assert required_keys(name)


def test_the_keys_said_to_be_required_are() -> None:
    """An empty document and an empty indicator ask for exactly these keys."""
    with pytest.raises(StandardRefused) as refused:
        read_standard({})
    assert {f.found for f in refused.value.faults if f.id == "missing-key"} == set(REQUIRED)
    indicators: list[object] = [{}]
    with pytest.raises(StandardRefused) as refused:
        read_standard({"dimensions": [{"indicators": indicators}]})
    asked = {f.found for f in refused.value.faults if f.where == "dimensions[0].indicators[0]"}
    assert asked == {*INDICATOR_REQUIRED, "measure"}


def test_every_example_of_a_standard_loads() -> None:
    loaded = 0
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for block in YAML.findall(path.read_text(encoding="utf-8")):
            if block.startswith("schema: 1"):
                read_standard(parse_document(block, str(path)))
                loaded += 1
    assert loaded >= 6


@pytest.mark.parametrize("page", FACT_PAGES)
def test_the_example_of_a_data_set_loads(page: str, tmp_path: Path) -> None:
    (block,) = YAML.findall(PAGES[page])
    path = tmp_path / "example.yaml"
    path.write_text(block, encoding="utf-8")
    assert set(read_dataset(path).tables) == {"organization", "meeting"}


def test_the_examples_of_the_language_use_every_measure() -> None:
    for page in LANGUAGE_PAGES:
        blocks = [b for b in YAML.findall(PAGES[page]) if b.startswith("schema: 1")]
        used = {
            part.measure.name
            for block in blocks
            for indicator in read_standard(parse_document(block)).indicators
            for part in indicator.parts
        }
        assert used == set(MEASURES)


@pytest.mark.parametrize("id", sorted(shipped_standards()))
@pytest.mark.parametrize("suffix", [".md", ".zh-CN.md"])
def test_a_shipped_standard_is_told_whole(id: str, suffix: str) -> None:
    text = PAGES[f"norms/{id}{suffix}"]
    standard = load_standard(shipped_standards()[id])
    language = EN if suffix == ".md" else ZH
    for indicator in standard.indicators:
        assert f"\n| {indicator.id} | {indicator.title(language)} |" in text
    for parameter in standard.parameters:
        assert f"| `{parameter.id}` |" in text
    for veto in standard.vetoes:
        assert f"\n| {veto.id} |" in text
    assert f"(norms/{id}{suffix})" in PAGES[f"index{suffix}"]
