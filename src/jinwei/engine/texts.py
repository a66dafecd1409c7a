"""Texts of a document: titles in two languages, and sources."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from .node import Node
from .schema import Source, Words

SOURCE_STATUS: Final = ("verified", "unverified", "local", "practice")


def read_words(node: Node) -> Words:
    """``{zh: …, en: …}``; the Chinese is required, the English falls back to it."""
    fields = node.fields(("zh", "en"), ("zh",))
    zh = fields["zh"].text() if "zh" in fields else ""
    return Words(zh, fields["en"].text() if "en" in fields else zh)


def read_source(node: Node) -> Source:
    """``{document: {zh: …}, article: "11", status: verified}``."""
    fields = node.fields(("document", "article", "status"), ("status",))
    article = fields.get("article")
    return Source(
        document=read_words(fields["document"]) if "document" in fields else None,
        article=_article(article) if article is not None else "",
        status=fields["status"].choice(SOURCE_STATUS) if "status" in fields else "",
    )


def _article(node: Node) -> str:
    number = isinstance(node.value, int | Decimal) and not isinstance(node.value, bool)
    return str(node.value) if number else node.text()
