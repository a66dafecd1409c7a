"""The nearest way to the next star, with every condition that is still unmet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.engine.explain import NextStars, PartBehind, SubjectExplanation
from jinwei.engine.outcomes import MISSED
from jinwei.engine.totals import TierTally, half_up
from jinwei.web.charts.parts import STAR_WORDS
from jinwei.web.templatetags.jinwei import points
from jinwei.wording.words import Words


@dataclass(frozen=True, slots=True)
class Goal:
    """``title`` says how many conditions are unmet, ``text`` which."""

    title: str
    text: str


def goal(explained: SubjectExplanation, say: Words) -> Goal | None:
    """None at the top, or where there is no score."""
    following = explained.next_stars
    if following is None:
        return None
    unmet = [_score(explained, following)] if not following.has_score else []
    for tier, share, tally in following.tiers:
        if tally.share < share:
            unmet.append(_tier(explained, tier, share, tally, say))
    told = {"star": STAR_WORDS[following.stars], "n": len(unmet)}
    if not unmet:  # an incident holds the stars down
        return Goal(_("%(star)s的得分和层级都已够") % told, _("被否决事项限住，见指标说明。"))
    title = ngettext("距%(star)s还差 %(n)d 条", "距%(star)s还差 %(n)d 条", len(unmet)) % told
    return Goal(title, _("%(text)s。") % {"text": _("；").join(unmet)})


def _score(explained: SubjectExplanation, following: NextStars) -> str:
    needed, result = half_up(following.score * 100), explained.result
    told = {
        "short": points(needed - (result.score or 0)),
        "needed": points(needed),
        "potential": points(result.potential),
    }
    if result.potential is not None and result.potential < needed:
        return _("得分再高 %(short)s 分（需 %(needed)s，本期最高可达 %(potential)s）") % told
    return _("得分再高 %(short)s 分（需 %(needed)s）") % told


def _tier(
    explained: SubjectExplanation, tier: str, share: Fraction, tally: TierTally, say: Words
) -> str:
    told = {
        "tier": say.tier(tier),
        "good": tally.good,
        "owed": tally.owed,
        "needed": math.ceil(share * tally.owed),
        "short": math.ceil(share * tally.owed) - tally.good,
    }
    text = _("%(tier)s层级达标 %(good)d/%(owed)d，需 %(needed)d/%(owed)d，还差 %(short)d 项") % told
    missed = {id: _missed(explained, id) for id in tally.missed}
    now = [id for id, parts in missed.items() if all(map(_mended_now, parts))]
    later = [
        id
        for id, parts in missed.items()
        if id not in now and all(_mended_now(part) or part.rises_later for part in parts)
    ]
    said = [text]
    if now:
        said.append(_("可以补的有 %(ids)s") % {"ids": say.comma.join(now)})
    if later:
        said.append(_("靠以后的记录还能提高的有 %(ids)s") % {"ids": say.comma.join(later)})
    if not now and not later:
        said.append(_("已失分的本期都不可补"))
    return _("；").join(said)


def _missed(explained: SubjectExplanation, id: str) -> list[PartBehind]:
    one = next(one for one in explained.indicators if one.indicator.id == id)
    return [part for part in one.parts if part.outcome.state == MISSED]


def _mended_now(part: PartBehind) -> bool:
    """Something can still be done; a window that has passed cannot come back."""
    return bool(part.chances) and not part.windows
