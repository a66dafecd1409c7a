"""The library, one edition to read, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jinwei.accounts.access import Access
from jinwei.accounts.acts import Act
from jinwei.organizations.models import Organization
from jinwei.standings.models import Adoption
from jinwei.standings.reach import spans
from jinwei.web.guard import Request, signed_in
from jinwei.web.parts import Action, Crumb, Head
from jinwei.web.templatetags.jinwei import day as day_told

from .differences import Told, tell
from .examples import examples_of
from .page import read_page
from .reach import binding, known_adoptions, tallies
from .shelf import Book, adopt_url, book_or_404, compare_url, find_book, say, shelf
from .whole import subject_told, tiers_of


@dataclass(frozen=True, slots=True)
class Row:
    """An edition in the library. ``earlier``: the edition before it, to compare with."""

    book: Book
    subject: str
    tiers: tuple[tuple[str, int, int], ...]
    adoptions: tuple[Adoption, ...]
    earlier_url: str
    adopt_url: str


@signed_in
def library(request: Request) -> HttpResponse:
    """All editions installed or shipped, and who works to them since when."""
    books = shelf()
    adoptions = _adoptions(request.access)
    may_adopt = request.access.may(Act.ADOPT)
    rows = [_row(book, books, adoptions, may_adopt) for book in books]
    in_use = sum(1 for row in rows if any(_in_force(request, a) for a in row.adoptions))
    context = {
        "head": Head(
            _library_title(len(books), in_use),
            lead=_("标准是数据：逐条写明怎么量、怎么计分、依据是什么。"),
            actions=_library_actions(may_adopt),
        ),
        "rows": rows,
        "day": request.access.day,
    }
    return render(request, "standards/library.html", context)


@signed_in
def edition(request: Request, standard: str, version: str) -> HttpResponse:
    """One edition: every requirement read aloud, and how many of the scope meet it now."""
    book = book_or_404(standard, version)
    words = say()
    scope = scope_of(request)
    adoption = binding(request.access, scope, book) if scope else None
    asked = tallies(request.access, adoption, scope) if adoption and scope else (0, {})
    read = adoption.plan().standard if adoption else book.standard
    own_scope = scope if adoption and asked[0] else None
    page = read_page(words, read, book.standard, asked[1], own_scope)
    context = {
        "head": _edition_head(request, book, adoption),
        "book": book,
        "page": page,
        "adoption": adoption,
        "scope": own_scope,
        "subjects": asked[0],
        "adoptions": [a for a in _adoptions(request.access) if a.edition_id == _pk(book)],
        "examples": [(e.name(words.language), e.as_of) for e in examples_of(book)],
        "day": request.access.day,
        "may_end": _may_end(request.access),
    }
    return render(request, "standards/edition.html", context)


@signed_in
def text(request: Request, standard: str, version: str) -> HttpResponse:
    """The text of an edition, as it was installed."""
    book = book_or_404(standard, version)
    name = f"{book.standard.id}-{book.standard.version}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(book.text, content_type="application/yaml; charset=utf-8", headers=headers)


@signed_in
def compare(request: Request) -> HttpResponse:
    """Two editions side by side, in words."""
    books = shelf()
    before = find_book(books, request.GET.get("a", ""))
    after = find_book(books, request.GET.get("b", ""))
    told = tell(say(), before.standard, after.standard) if before and after else None
    context = {
        "head": Head(_compare_title(told), crumbs=_crumbs(_("比较"))),
        "books": books,
        "before": before,
        "after": after,
        "told": told,
        **_called(before, after),
        "turned": compare_url(after, before) if before and after else "",
    }
    return render(request, "standards/compare.html", context)


def scope_of(request: Request) -> Organization | None:
    """The organization that figures are told for: the one asked for, else the account's own."""
    code = request.GET.get("org", "")
    if not code or not request.access.may(Act.SEE, code):
        return request.access.home()
    request.organization = request.access.organization(code)
    return request.organization


# --- the library --------------------------------------------------------------------------------


