"""Installing a text, adopting an edition, ending an adoption."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jinwei.accounts.acts import Act
from jinwei.engine.faults import Fault, StandardRefused
from jinwei.organizations.models import Organization
from jinwei.standards.actions import EditionTaken
from jinwei.standards.models import Edition
from jinwei.standings.figures import leading
from jinwei.standings.models import Adoption
from jinwei.standings.reach import spans
from jinwei.web.guard import Request, needs
from jinwei.web.parts import Head
from jinwei.web.templatetags.jinwei import day as day_told

from . import adopting
from .adopting import Effect, Overlaps, after_end, effect_of
from .forms import AdoptForm, EndForm, TextForm, choices_of, initial_of
from .saying import (
    adopt_head,
    crumbs,
    effect_told,
    end_head,
    fault_told,
    install_lead,
    install_title,
    made_told,
    name_of,
    overlaps_told,
    taken_told,
)
from .shelf import Book, adopt_url, edition_url, find_book, shelf
from .views import scope_of

CONFIRM = "confirm"


@needs(Act.ADOPT)
def install(request: Request) -> HttpResponse:
    """Install the edition of a text; all its faults at once where it has any."""
    form = TextForm(request.POST or None, request.FILES or None)
    faults: Sequence[Fault] = ()
    if request.method == "POST" and form.is_valid():
        try:
            edition = adopting.install(request.access, form.cleaned_data["text"])
        except StandardRefused as refusal:
            faults = refusal.faults
        except EditionTaken as taken:
            form.add_error(None, taken_told(taken.edition))
        else:
            messages.success(request, _("已安装 %(edition)s。") % {"edition": name_of(edition)})
            return redirect(edition_url(edition.standard, edition.version))
    context = {
        "head": Head(install_title(faults), lead=install_lead(), crumbs=crumbs(_("导入标准文本"))),
        "form": form,
        "faults": [fault_told(fault) for fault in faults],
    }
    return render(request, "standards/install.html", context, status=_status(form, faults))


@needs(Act.ADOPT)
def adopt(request: Request) -> HttpResponse:
    """Choose an edition, say who works to it from when; see what that does; do it."""
    books = shelf()
    book = find_book(books, request.GET.get("edition", ""))
    if book is None:
        head = Head(_("采用哪个标准？"), crumbs=crumbs(_("采用标准")))
        rows = [(one, adopt_url(one)) for one in books]
        return render(request, "standards/choose.html", {"head": head, "rows": rows})
    organizations = _organizations(request)
    form = _adopt_form(request, book, organizations)
    effect: Effect | None = None
    adoption: Adoption | None = None
    if request.method == "POST" and form.is_valid():
        adoption = _asked(book, form)
        try:
            if request.POST.get("step") == CONFIRM:
                made = adopting.adopt(request.access, book, adoption)
                messages.success(request, made_told(book, made))
                return redirect(book.url)
            effect = effect_of(adoption, request.access.day)
        except Overlaps as overlaps:
            form.add_error("from_on", overlaps_told(overlaps.adoption))
    context = {
        "head": adopt_head(book, adoption if effect else None, effect),
        "book": book,
        "form": form,
        "effect": effect,
        "adoption": adoption,
        "told": effect_told(book, adoption, effect) if adoption and effect else (),
    }
    return render(request, "standards/adopt.html", context, status=_status(form))


@needs(Act.ADOPT)
def end(request: Request, adoption: int) -> HttpResponse:
    """The last day of an adoption, and what leads afterwards."""
    found = _adoption(request, adoption)
    initial = {"to_on": request.access.day}
    form = EndForm(request.POST or None, adoption=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        to_on = form.cleaned_data["to_on"]
        adopting.end(request.access, found, to_on, reason=form.cleaned_data["reason"])
        words = {"edition": name_of(found.edition), "to_on": day_told(to_on, True)}
        messages.success(request, _("已停用 %(edition)s，最后一天是 %(to_on)s。") % words)
        return redirect(edition_url(found.edition.standard, found.edition.version))
    following = after_end(found, request.access.day + dt.timedelta(days=1))
    context = {
        "head": end_head(found),
        "form": form,
        "adoption": found,
        "next": following,
        "next_name": name_of(following.edition) if following else "",
        "back": edition_url(found.edition.standard, found.edition.version),
    }
    return render(request, "standards/end.html", context, status=_status(form))


# --- what was asked -----------------------------------------------------------------------------


def _organizations(request: Request) -> list[Organization]:
    rows = request.access.organizations(Act.ADOPT).filter(dissolved_on=None).order_by("code")
    return choices_of(list(rows))


def _adopt_form(request: Request, book: Book, organizations: list[Organization]) -> AdoptForm:
    scope = scope_of(request)
    initial = {
        "from_on": request.access.day,
        "leading": _leads(scope, book, request.access.day),
        "organization": scope.code if scope else None,
        **initial_of(_same_standard(scope, book, request.access.day)),
    }
    data = request.POST or None
    return AdoptForm(data, book=book, organizations=organizations, initial=initial)


def _leads(scope: Organization | None, book: Book, day: dt.date) -> bool:
    """A new edition follows the one that leads; another standard does so only if nothing leads."""
    now = leading(scope.code, day) if scope else None
    return now is None or now.edition.standard == book.standard.id


def _same_standard(scope: Organization | None, book: Book, day: dt.date) -> Adoption | None:
    """The adoption of another edition of the same standard: its numbers go on."""
    if scope is None:
        return None
    rows = Adoption.objects.filter(organization=scope, edition__standard=book.standard.id)
    found = [one for one in rows.order_by("from_on") if spans(one.from_on, one.to_on, day)]
    return found[-1] if found else None


def _asked(book: Book, form: AdoptForm) -> Adoption:
    """The adoption as the form says it, not stored yet."""
    standard = book.standard
    edition = book.edition or Edition(
        standard=standard.id, version=standard.version, text=book.text
    )
    return Adoption(
        edition=edition,
        organization=Organization.objects.get(code=form.cleaned_data["organization"]),
        from_on=form.cleaned_data["from_on"],
        leading=form.cleaned_data.get("leading", False),
        settings=form.cleaned_data["settings"],
    )


def _adoption(request: Request, number: int) -> Adoption:
    """One of an organization that is seen; 403 where ending it is not allowed."""
    rows = Adoption.objects.select_related("edition", "organization")
    found = rows.filter(pk=number).first()
    if found is None or not request.access.may(Act.SEE, found.organization_id):
        raise Http404(number)
    if not request.access.may(Act.ADOPT, found.organization_id):
        raise PermissionDenied
    return found


def _status(form: TextForm | AdoptForm | EndForm, faults: Sequence[Fault] = ()) -> int:
    return 422 if form.errors or faults else 200
