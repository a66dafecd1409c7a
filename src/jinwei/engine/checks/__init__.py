"""Refusals of a standard, one module a theme; each registers its fault ids with their words."""

from . import names, numbers, scoring, shape, totals

__all__ = ["names", "numbers", "scoring", "shape", "totals"]
