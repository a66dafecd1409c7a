"""Chance that falls the same everywhere: streams named by text, no hash order, no libm."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(*parts: object) -> Random:
    """The random numbers that belong to a name; other names do not disturb them."""
    return Random("jinwei-demo/" + "/".join(str(part) for part in parts))


def weighted(rng: Random, choices: Sequence[tuple[T, float]]) -> T:
    """One of the choices, each as likely as its weight says."""
    mark = rng.random() * sum(weight for _, weight in choices)
    for choice, weight in choices:
        mark -= weight
        if mark < 0:
            return choice
    return choices[-1][0]


def partition(rng: Random, total: int, parts: int, low: int, high: int) -> list[int]:
    """``parts`` uneven whole numbers between ``low`` and ``high`` that sum to ``total``."""
    if not parts * low <= total <= parts * high:
        raise ValueError(f"{total} does not fall into {parts} parts of {low} to {high}")
    weights = [0.35 + rng.random() for _ in range(parts)]
    spare = (total - parts * low) / sum(weights)
    sizes = [min(high, low + int(spare * weight)) for weight in weights]
    while (missing := total - sum(sizes)) > 0:
        open_parts = [i for i, size in enumerate(sizes) if size < high]
        for index in rng.sample(open_parts, min(missing, len(open_parts))):
            sizes[index] += 1
    return sizes


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` shared by weight with the largest remainders."""
    base = sum(weights)
    shares = [total * weight // base for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % base), i))
    for index in order[: total - sum(shares)]:
        shares[index] += 1
    return shares
