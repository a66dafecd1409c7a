"""Some of the organizations of a list: those of a class, between two scores, or right below."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from jinwei.standings.figures import Scored
from jinwei.web.charts.tiles import class_word, score_class

from .scene import Scene


def wanted(scene: Scene, row: Scored, asked: QueryDict) -> bool:
    """By class of the tiles, by points from and below, or those right below alone."""
    heat, low, high = (_number(asked, key) for key in ("heat", "low", "high"))
    if heat is not None and score_class(row.score, scene.lines) != heat:
        return False
    if asked.get("of") == "own" and scene.group_of.get(row.subject, scene.code) not in (
        row.subject,
        scene.code,
    ):
        return False
    if low is not None and (row.score is None or row.score < low * 100):
        return False
    last = high is not None and high * 100 >= scene.standard.full_marks * 100
    return high is None or last or (row.score is not None and row.score < high * 100)


def narrowed(scene: Scene, asked: QueryDict) -> str:
    heat, low, high = (_number(asked, key) for key in ("heat", "low", "high"))
    told = []
    if heat is not None:
        told.append(class_word(heat, scene.lines))
    if low is not None and high is not None:
        told.append(_("%(low)d–%(high)d 分") % {"low": low, "high": high})
    if asked.get("of") == "own":
        told.append(_("直属"))
    return _("，%(told)s") % {"told": _("、").join(told)} if told else ""


def _number(asked: QueryDict, key: str) -> int | None:
    value = asked.get(key, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None
