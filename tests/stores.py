"""The engines that every figure must be the same on."""

from __future__ import annotations

from typing import Final

from jinwei.datasets.store import open_store as store

IN_PROCESS: Final = ("sqlite", "duckdb")

__all__ = ["IN_PROCESS", "store"]
