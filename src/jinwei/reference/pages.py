"""All reference pages: path in the folder → text."""

from __future__ import annotations

from pathlib import Path

from jinwei.engine.faults import LANGUAGES
from jinwei.engine.standard import load_standard
from jinwei.norms import shipped_standards

from .facts import facts_page
from .glossary import glossary_page
from .language import language_page
from .markdown import file_name, fill
from .norms import norm_page


def reference_pages() -> dict[str, str]:
    """Every page by its path in the reference folder, in both languages."""
    pages: dict[str, str] = {}
    for language in LANGUAGES:
        pages[file_name("standards-language", language)] = language_page(language)
        pages[file_name("facts", language)] = facts_page(language)
        pages[file_name("glossary", language)] = glossary_page(language)
        pages[file_name("index", language)] = _index_page(language)
        for id in shipped_standards():
            pages[file_name(f"norms/{id}", language)] = norm_page(id, language)
    return pages


def _index_page(language: str) -> str:
    lines = []
    for id, path in shipped_standards().items():
        title = load_standard(path).title(language)
        lines.append(f"* [{title}]({file_name(f'norms/{id}', language)}) (`{id}`)")
    return fill("index", language, {"standards": "\n".join(lines)})


def write_pages(folder: Path) -> int:
    """Write every page below a folder; how many there are."""
    pages = reference_pages()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return len(pages)
