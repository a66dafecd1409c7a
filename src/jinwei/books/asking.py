"""Questions asked once for many cells, and what was answered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from jinwei.engine.catalogue import Column

from . import kinds
from .drafts import ASK, Answers, Question, Trouble
from .folding import folded

IMPORT: Final = "import"
SKIP: Final = "skip"
SAME: Final = "same"
FIRST: Final = "first"
EMPTY: Final = "empty"
_YES_NO: Final = ((IMPORT, "导入", "Import"), (SKIP, "不导入", "Leave out"))
_NO_DAY: Final = (
    (FIRST, "按当月 1 日", "The first of the month"),
    (EMPTY, "这些格留空", "Leave the cells empty"),
    (SKIP, "不导入这些行", "Leave the rows out"),
)
_LEFT_OUT: Final = (SKIP, "不导入这些行", "Leave the rows out")
_YEARS_BACK: Final = 4
_OUTSIDE: Final = ((IMPORT, "登记，此人在名册外", "Enter, from outside"), _YES_NO[1])


class Asking:
    """Gathers what is to be decided while a book is read, each thing once."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._asked: dict[str, Question] = {}
        self._lines: Counter[str] = Counter()
        self.times = 0
        """How often something was asked, answered or not."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The most frequent first, each with how many lines wait for it."""
        return tuple(
            Question(q.key, q.id, {**q.facts, "n": str(n)}, q.options, q.proposed, n)
            for q, n in ((self._asked[key], n) for key, n in self._lines.most_common())
        )

    def hidden_rows(self) -> str | None:
        return self._ask(Question("hidden-rows", kinds.ASK_HIDDEN_ROWS, {}, _YES_NO))

    def after_foot(self) -> str | None:
        return self._ask(Question("after-foot", kinds.ASK_AFTER_FOOT, {}, _YES_NO))

    def hidden_column(self, letter: str, heading: str) -> str:
        """A hidden column comes in unless somebody says otherwise."""
        facts = {"column": letter, "heading": heading}
        key = f"hidden-column:{letter}"
        asked = Question(key, kinds.ASK_HIDDEN_COLUMN, facts, _YES_NO, IMPORT)
        return self._ask(asked) or IMPORT

    def no_day(self, target: str, heading: str) -> str | None:
        facts = {"heading": heading}
        return self._ask(Question(f"no-day:{target}", kinds.ASK_NO_DAY, facts, _NO_DAY))

    def outside(self, said: str) -> str | None:
        """Whether somebody who is not on the roster holds a post all the same."""
        key = f"outside:{folded(said)}"
        return self._ask(Question(key, kinds.ASK_OUTSIDE, {"found": said}, _OUTSIDE))

    def kind(self, column: Column, heading: str, said: str) -> str | None:
        """Which code is meant by a word that is on no list; :data:`SKIP` for none of them."""
        key = kind_key(column, said)
        if key in self._asked:
            return self._ask(self._asked[key])
        facts = {"heading": heading, "found": said}
        options = (*_nearest_first(column, said), _LEFT_OUT)
        return self._ask(Question(key, kinds.ASK_KIND, facts, options))

    def status(self, heading: str) -> str | None:
        """What members are whose status a roster does not say."""
        options = (
            ("full", "正式党员", "Full members"),
            ("probationary", "预备党员", "Probationary members"),
            _LEFT_OUT,
        )
        return self._ask(Question("status", kinds.ASK_STATUS, {"heading": heading}, options))

    def year(self, today: dt.date, proposed: int | None = None) -> int | None:
        """Which year is meant by days and months that name none."""
        years = {today.year + 1 - back for back in range(_YEARS_BACK + 2)} | {
            proposed or today.year
        }
        options = tuple((str(y), f"{y} 年", str(y)) for y in sorted(years, reverse=True))
        said = str(proposed) if proposed else None
        answer = self._ask(Question("year", kinds.ASK_YEAR, {}, options, said))
        return int(answer) if answer else None

    def namesake(self) -> str | None:
        """Whether a row is somebody of the same name in the same branch."""
        options = (
            (SAME, "是同一个人，更新", "The same person: update"),
            (IMPORT, "是另一个人，新增", "Somebody else: enter"),
            _LEFT_OUT,
        )
        return self._ask(Question("namesake", kinds.ASK_NAMESAKE, {}, options))

    def organization_namesake(self, single: bool) -> str | None:
        """Whether an organization is one of the same name that stands below another superior."""
        same = (SAME, "是原来的组织，改了上级", "The one that is there, moved")
        new = (IMPORT, "是新组织，新增", "A new organization")
        key = "organization-namesake"
        asked = Question(key, kinds.ASK_ORGANIZATION_NAMESAKE, {}, (new, same))
        answer = self._ask(asked)
        return None if answer == SAME and not single else answer

    def _ask(self, question: Question) -> str | None:
        """The answer, if there is one that can be; else the question waits."""
        self._asked.setdefault(question.key, question)
        self._lines[question.key] += 1
        self.times += 1
        answer = self.answers.get(question.key)
        return answer if answer in {value for value, _, _ in question.options} else None


def waiting(id: str, column: int | None, key: str, **facts: str) -> Trouble:
    """A trouble that the answer to a question settles."""
    return Trouble(id, column, ASK, facts, question=key)


def kind_key(column: Column, said: str) -> str:
    return f"kind:{column.name}:{folded(said)}"


def _nearest_first(column: Column, said: str) -> Sequence[tuple[str, str, str]]:
    codes = column.codes or {}
    order = sorted(
        codes.items(), key=lambda item: -SequenceMatcher(None, folded(said), item[1]).ratio()
    )
    return [(code, word, code.replace("_", " ")) for code, word in order]
