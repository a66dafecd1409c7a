"""Whom a committee has to ask after, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.standings.figures import Mover
from jinwei.web.templatetags.jinwei import points

from .scene import Scene

BELOW, FALLING, SILENT, TERM = "below", "falling", "silent", "term"
_LOW: Final = 6000


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, in few words."""

    kind: str
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An organization to ask after."""

    code: str
    name: str
    score: int | None
    reasons: tuple[Why, ...]


def attention(scene: Scene) -> tuple[Asked, ...]:
    """Below sixty, three points down, silent for thirty days, a term that is over.

    Whoever has most reasons comes first, then the lowest score.
    """
    found: dict[str, list[Why]] = {}
    for code, why in _reasons(scene):
        found.setdefault(code, []).append(why)
    asked = [
        Asked(code, scene.name(code), row.score if row else None, tuple(reasons))
        for code, reasons in found.items()
        for row in [scene.by_code.get(code)]
    ]
    return tuple(sorted(asked, key=lambda a: (-len(a.reasons), _low(a.score), a.code)))


def counted(asked: tuple[Asked, ...]) -> list[str]:
    """How many have which reason, most first."""
    counts = Counter(why.kind for one in asked for why in one.reasons)
    return [_counted(kind, n) for kind, n in counts.most_common()]


def _reasons(scene: Scene) -> list[tuple[str, Why]]:
    found = []
    for code, expired in scene.expired.items():
        days = (scene.day - expired).days
        text = ngettext("换届逾期 %(n)d 天", "换届逾期 %(n)d 天", days) % {"n": days}
        found.append((code, Why(TERM, text, "lost")))
    for row in scene.rows:
        if row.score is not None and row.score < _LOW:
            text = _("%(score)s 分，低于 60") % {"score": points(row.score)}
            found.append((row.subject, Why(BELOW, text, "lost")))
    found += [(m.subject, _fallen(m)) for m in scene.movers if m.change < 0]
    found += [(code, _silent(scene, code)) for code in scene.coverage.silent]
    return found


def _fallen(mover: Mover) -> Why:
    text = _("比上月末降 %(points)s 分") % {"points": points(-mover.change)}
    return Why(FALLING, text, "lost")


def _silent(scene: Scene, code: str) -> Why:
    last = scene.coverage.last_on[code]
    if last is None:
        return Why(SILENT, _("没有任何记录"), "wait")
    days = (scene.day - last).days
    text = ngettext("%(n)d 天没有记录", "%(n)d 天没有记录", days) % {"n": days}
    return Why(SILENT, text, "wait")


def _counted(kind: str, n: int) -> str:
    words = {
        BELOW: ngettext("%(n)d 个低于 60 分", "%(n)d 个低于 60 分", n),
        FALLING: ngettext("%(n)d 个本月降 3 分以上", "%(n)d 个本月降 3 分以上", n),
        SILENT: ngettext("%(n)d 个 30 天没有记录", "%(n)d 个 30 天没有记录", n),
        TERM: ngettext("%(n)d 个换届逾期", "%(n)d 个换届逾期", n),
    }
    return words[kind] % {"n": n}


def _low(score: int | None) -> int:
    return _LOW * 10 if score is None else score
