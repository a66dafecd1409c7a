"""The overview as a page: its answer as a sentence, what it rests on, and its parts."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.access import Access
from jinwei.organizations.models import Organization
from jinwei.standings.reach import paths
from jinwei.web.parts import Basis, Crumb, Head
from jinwei.web.standards.shelf import edition_url, say
from jinwei.web.templatetags.jinwei import points

from .addresses import list_url, organization_url, overview_url
from .attention import Asked, attention, counted
from .beside import distribution, most_missed, moved
from .lists import listing
from .scene import Scene
from .six import six
from .tree import heat_words, tree

SHOWN: Final = 6
"""Rows of the short lists; the whole ones are a link away."""
FEW: Final = 30
"""So many organizations are shown as a table as well."""


def crumbs(access: Access, organization: Organization) -> list[Crumb]:
    """The way down, as far as the account may see it."""
    code = organization.code
    above = paths(access.day).filter(descendant__code=code).exclude(ancestor__code=code)
    found = access.organizations().filter(code__in=above.values("ancestor__code"))
    names = dict(found.values_list("code", "name"))
    if not names:
        return []
    below = paths(access.day).filter(descendant__code__in=names)
    depths = Counter(below.values_list("descendant__code", flat=True))
    ordered = sorted(names, key=lambda one: depths[one])
    return [*(Crumb(names[one], overview_url(one)) for one in ordered), Crumb(organization.name)]


def head(scene: Scene, asked: tuple[Asked, ...]) -> Head:
    """The answer of the page, and what it rests on."""
    return Head(
        title(scene, len(asked)),
        lead=_lead(scene, asked),
        crumbs=crumbs(scene.access, scene.organization),
        basis=basis(scene),
    )


def title(scene: Scene, asked: int) -> str:
    """Median, change and who needs asking, in one sentence."""
    told = _asked_told(asked)
    spread = scene.spread
    if spread.median is None:
        scored = ngettext(
            "已评定 %(n)d 个党组织，不足 5 个不算中位数",
            "已评定 %(n)d 个党组织，不足 5 个不算中位数",
            spread.scored,
        ) % {"n": spread.scored}
        return _("%(scored)s；%(told)s") % {"scored": scored, "told": told}
    median = _("中位数 %(median)s 分") % {"median": points(spread.median)}
    change = median_change(scene)
    if change is not None:
        median = _("%(median)s，%(change)s") % {"median": median, "change": _change_told(change)}
    return _("%(median)s；%(told)s") % {"median": median, "told": told}


def _lead(scene: Scene, asked: tuple[Asked, ...]) -> str:
    """How many have which reason, and the way to them."""
    if not asked:
        return _("没有低于 60 分、明显下降、长期无记录或换届逾期的组织。")
    told = _("其中 %(told)s。") % {"told": _("，").join(counted(asked))}
    look = ngettext("看这 %(n)d 个", "看这 %(n)d 个", len(asked)) % {"n": len(asked)}
    return format_html('{} <a href="{}">{}</a>', told, list_url(scene.code, "attention"), look)


def median_change(scene: Scene) -> int | None:
    """The median now less that at the last month end."""
    then = scene.spread_then
    if then is None or then.median is None or scene.spread.median is None:
        return None
    return scene.spread.median - then.median


def _change_told(change: int) -> str:
    if change == 0:
        return _("与上月末持平")
    words = _("比上月末升 %(n)s 分") if change > 0 else _("比上月末降 %(n)s 分")
    return words % {"n": points(abs(change))}


def _asked_told(asked: int) -> str:
    if not asked:
        return _("没有要过问的组织")
    return ngettext("%(n)d 个组织要过问", "%(n)d 个组织要过问", asked) % {"n": asked}


def basis(scene: Scene) -> Basis:
    adoption, words = scene.led, say()
    edition = adoption.edition
    return Basis(
        as_of=scene.day,
        standard=f"{scene.standard.title(words.language)} {edition.version}",
        period=words.window(scene.period.first, scene.period.last),
        standard_url=f"{edition_url(edition.standard, edition.version)}?org={scene.code}",
    )


def overview_context(scene: Scene, order: str) -> dict[str, Any]:
    """All of the page, where somebody is scored."""
    asked = attention(scene)
    few = listing(scene, "scored", QueryDict()) if len(scene.rows) <= FEW else None
    up, down = moved(scene, rose=True), moved(scene, rose=False)
    return {
        "head": head(scene, asked),
        "figures": six(scene),
        "tree": tree(scene, order),
        "heats": heat_words(scene),
        "distribution": distribution(scene),
        "missed": most_missed(scene, SHOWN),
        "up": up[:SHOWN],
        "up_more": len(up) > SHOWN and list_url(scene.code, "up"),
        "up_count": len(up),
        "down": down[:SHOWN],
        "down_more": len(down) > SHOWN and list_url(scene.code, "down"),
        "down_count": len(down),
        "asked": [(one, organization_url(one.code)) for one in asked[:SHOWN]],
        "asked_count": len(asked),
        "asked_url": list_url(scene.code, "attention"),
        "few": few.cells(few.ordered(few.order)) if few else (),
        "few_columns": few.columns if few else (),
        "few_url": list_url(scene.code, "scored"),
        "since": scene.since,
        "background": scene.background,
    }
