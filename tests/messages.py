"""The texts of the pages and their English: found in the sources, kept in one catalogue.

``python -m tests.messages`` brings the catalogue up to date and compiles it; texts without English
are listed. Chinese is what the sources say, so it needs no catalogue.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "src" / "jinwei"
CATALOGUE = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def texts() -> Iterator[tuple[str, str | tuple[str, str], str | None]]:
    """Every text that is translated: (file, text or (one, many), context)."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        for _, message, _, context in extract("python", io.BytesIO(_python(path)), KEYWORDS):
            named = tuple(message)[:2] if isinstance(message, list | tuple) else message
            yield str(path.relative_to(SOURCE)), named, context  # type: ignore[misc]


def _python(path: Path) -> bytes:
    """A source as Babel reads it; a template as Django turns it into calls of gettext."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        text = templatize(text)
    return text.encode()


def catalogue() -> Catalog:
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def said(message: Message) -> bool:
    """Whether a text has English, in all its numbers."""
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(forms)


def compiled() -> bytes:
    """What the compiled catalogue should be."""
    out = io.BytesIO()
    write_mo(out, catalogue())
    return out.getvalue()


def main() -> int:
    """Add new texts, drop those gone, compile; the status says whether some lack English."""
    kept = catalogue() if CATALOGUE.exists() else Catalog(locale="en")
    fresh = Catalog(
        locale="en", project="jinwei", fuzzy=False, header_comment="# English words of the pages."
    )
    # A text that is also said of a number is kept with its plural.
    for _, message, context in sorted(texts(), key=lambda found: isinstance(found[1], str)):
        if not message or fresh.get(message, context) is not None:
            continue
        old = kept.get(message, context)
        same = old is not None and old.pluralizable == isinstance(message, tuple)
        fresh.add(message, old.string if old and same else None, context=context)
    with CATALOGUE.open("wb") as file:
        write_po(file, fresh, sort_output=True, no_location=True, omit_header=False, width=100)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled())
    missing = [message.id for message in catalogue() if message.id and not said(message)]
    for text in missing:
        print(text)
    print(f"{len(fresh)} texts, {len(missing)} without English", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
