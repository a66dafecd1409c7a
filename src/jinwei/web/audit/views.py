"""Who read and wrote what, when; whether the record is whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jinwei.accounts.acts import Act
from jinwei.audit.actions import broken_seals, record, unsealed
from jinwei.audit.models import Entry, Seal
from jinwei.engine.catalogue import TABLES
from jinwei.ledgers.export import Sheet, Typed
from jinwei.web.downloads import FILES, list_file
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import render_page_or_fragment
from jinwei.web.parts import Action, Head
from jinwei.web.templatetags.jinwei import iso, thousands

from .reading import Line, asked_of, lines_of, narrowed, today
from .words import ACTS, TABLES_BESIDE, act_word, table_word

PAGE: Final = 50
MOST: Final = 100_000
"""So many entries at most go into one file."""
_CHUNK: Final = 1000


@needs(Act.AUDIT)
def entries(request: Request) -> HttpResponse:
    """The record, the newest first, narrowed, by pages of fifty."""
    asked = asked_of(request.GET)
    found = narrowed(request.access, asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "lines": lines_of(page.object_list),
        "acts": [(act, act_word(act)) for act in ACTS],
        "tables": [(table, table_word(table)) for table in (*TABLES_BESIDE, *TABLES)],
        "exports": _exports(request),
        "too_many": page.paginator.count > MOST,
        "most": MOST,
        "head": Head(_title(page.paginator.count, today(request.access)), _seal_line()),
    }
    return render_page_or_fragment(request, "audit/entries.html", "audit/_results.html", context)


@needs(Act.AUDIT)
@require_POST
def check(request: Request) -> HttpResponse:
    """Reckon every seal anew and say whether the entries are what they were."""
    broken = broken_seals()
    record(by=request.access.actor, act="checked", table="seal", after={"broken": len(broken)})
    if broken:
        messages.error(
            request,
            _("从第 %(first)d 到第 %(last)d 条起，记录和封存时不一样：有人绕过系统改动或删除过。")
            % {"first": broken[0].first, "last": broken[0].last},
        )
    elif not (count := Seal.objects.count()):
        messages.info(request, _("还没有封存过，没有可核对的。"))
    else:
        said = ngettext(
            "已核对 %(n)s 次封存，记录和封存时一样。",
            "已核对 %(n)s 次封存，记录和封存时一样。",
            count,
        )
        messages.success(request, said % {"n": thousands(count)})
    return redirect("audit:entries")


@needs(Act.AUDIT)
def export(request: Request, form: str) -> HttpResponse:
    """The entries asked for, as a file; that they were taken is itself recorded."""
    if form not in FILES:
        raise Http404
    asked = asked_of(request.GET)
    found = narrowed(request.access, asked)
    rows = found.count()
    if rows > MOST:
        messages.error(
            request,
            _("没有导出：有 %(n)s 条，一次最多 %(most)s 条。请先用日期收窄。")
            % {"n": thousands(rows), "most": thousands(MOST)},
        )
        return redirect(f"{reverse('audit:entries')}?{request.GET.urlencode()}")
    title = _("审计记录 %(day)s") % {"day": request.access.day.isoformat()}
    headings = (
        *(_("时间"), _("谁"), _("做了什么"), _("表"), _("记录")),
        *(_("组织"), _("党员"), _("内容"), _("原因")),
    )
    sheet = Sheet(title, headings, ("text",) * len(headings), _rows(found))
    response = list_file(sheet, form)
    narrowed_to = {key: value for key, value in request.GET.items() if value}
    after = {"form": form, "rows": rows, "narrowed": narrowed_to}
    record(by=request.access.actor, act="exported", table="audit", after=after)
    return response


def _rows(found: QuerySet[Entry]) -> Iterator[tuple[Typed, ...]]:
    chunk: list[Entry] = []
    for entry in found.iterator(chunk_size=_CHUNK):
        chunk.append(entry)
        if len(chunk) == _CHUNK:
            yield from map(_row, lines_of(chunk))
            chunk = []
    yield from map(_row, lines_of(chunk))


def _row(line: Line) -> tuple[Typed, ...]:
    said = _("；").join(
        _("%(heading)s：%(before)s → %(after)s")
        % {"heading": d.heading, "before": d.before, "after": d.after}
        for d in line.differences
    )
    at = iso(line.at)
    return (
        *(at, line.who or _("未登录"), line.act, line.table, line.row),
        *(line.place, line.person, said, line.reason),
    )


def _title(count: int, of_today: int) -> str:
    said = ngettext("%(n)s 条审计记录", "%(n)s 条审计记录", count) % {"n": thousands(count)}
    return _("%(said)s，今天共记 %(today)s 条") % {"said": said, "today": thousands(of_today)}


def _seal_line() -> str:
    """When the record was sealed last, and what has come since."""
    last = Seal.objects.order_by("last").last()
    waiting = thousands(unsealed())
    if last is None:
        return _("还没有封存过；每天夜里封存一次，%(n)s 条等着封存。") % {"n": waiting}
    at = iso(last.sealed_at)
    return _("最近一次封存在 %(at)s，到第 %(last)s 条；以后的 %(n)s 条今夜封存。") % {
        "at": at,
        "last": thousands(last.last),
        "n": waiting,
    }


def _exports(request: Request) -> list[Action]:
    query = request.GET.copy()
    query.pop("page", None)
    asked = f"?{query.urlencode()}" if query else ""
    labels = {"xlsx": _("导出 Excel"), "csv": _("导出 CSV")}
    return [
        Action(label, reverse("audit:export", args=(form,)) + asked, "export")
        for form, label in labels.items()
    ]
