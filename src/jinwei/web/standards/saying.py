"""What is said about installing, adopting and ending: titles, faults, effects in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jinwei.engine.faults import Fault
from jinwei.standards.models import Edition
from jinwei.standings.models import Adoption
from jinwei.web.parts import Crumb, Head
from jinwei.web.phrases import with_more
from jinwei.web.templatetags.jinwei import day as day_told

from .adopting import Effect
from .shelf import Book, say


def crumbs(here: str, book: Book | None = None) -> list[Crumb]:
    """The way to a page of the library, past an edition or not."""
    way = [Crumb(pgettext("screen", "标准"), reverse("standards:library"))]
    if book is not None:
        way.append(Crumb(book.name, book.url))
    return [*way, Crumb(here)]


def name_of(edition: Edition) -> str:
    return f"{edition.plan({}).standard.title(say().language)} {edition.version}"


def taken_told(edition: Edition) -> str:
    return _(
        "%(edition)s 已经安装，文本和这一份不同。已安装的版本不能改：请在文本里换一个版本号。"
    ) % {"edition": name_of(edition)}


def install_title(faults: Sequence[Fault]) -> str:
    if not faults:
        return _("导入标准文本")
    return ngettext(
        "文本里有 %(n)d 处要改，没有安装",
        "文本里有 %(n)d 处要改，没有安装",
        len(faults),
    ) % {"n": len(faults)}


def install_lead() -> str:
    return _("先检查全文，一处错误都没有才安装；安装不影响任何现有得分，采用之后才计分。")


def fault_told(fault: Fault) -> dict[str, object]:
    """A fault as the page lists it."""
    language = say().language
    words = dict(zip(fault.allowed, fault.words, strict=False))
    allowed = [
        with_more(name, words[name]) if name in words else name for name in fault.allowed[:24]
    ]
    return {
        "line": fault.line,
        "where": fault.where,
        "found": fault.found,
        "sentence": fault.sentence(language),
        "nearest": fault.nearest,
        "allowed": _("、").join(allowed),
        "more": len(fault.allowed) > len(allowed),
    }


def overlaps_told(other: Adoption) -> str:
    words = {
        "organization": other.organization.name,
        "edition": name_of(other.edition),
        "from_on": other.from_on,
    }
    return (
        _(
            "%(organization)s从 %(from_on)s 起已经采用 %(edition)s。"
            "请填更晚的日期，或者先停用那一个。"
        )
        % words
    )


def made_told(book: Book, adoption: Adoption) -> str:
    words = {
        "organization": adoption.organization.name,
        "from_on": day_told(adoption.from_on, True),
        "name": book.name,
    }
    return _("%(organization)s自 %(from_on)s起采用 %(name)s，得分正在后台重新计算。") % words


def adopt_head(book: Book, adoption: Adoption | None, effect: Effect | None) -> Head:
    if adoption is None or effect is None:
        title = _("采用%(name)s") % {"name": book.name}
    else:
        title = _("采用后 %(subjects)s按%(name)s 计分") % {
            "subjects": _subjects(book, effect.subjects),
            "name": book.name,
        }
    lead = _("先看影响，再确认；确认之前什么都不会改。")
    return Head(title, lead=lead, crumbs=crumbs(_("采用"), book))


def _subjects(book: Book, count: int) -> str:
    if book.standard.subject == "member":
        return ngettext("%(n)s 名党员", "%(n)s 名党员", count) % {"n": f"{count:,}"}
    return ngettext("%(n)s 个党组织", "%(n)s 个党组织", count) % {"n": f"{count:,}"}


def effect_told(book: Book, adoption: Adoption, effect: Effect) -> list[str]:
    """What an adoption does, a sentence each."""
    name = adoption.organization.name
    told = [
        _("%(name)s连同下级共 %(n)s 个党组织，其中适用这个标准的 %(subjects)s。")
        % {
            "name": name,
            "n": f"{effect.organizations:,}",
            "subjects": _subjects(book, effect.subjects),
        }
    ]
    if effect.ends is not None and effect.ends_on is not None:
        told.append(
            _("原来主用的%(edition)s 用到 %(day)s为止，已有的得分和记录都保留。")
            % {"edition": name_of(effect.ends.edition), "day": day_told(effect.ends_on, True)}
        )
    if effect.instead is not None:
        told.append(
            _("现在主用的是%(above)s采用的 %(edition)s，从 %(day)s起在这里改用新的。")
            % {
                "above": effect.instead.organization.name,
                "edition": name_of(effect.instead.edition),
                "day": day_told(adoption.from_on, True),
            }
        )
    told += [
        _("下级%(below)s另有主用标准 %(edition)s，不受影响。")
        % {"below": one.organization.name, "edition": name_of(one.edition)}
        for one in effect.below
    ]
    if not adoption.leading and book.standard.subject == "organization":
        told.append(_("不作为主用：只多算一份得分，总览和星级不变。"))
    if book.edition is None:
        told.append(_("这个版本会先安装。"))
    return told


def end_head(adoption: Adoption) -> Head:
    words = {"name": adoption.organization.name, "edition": name_of(adoption.edition)}
    lead = _("自 %(day)s起采用。") % {"day": day_told(adoption.from_on, True)}
    return Head(_("%(name)s停用 %(edition)s") % words, lead=lead, crumbs=crumbs(_("停用")))
