"""The reference pages, written from the code and the standards: ``python -m jinwei.reference``."""

from .pages import reference_pages, write_pages

__all__ = ["reference_pages", "write_pages"]
