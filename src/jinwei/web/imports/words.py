"""Words of imports: states, outcomes, what a column became."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinwei.books.shelf import BOOKS, Book
from jinwei.engine.catalogue import TABLES
from jinwei.imports.models import Batch, State
from jinwei.web.ledgers.words import heading, table_name
from jinwei.web.templatetags.jinwei import thousands

from .finding import in_english

STATES: Final[dict[str, tuple[Promise, str]]] = {
    State.OPENING: (gettext_lazy("正在打开"), "run"),
    State.CHECKING: (gettext_lazy("正在检查"), "run"),
    State.READY: (gettext_lazy("等您确认"), "wait"),
    State.WRITING: (gettext_lazy("正在写入"), "run"),
    State.WRITTEN: (gettext_lazy("已导入"), "ok"),
    State.UNDOING: (gettext_lazy("正在撤销"), "run"),
    State.UNDONE: (gettext_lazy("已撤销"), "rest"),
    State.REFUSED: (gettext_lazy("打不开"), "lost"),
    State.FAILED: (gettext_lazy("中断"), "lost"),
}

_STAYS: Final[dict[str, Promise]] = {
    "edited": gettext_lazy("有人改过"),
    "withdrawn": gettext_lazy("有人撤回过"),
    "referred": gettext_lazy("别的记录引用它"),
    "not-yours": gettext_lazy("您已无权改它"),
}

GOOD: Final = ("new", "changed")
AGAIN: Final = ("same", "repeated")


def state_word(batch: Batch) -> tuple[str, str]:
    """The state of a batch, and the tone it is said in."""
    word, tone = STATES[batch.state]
    return str(word), tone


def count(batch: Batch, *outcomes: str) -> int:
    return sum(batch.counts.get(name, 0) for name in outcomes)


def outcome_words(batch: Batch) -> str:
    """“新增 46 条，更新 2 条”: rows by what they became."""
    if batch.state not in (State.WRITTEN, State.UNDONE, State.READY):
        return ""
    new = sum(counts.get("new", 0) for counts in batch.tables.values())
    changed = sum(counts.get("changed", 0) for counts in batch.tables.values())
    said = [_("新增 %(n)s 条") % {"n": thousands(new)}]
    if changed:
        said.append(_("更新 %(n)s 条") % {"n": thousands(changed)})
    return _("，").join(said)


def stay_word(why: str) -> str:
    """Why a row stays though its import was undone."""
    return str(_STAYS.get(why, why))


def book_word(book: Book) -> str:
    return book.en[:1].upper() + book.en[1:] if in_english() else book.zh


def target_word(book: Book, name: str) -> str:
    """What a column became, in the words of the ledger."""
    if name.startswith("month:"):
        return name.removeprefix("month:")
    target = book.by_name.get(name)
    if target is None:
        return ""
    if target.column is None:
        return target.name.replace("_", " ") if in_english() else target.heading
    return str(heading(TABLES[book.table], target.column))


def books() -> list[tuple[str, str]]:
    return [(book.id, book_word(book)) for book in BOOKS.values()]


def table_word(name: str) -> str:
    return str(table_name(TABLES[name]))
