"""What stands on the shelf: editions installed, and those shipped that are not installed yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from jinwei.engine.faults import EN, ZH
from jinwei.engine.schema import Standard
from jinwei.norms import shipped_standards
from jinwei.standards.models import Edition
from jinwei.standards.queries import editions, standard_of
from jinwei.wording.words import Words

_BETWEEN: Final = ":"
"""Between standard and version where both stand in one value; no id of a standard holds it."""


@dataclass(frozen=True, slots=True)
class Book:
    """One edition on the shelf; ``edition`` None: shipped, not installed yet."""

    standard: Standard
    text: str
    edition: Edition | None

    @property
    def key(self) -> str:
        return f"{self.standard.id}{_BETWEEN}{self.standard.version}"

    @property
    def title(self) -> str:
        return self.standard.title(say().language)

    @property
    def name(self) -> str:
        """Title and version, as people name it."""
        return f"{self.title} {self.standard.version}"

    @property
    def issuer(self) -> str:
        return self.standard.issuer(say().language)

    @property
    def url(self) -> str:
        return edition_url(self.standard.id, self.standard.version)


def say() -> Words:
    """The words of standards in the language of the page."""
    return Words(EN if (get_language() or "").startswith("en") else ZH)


def edition_url(standard: str, version: str, anchor: str = "") -> str:
    """The page on which an edition is read; ``anchor``: the id of an indicator."""
    url = reverse("standards:edition", args=(standard, version))
    return f"{url}#{anchor}" if anchor else url


def adopt_url(book: Book) -> str:
    return f"{reverse('standards:adopt')}?{urlencode({'edition': book.key})}"


def compare_url(before: Book, after: Book) -> str:
    return f"{reverse('standards:compare')}?{urlencode({'a': before.key, 'b': after.key})}"


def shelf() -> list[Book]:
    """All editions there are, the installed ones first; one query."""
    installed = [Book(standard_of(e.text), e.text, e) for e in editions()]
    known = {book.key for book in installed}
    return [*installed, *(book for book in _shipped() if book.key not in known)]


def find_book(books: list[Book], key: str) -> Book | None:
    return next((book for book in books if book.key == key), None)


def book_or_404(standard: str, version: str) -> Book:
    """The edition of that name; Http404 where there is none."""
    book = find_book(shelf(), f"{standard}{_BETWEEN}{version}")
    if book is None:
        raise Http404(f"{standard} {version}")
    return book


def shipped_text(standard: str) -> str | None:
    """The text of the edition shipped with the product, if it ships that standard."""
    return next((book.text for book in _shipped() if book.standard.id == standard), None)


@cache
def _shipped() -> tuple[Book, ...]:
    texts = [path.read_text(encoding="utf-8") for path in shipped_standards().values()]
    return tuple(Book(standard_of(text), text, None) for text in texts)
