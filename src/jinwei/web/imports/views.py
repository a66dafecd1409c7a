"""One import: the grid with what is wrong where, what is to be decided, what it would do."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jinwei.books.shelf import BOOKS
from jinwei.imports.actions import may_undo
from jinwei.imports.checking import questions_of
from jinwei.imports.kinds import sentence
from jinwei.imports.models import WAITING, Batch, State
from jinwei.imports.undoing import Stay, staying
from jinwei.ledgers.names import organization_names
from jinwei.web.guard import Request, needs
from jinwei.web.htmx import render_page_or_fragment
from jinwei.web.parts import Action, Chip, Crumb, Head
from jinwei.web.templatetags.jinwei import thousands

from .finding import ACTS, batch_of, in_english
from .grid import PAGE, first_lines, heads, positions, shown, width_of
from .words import (
    AGAIN,
    GOOD,
    book_word,
    books,
    count,
    state_word,
    stay_word,
    table_word,
    target_word,
)

_FILTERS: Final = {
    "fault": ("fault",),
    "asked": ("asked",),
    "good": GOOD,
    "again": AGAIN,
    "skipped": ("skipped",),
    "all": (),
}
_TOUCHED: Final = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the form draws it: name of its field, words, choices, the chosen one."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@needs(*ACTS)
def batch(request: Request, org: str, batch: uuid.UUID) -> HttpResponse:
    """Where an import stands; while it is worked on, the page asks again by itself."""
    found = batch_of(request, batch)
    context = {"batch": found, "head": _head(found, org), "waits": found.state in WAITING}
    if found.state == State.READY and found.plan:
        context |= _sheet(request, found)
    elif found.state == State.READY:
        letters, lines = first_lines(found)
        context |= {**_columns(found), "letters": letters, "lines": lines}
    else:
        context |= _progress(found)
    return render_page_or_fragment(request, "imports/batch.html", "imports/_batch.html", context)


# --- the head -----------------------------------------------------------------------------------


def _head(found: Batch, org: str) -> Head:
    crumbs = (
        Crumb(_("台账"), reverse("ledgers:tables", args=(org,))),
        Crumb(_("导入"), reverse("imports:batches", args=(org,))),
        Crumb(found.file_name),
    )
    actions = [Action(_("换一个文件"), reverse("imports:batches", args=(org,)))]
    return Head(_title(found), lead=_lead(found), crumbs=crumbs, actions=actions)


def _title(found: Batch) -> str:
    if found.state == State.READY and found.plan is None:
        return _("没有认出表头，请选一下这是什么表")
    if found.state == State.READY:
        return _counts(found)
    word, _tone = state_word(found)
    if found.state == State.WRITTEN:
        return _("%(state)s：%(counts)s") % {"state": word, "counts": _rows(found)}
    return _("%(state)s：%(name)s") % {"state": word, "name": found.file_name}


def _counts(found: Batch) -> str:
    """“51 行中 46 行可以导入，3 行有错，2 行重复”."""
    total = count(found, *GOOD, *AGAIN, "fault", "asked")
    good = count(found, *GOOD)
    said = [
        _("%(total)s 行中 %(n)s 行可以导入") % {"total": thousands(total), "n": thousands(good)}
    ]
    for n, text in (
        (count(found, "fault"), _("%(n)s 行有错")),
        (count(found, "asked"), _("%(n)s 行要您定")),
        (count(found, *AGAIN), _("%(n)s 行已有或重复")),
    ):
        if n:
            said.append(text % {"n": thousands(n)})
    return _("，").join(said)


def _rows(found: Batch) -> str:
    new = sum(counts.get("new", 0) for counts in found.tables.values())
    changed = sum(counts.get("changed", 0) for counts in found.tables.values())
    said = {"new": thousands(new), "changed": thousands(changed)}
    return _("新增 %(new)s 条，更新 %(changed)s 条") % said


def _lead(found: Batch) -> str:
    if found.state == State.READY and found.plan:
        plan = found.how()
        assert plan is not None
        said = {
            "file": found.file_name,
            "sheet": found.sheets[found.sheet]["name"],
            "book": book_word(BOOKS[plan.book]),
            "line": plan.heading[1],
        }
        if not said["sheet"]:
            text = _("%(file)s，认作%(book)s，表头在第 %(line)s 行。现在还没有写入任何数据。")
            return text % said
        text = _(
            "%(file)s，工作表“%(sheet)s”，认作%(book)s，表头在第 %(line)s 行。"
            "现在还没有写入任何数据。"
        )
        return text % said
    if found.state in WAITING:
        return _("可以离开这一页，后台会继续；回来时从“导入”进入。")
    if found.state == State.UNDONE:
        if staying(found)[0]:
            return _("%(counts)s；撤销时有人改过的留下了。") % {"counts": _rows(found)}
        return _("%(counts)s，都已撤销。") % {"counts": _rows(found)}
    if found.refusal:
        return sentence(found.refusal, found.refusal_facts, english=in_english())
    return ""


# --- the sheet ----------------------------------------------------------------------------------


def _sheet(request: Request, found: Batch) -> dict[str, Any]:
    chosen = request.GET.get("show", "")
    if chosen not in _FILTERS:
        chosen = next((n for n in ("fault", "asked") if count(found, n)), "all")
    page = Paginator(positions(found, _FILTERS[chosen]), PAGE).get_page(request.GET.get("page"))
    width = width_of(found)
    return {
        **_columns(found),
        "heads": heads(found, width),
        "lines": shown(found, page.object_list),
        "page": page,
        "span": width,
        "chips": list(_chips(found, chosen)),
        "questions": list(_questions(found)),
        "effects": list(_effects(found)),
        "touched": _touched(found),
        "good": count(found, *GOOD),
        "bad": count(found, "fault", "asked"),
        "notes": [sentence(id, {}, english=in_english()) for id in found.notes],
    }


def _chips(found: Batch, chosen: str) -> Iterator[Chip]:
    for name, label, outcomes in (
        ("fault", _("有错"), ("fault",)),
        ("asked", _("待定"), ("asked",)),
        ("good", _("可导入"), GOOD),
        ("again", _("已有或重复"), AGAIN),
        ("skipped", _("不是数据"), ("skipped",)),
    ):
        n = count(found, *outcomes)
        if n or name == chosen:
            yield Chip(label, f"?show={name}", n, current=name == chosen)
    total = sum(found.counts.values())
    yield Chip(_("全部"), "?show=all", total, current=chosen == "all")


def _questions(found: Batch) -> Iterator[Asked]:
    english = in_english()
    for one in questions_of(found):
        options = tuple((value, en if english else zh) for value, zh, en in one.options)
        chosen = found.answers.get(one.key, one.proposed or "")
        yield Asked(one.key, sentence(one.id, one.facts, english=english), options, chosen)


def _effects(found: Batch) -> Iterator[tuple[str, str]]:
    """What comes in, table by table."""
    for name, counts in found.tables.items():
        for outcome, text in (
            ("new", _("+%(n)s 条")),
            ("changed", _("更新 %(n)s 条")),
            ("same", _("%(n)s 条已有")),
        ):
            if counts.get(outcome):
                yield table_word(name), text % {"n": thousands(counts[outcome])}


def _touched(found: Batch) -> dict[str, Any]:
    """The organizations whose figures move, the most touched first."""
    names = organization_names(code for code, _n in found.organizations[:_TOUCHED])
    rows = [(code, names.get(code, code), n) for code, n in found.organizations[:_TOUCHED]]
    return {"rows": rows, "more": len(found.organizations) - len(rows)}


def _columns(found: Batch) -> dict[str, Any]:
    """The form that says what each column is."""
    plan = found.how()
    book = BOOKS[plan.book] if plan else None
    columns = []
    if plan is not None and book is not None:
        options = [(t.name, target_word(book, t.name)) for t in book.targets]
        for at, column in plan.columns.items():
            columns.append((at, column, [*_month_option(column.target), *options]))
    return {
        "books": books(),
        "book": plan.book if plan else "",
        "columns": columns,
        "sheets": list(enumerate(found.sheets)),
        "heading": plan.heading if plan else (1, 1),
        "year": (plan.year if plan else None) or "",
    }


def _month_option(target: str) -> list[tuple[str, str]]:
    return [(target, target.removeprefix("month:"))] if target.startswith("month:") else []


# --- while it is worked on, and afterwards ------------------------------------------------------


def _stay(one: Stay) -> dict[str, Any]:
    """A row that an undo left, and why."""
    label = f"{table_word(one.table)} {one.row}"
    return {
        "line": one.line,
        "label": label,
        "why": stay_word(one.why),
        "who": one.who,
        "at": one.at,
    }


def _progress(found: Batch) -> dict[str, Any]:
    stays, more = staying(found) if found.state == State.UNDONE else ([], 0)
    n = found.done
    done = ngettext("已处理 %(n)s 行", "已处理 %(n)s 行", n) % {"n": thousands(n)}
    return {
        "done": done,
        "share": min(100, found.done * 100 // found.lines) if found.lines else 0,
        "stays": [_stay(one) for one in stays],
        "stays_more": more,
        "may_undo": may_undo(found),
        "effects": list(_effects(found)) if found.state == State.WRITTEN else [],
        "touched": _touched(found) if found.state == State.WRITTEN else {"rows": []},
        "left": count(found, "fault", "asked") if found.state == State.WRITTEN else 0,
        "state": state_word(found),
    }
