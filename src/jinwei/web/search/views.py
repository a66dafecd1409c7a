"""Search: below the field while typing, or as a page."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.accounts.acts import Act
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import is_fragment, render_page_or_fragment
from jinwei.web.parts import Head
from jinwei.web.templatetags.jinwei import thousands
from jinwei.web.typed import typed

from .finding import LONGEST, Group, find

_WHILE_TYPING: Final = 5
_ON_THE_PAGE: Final = 20


@needs(Act.SEE)
def results(request: Request) -> HttpResponse:
    """What is found for ``q``: a few of each kind below the field, more of them on the page."""
    text = typed(request.GET, "q", LONGEST)
    most = _WHILE_TYPING if is_fragment(request) else _ON_THE_PAGE
    groups = find(request.access, text, most)
    context = {"typed": text, "groups": groups, "head": Head(_title(text, groups))}
    return render_page_or_fragment(request, "search/results.html", "search/_hits.html", context)


def _title(text: str, groups: list[Group]) -> str:
    count = sum(group.count for group in groups)
    if not text:
        return _("找组织、党员、指标、会议")
    if not count:
        return _("没有找到“%(typed)s”") % {"typed": text}
    said = ngettext("“%(typed)s”找到 %(n)s 处", "“%(typed)s”找到 %(n)s 处", count)
    return said % {"typed": text, "n": thousands(count)}
