"""Texts beside each other: English puts spaces between them, Chinese does not."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def gap() -> str:
    """What stands between two words or sentences."""
    return " " if (get_language() or "").startswith("en") else ""


def sentences(*said: str) -> str:
    """One after another; empty ones are left out."""
    return gap().join(filter(None, said))


def with_more(name: str, more: object) -> str:
    """A name and, in brackets, what tells it apart or says it again."""
    return _("%(name)s（%(more)s）") % {"name": name, "more": more}


def headed(head: str, text: str) -> str:
    """What it is about, and what is said about it."""
    return _("%(head)s：%(text)s") % {"head": head, "text": text}