def _row(book: Book, books: list[Book], adoptions: list[Adoption], may_adopt: bool) -> Row:
    same = [other for other in books if other.standard.id == book.standard.id]
    older = same[same.index(book) + 1 :]
    return Row(
        book,
        subject_told(say(), book.standard),
        tuple(tiers_of(say(), book.standard)),
        tuple(a for a in adoptions if a.edition_id == _pk(book)),
        compare_url(older[0], book) if older else "",
        adopt_url(book) if may_adopt else "",
    )


def _adoptions(access: Access) -> list[Adoption]:
    return list(known_adoptions(access))


def _in_force(request: Request, adoption: Adoption) -> bool:
    return spans(adoption.from_on, adoption.to_on, request.access.day)


def _pk(book: Book) -> int | None:
    return book.edition.pk if book.edition else None


def _may_end(access: Access) -> set[str]:
    """The organizations whose adoptions the account may end."""
    if not access.may(Act.ADOPT):
        return set()
    return set(access.organizations(Act.ADOPT).values_list("code", flat=True))


def _library_title(count: int, in_use: int) -> str:
    told = ngettext("书架上有 %(n)d 个标准版本", "书架上有 %(n)d 个标准版本", count) % {"n": count}
    if not in_use:
        return _("%(told)s，还没有采用") % {"told": told}
    used = ngettext("%(n)d 个正在使用", "%(n)d 个正在使用", in_use) % {"n": in_use}
    return _("%(told)s，%(used)s") % {"told": told, "used": used}


def _library_actions(may_adopt: bool) -> list[Action]:
    actions = [Action(_("比较两个版本"), reverse("standards:compare"))]
    if may_adopt:
        actions.append(Action(_("导入标准文本"), reverse("standards:install"), icon="import"))
        actions.append(Action(_("采用标准"), reverse("standards:adopt"), main=True))
    return actions


# --- one edition --------------------------------------------------------------------------------


def _edition_head(request: Request, book: Book, adoption: Adoption | None) -> Head:
    standard = book.standard
    count = len(standard.indicators)
    points = sum(i.points for i in standard.indicators if not i.bonus and i.points > 0)
    told = ngettext(
        "%(name)s：%(n)d 项指标，%(points)s 分",
        "%(name)s：%(n)d 项指标，%(points)s 分",
        count,
    ) % {"name": book.name, "n": count, "points": f"{points / 100:g}"}
    actions = [Action(_("下载标准文本"), reverse("standards:text", args=_args(book)), "export")]
    actions.append(Action(_("与别的版本比较"), _compare_with(book)))
    if request.access.may(Act.ADOPT):
        actions.append(Action(_("采用这个版本"), adopt_url(book), main=True))
    return Head(
        told, lead=_edition_lead(book, adoption), crumbs=_crumbs(book.name), actions=actions
    )


def _edition_lead(book: Book, adoption: Adoption | None) -> str:
    if adoption is not None:
        return _("%(name)s自 %(day)s起采用。") % {
            "name": adoption.organization.name,
            "day": day_told(adoption.from_on, True),
        }
    if book.edition is None:
        return _("随产品提供的范本，还没有安装；采用时自动安装。")
    return _("本组织没有采用这个版本。")


def _args(book: Book) -> tuple[str, str]:
    return book.standard.id, book.standard.version


def _compare_with(book: Book) -> str:
    return f"{reverse('standards:compare')}?b={book.key}"


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb(pgettext("screen", "标准"), reverse("standards:library")), Crumb(here)]


# --- comparing ----------------------------------------------------------------------------------


def _called(before: Book | None, after: Book | None) -> dict[str, str]:
    """What the two are called: by version where both are editions of one standard."""
    if before is None or after is None:
        return {}
    if before.standard.id == after.standard.id:
        return {"old": before.standard.version, "new": after.standard.version}
    return {"old": before.name, "new": after.name}


def _compare_title(told: Told | None) -> str:
    if told is None:
        return _("选两个版本，看改了什么")
    if told.equal:
        return _("两个版本的要求完全一样")
    counts = [
        (told.added, _("新增 %(n)d 项")),
        (told.removed, _("取消 %(n)d 项")),
        (told.changed, _("改动 %(n)d 项")),
    ]
    parts = [text % {"n": len(things)} for things, text in counts if things]
    if not parts:
        return _("指标没有变，其他规定有改动")
    return _("、").join(parts) + _("，%(n)d 项不变") % {"n": told.unchanged}
