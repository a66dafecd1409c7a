"""Editions: versions of standards that an installation may adopt."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.db import models

from jinwei.engine.document import parse_document
from jinwei.engine.plan import Plan
from jinwei.engine.planner import make_plan
from jinwei.engine.standard import read_standard
from jinwei.organizations.fields import Line


class Edition(models.Model):
    """One version of a standard, as its text was when it was installed; it never changes."""

    standard = Line()
    version = Line()
    text = models.TextField()
    installed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["standard", "version"], name="edition_once"),
        )

    def __str__(self) -> str:
        return f"{self.standard} {self.version}"

    def plan(self, settings: Mapping[str, str]) -> Plan:
        """The plan of this edition with parameters set; made once for each setting."""
        return _plan(self.text, tuple(sorted(settings.items())))


@lru_cache(maxsize=64)
def _plan(text: str, settings: tuple[tuple[str, str], ...]) -> Plan:
    return make_plan(read_standard(parse_document(text), dict(settings)))
