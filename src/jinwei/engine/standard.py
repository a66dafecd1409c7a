"""A document becomes a standard, or is refused with all its faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal, cast

from .catalogue import FACTS, TABLES
from .checks import names, numbers, scoring, shape, totals
from .document import Document, as_date, document_of, plain_scalar, read_document
from .faults import Fault, StandardRefused
from .filters import Filter, read_filter
from .measures import MEASURES, Measure, Scope
from .measures.base import read_distinct_items, read_number_column
from .node import Node, Reading, exact_number, in_bounds
from .periods import MONTHS_IN, PeriodRule, Window
from .schema import (
    Dimension,
    Grade,
    Indicator,
    Owed,
    Parameter,
    Part,
    Remedy,
    Source,
    Standard,
    StarRow,
    Subject,
    Target,
    Veto,
    Words,
)
from .scores import Earn, Factor, Proportional, Score, Steps, read_score

SOURCE_STATUS: Final = ("verified", "unverified", "local", "practice")
KEYS: Final = (
    "schema", "id", "version", "title", "issuer", "subject", "applies_to", "period", "total",
    "full_marks", "base", "bonus_cap", "tiers", "parameters", "dimensions", "stars", "grades",
    "vetoes",
)  # fmt: skip
REQUIRED: Final = (
    "schema", "id", "version", "title", "issuer", "subject", "period", "dimensions",
)  # fmt: skip
TARGET_KEYS: Final = ("at_most", "share_of", "share", "minimum", "round")
SHARE_KEYS: Final = frozenset(TARGET_KEYS[1:])
LONGEST_PERIOD: Final = 3660
"""Days; ten years."""
SHARES: Final = ("share", "member_share", "rating", "judgement", "findings", "check")
"""Measures whose value is at most 1."""
PART_KEYS: Final = ("measure", "target", "due", "score")
INDICATOR_KEYS: Final = (
    "id", "title", "tier", "points", "bonus", "applies_to", *PART_KEYS, "parts", "source",
    "remedy",
)  # fmt: skip


def load_standard(path: Path, settings: Mapping[str, object] | None = None) -> Standard:
    """The standard in a YAML file, its parameters set. Raises :class:`StandardRefused`."""
    return read_standard(read_document(path), settings)


def read_standard(
    document: Document | dict[str, object], settings: Mapping[str, object] | None = None
) -> Standard:
    """The standard that a document says.

    ``settings`` are parameter values that replace those of the document: numbers, or text that
    says a number. Raises :class:`StandardRefused` with every fault.
    """
    if not isinstance(document, Document):
        document = document_of(document)
    reading = Reading(document, faults=list(document.faults))
    standard = _Reader(Node(document.value, "", reading), settings or {}).read()
    if reading.faults:
        # In the order of the text, as somebody goes through it to mend it.
        raise StandardRefused(sorted(reading.faults, key=lambda fault: fault.line or 0))
    return standard


class _Reader:
    """Reads one document; what later parts need of earlier ones (subject, tiers) stands here."""

    def __init__(self, node: Node, settings: Mapping[str, object]) -> None:
        self.node = node
        self.settings = settings
        self.fields = node.fields(KEYS, REQUIRED)
        self.subject = cast(Subject, self._choice("subject", ("organization", "member")))
        self.total = cast(Literal["rate", "sum"], self._choice("total", ("rate", "sum")))
        self.id = self.fields["id"].id() if "id" in self.fields else ""
        self.scope = Scope(self.subject, self.id)
        self.seen_ids: dict[tuple[str, str], str] = {}

    def _choice(self, key: str, options: tuple[str, ...]) -> str:
        return self.fields[key].choice(options) if key in self.fields else options[0]

    def read(self) -> Standard:
        fields = self.fields
        if "schema" in fields and exact_number(fields["schema"].value) != 1:
            fields["schema"].fault(totals.WRONG_SCHEMA, allowed=("1",))
        parameters = self._parameters()
        tiers = read_distinct_items(fields["tiers"]) if "tiers" in fields else []
        self.tiers = tuple(n.text() for n in tiers)
        stars = self._stars()
        return Standard(
            id=self.id,
            version=fields["version"].text() if "version" in fields else "",
            title=read_words(fields["title"]) if "title" in fields else Words("", ""),
            issuer=read_words(fields["issuer"]) if "issuer" in fields else Words("", ""),
            subject=self.subject,
            applies_to=self._filter("applies_to", self.subject),
            period=self._period(),
            total=self.total,
            full_marks=self._number_of("full_marks", "rate", Fraction(100)),
            base=self._number_of("base", "sum", Fraction(0)),
            bonus_cap=fields["bonus_cap"].not_negative() if "bonus_cap" in fields else None,
            tiers=self.tiers,
            parameters=parameters,
            dimensions=self._dimensions(),
            stars=stars,
            grades=self._grades(),
            vetoes=self._vetoes(),
        )

    def _filter(self, key: str, table: str) -> Filter:
        return read_filter(self.fields[key], TABLES[table]) if key in self.fields else ()

    def _number_of(self, key: str, total: str, default: Fraction) -> Fraction:
        if key not in self.fields:
            return default
        if self.total != total:
            self.fields[key].fault(totals.RATE_ONLY if total == "rate" else totals.SUM_ONLY, key)
        return self.fields[key].positive() if key == "full_marks" else self.fields[key].number()

    def _parameters(self) -> tuple[Parameter, ...]:
        if "parameters" not in self.fields:
            self._settings_known({})
            return ()
        nodes = self.fields["parameters"].fields(None)
        self._settings_known(nodes)
        parameters = tuple(self._parameter(name, node) for name, node in nodes.items())
        self.node.reading.parameters = {p.id: p.value for p in parameters}
        return parameters

    def _parameter(self, name: str, node: Node) -> Parameter:
        fields = node.fields(("value", "unit", "title", "source"), ("value", "title"))
        value = fields["value"].number() if "value" in fields else Fraction(0)
        if name in self.settings:
            value = self._setting(name, node)
        return Parameter(
            id=name,
            value=value,
            unit=fields["unit"].text() if "unit" in fields else "",
            title=read_words(fields["title"]) if "title" in fields else Words("", ""),
            source=read_source(fields["source"]) if "source" in fields else None,
        )

    def _setting(self, name: str, node: Node) -> Fraction:
        found = document_of(self.settings[name]).value
        number = exact_number(plain_scalar(found.strip()) if isinstance(found, str) else found)
        if number is None or not in_bounds(number):
            node.fault(totals.PARAMETER_UNSET, found, name=name)
            return Fraction(1)
        return number

    def _settings_known(self, nodes: Mapping[str, Node]) -> None:
        for name in self.settings:
            if name not in nodes:
                # The mistake was made where the parameter was set, not in the document.
                elsewhere = Node(None, f"{name}=…", Reading(document_of(None)))
                elsewhere.fault(names.UNKNOWN_PARAMETER, name, nodes)
                self.node.reading.faults += elsewhere.reading.faults

    def _period(self) -> PeriodRule:
        if "period" not in self.fields:
            return PeriodRule("year")
        node = self.fields["period"]
        if not isinstance(node.value, dict):
            return PeriodRule(node.choice(MONTHS_IN))
        fields = node.fields(("from", "to"), ("from", "to"))
        if len(fields) < 2:
            return PeriodRule("year")
        first, last = fields["from"].date(), fields["to"].date()
        if as_date(fields["from"].value) is None or as_date(fields["to"].value) is None:
            return PeriodRule("year")
        if last < first:
            fields["to"].fault(shape.PERIOD_REVERSED)
            return PeriodRule("year")
        if (last - first).days > LONGEST_PERIOD:
            node.fault(numbers.TOO_LONG, f"{first}—{last}", most="10 年", most_en="10 years")
            return PeriodRule("year")
        return PeriodRule(span=Window(first, last))

    def _unique(self, node: Node, what: str) -> str:
        found = node.id()
        first = self.seen_ids.setdefault((what, found), node.path)
        if found and first != node.path:
            node.fault(names.DUPLICATE_ID, found, first=first)
        return found

    def _dimensions(self) -> tuple[Dimension, ...]:
        if "dimensions" not in self.fields:
            return ()
        nodes = self.fields["dimensions"].entries()
        if not nodes and isinstance(self.fields["dimensions"].value, list):
            self.fields["dimensions"].fault(totals.EMPTY_DIMENSION, "dimensions")
        return tuple(self._dimension(n) for n in nodes)

    def _dimension(self, node: Node) -> Dimension:
        fields = node.fields(("id", "title", "indicators"), ("id", "title", "indicators"))
        nodes = fields["indicators"].entries() if "indicators" in fields else []
        if "indicators" in fields and fields["indicators"].value == []:
            fields["indicators"].fault(totals.EMPTY_DIMENSION, str(node.value.get("id")))
        return Dimension(
            id=self._unique(fields["id"], "dimension") if "id" in fields else "",
            title=read_words(fields["title"]) if "title" in fields else Words("", ""),
            indicators=tuple(self._indicator(n) for n in nodes),
        )

    def _indicator(self, node: Node) -> Indicator:
        fields = node.fields(INDICATOR_KEYS, ("id", "title", "points"))
        points = fields["points"].hundredths() if "points" in fields else 100
        bonus = "bonus" in fields and fields["bonus"].boolean()
        self._check_points(fields, points, bonus)
        table = TABLES[self.subject]
        return Indicator(
            id=self._unique(fields["id"], "indicator") if "id" in fields else "",
            title=read_words(fields["title"]) if "title" in fields else Words("", ""),
            tier=self._tier(fields["tier"]) if "tier" in fields else None,
            points=points,
            bonus=bonus,
            applies_to=read_filter(fields["applies_to"], table) if "applies_to" in fields else (),
            parts=self._parts(node, fields, points),
            whole="parts" not in fields,
            source=read_source(fields["source"]) if "source" in fields else None,
            remedy=self._remedy(fields["remedy"]) if "remedy" in fields else None,
        )

    def _check_points(self, fields: dict[str, Node], points: int, bonus: bool) -> None:
        if points < 0 and bonus:
            fields["points"].fault(totals.BONUS_NEGATIVE)
        elif points < 0 and self.total == "rate":
            fields["points"].fault(totals.NEGATIVE_POINTS)

    def _tier(self, node: Node) -> str:
        found = node.text()
        if found and found not in self.tiers:
            node.fault(names.UNKNOWN_TIER, allowed=self.tiers)
        return found

    def _parts(self, node: Node, fields: dict[str, Node], points: int) -> tuple[Part, ...]:
        if "parts" not in fields:
            if "measure" not in fields:
                if isinstance(node.value, dict):
                    node.fault(shape.MISSING_KEY, "measure", ("measure", "parts"))
                return ()
            part = self._part({k: n for k, n in fields.items() if k in PART_KEYS}, points)
            return (part,) if part else ()
        for key in PART_KEYS:
            if key in fields:
                fields[key].fault(scoring.PARTS_AND_MEASURE, key)
        nodes = fields["parts"].filled()
        read = [self._part(n.fields(PART_KEYS, ("measure",)), points) for n in nodes]
        parts = tuple(part for part in read if part)
        if len({isinstance(part.score, Earn) for part in parts}) > 1:
            fields["parts"].fault(scoring.PARTS_MIXED)
        return parts

    def _part(self, fields: dict[str, Node], points: int) -> Part | None:
        measure = self._measure(fields["measure"]) if "measure" in fields else None
        if measure is None:
            return None
        target_node = fields.get("target")
        ceiling = target_node is not None and _is_ceiling(target_node.value)
        score = self._score(fields, measure, points, ceiling)
        if score is None:
            return None
        target = self._target(fields, measure, score)
        return Part(measure, target, self._owed(fields, measure, target), score)

    def _measure(self, node: Node) -> Measure | None:
        fields = node.fields(None)
        if len(fields) != 1:
            if isinstance(node.value, dict):
                node.fault(names.ONE_MEASURE, len(fields), MEASURES)
            return None
        name, child = next(iter(fields.items()))
        if name not in MEASURES:
            child.fault(names.UNKNOWN_MEASURE, name, MEASURES)
            return None
        return MEASURES[name].from_node(child, self.scope)

    def _score(
        self, fields: dict[str, Node], measure: Measure, points: int, ceiling: bool
    ) -> Score | None:
        node = fields.get("score")
        if not measure.scores:
            if node is not None:
                node.fault(scoring.NO_SCORE, measure=measure.name)
            if points < 0:
                fields["measure"].fault(scoring.NEGATIVE_SCORE, measure.name)
            return Factor()
        score = read_score(node) if node is not None else Proportional()
        if score is None:
            return None
        place = node or fields["measure"]
        self._check_score(place, measure, score, points, ceiling)
        return score

    def _check_score(
        self, place: Node, measure: Measure, score: Score, points: int, ceiling: bool
    ) -> None:
        if score.name not in measure.scores or (
            measure.name == "rating" and isinstance(score, Steps) and not score.of_value
        ):
            rated = measure.name == "rating"
            allowed = [
                "steps of: value" if rated and s == "steps" else s for s in sorted(measure.scores)
            ]
            found = "steps of: shortfall" if isinstance(score, Steps) else score.name
            place.fault(scoring.SCORE_NOT_HERE, found, allowed, measure=measure.name)
        elif points < 0 and not score.by_shortfall:
            place.fault(scoring.NEGATIVE_SCORE, score.name, ("deduct", "steps of: shortfall"))
        elif ceiling and isinstance(score, Proportional):
            place.fault(scoring.CEILING_PROPORTIONAL, allowed=("all_or_nothing", "deduct", "steps"))
        elif getattr(score, "per_window", False) and measure.name != "occurrences":
            place.fault(scoring.PER_WINDOW_NOT_HERE, score.name)

    def _target(self, fields: dict[str, Node], measure: Measure, score: Score) -> Target | None:
        node = fields.get("target")
        why = _why_no_target(measure, score)
        if node is not None:
            if why is not None:
                node.fault(scoring.TARGET_NOT_HERE, why=why[0], why_en=why[1])
            target = self._read_target(node)
            if measure.name in SHARES and target.number > 1 and target.share_of is None:
                node.fault(numbers.TARGET_ABOVE_ONE)
            return target
        if why is not None or score.by_value or measure.name == "presence":
            return None
        if measure.default_target is None:
            fields["measure"].fault(scoring.TARGET_MISSING, measure.name)
            return None
        return Target(measure.default_target)

    def _read_target(self, node: Node) -> Target:
        if not isinstance(node.value, dict) or "parameter" in node.value:
            return Target(node.not_negative())
        if _is_ceiling(node.value):
            most = node.fields(("at_most",), ("at_most",)).get("at_most")
            return Target(most.not_negative() if most else Fraction(0), ceiling=True)
        # What says neither is more likely a mistyped ceiling than half a share.
        required = ("share_of", "share") if not node.value or set(node.value) & SHARE_KEYS else ()
        fields = node.fields(TARGET_KEYS, required)
        if "share_of" not in fields:
            return Target()
        table = TABLES[self.subject]
        column = read_number_column(fields, table, "share_of")
        return Target(
            number=fields["share"].not_negative() if "share" in fields else Fraction(0),
            share_of=column,
            minimum=fields["minimum"].not_negative() if "minimum" in fields else None,
            round_up="round" in fields and fields["round"].choice(("up",)) == "up",
        )

    def _owed(self, fields: dict[str, Node], measure: Measure, target: Target | None) -> Owed:
        if "due" not in fields:
            return "always" if target is not None and target.ceiling else measure.owed
        if measure.name == "occurrences":
            fields["due"].fault(scoring.DUE_NOT_HERE)
        return cast(Owed, fields["due"].choice(("always", "end")))

    def _remedy(self, node: Node) -> Remedy:
        fields = node.fields(None)
        record = node.value.get("record") if isinstance(node.value, dict) else None
        if "record" not in fields and isinstance(node.value, dict):
            node.fault(shape.MISSING_KEY, "record")
        table = TABLES.get(record) if isinstance(record, str) else None
        if "record" in fields and table is None:
            headings = {t.name: t.heading for t in TABLES.values()}
            fields["record"].fault(names.UNKNOWN_FACT, allowed=headings)
        if table is not None:
            where = {k: v for k, v in node.value.items() if k != "record"}
            read_filter(Node(where, node.path, node.reading), table)
        rest = (
            (k, str(n.value)) for k, n in fields.items() if k != "record" and n.value is not None
        )
        return Remedy(str(record), tuple(rest))

    def _stars(self) -> tuple[StarRow, ...]:
        if "stars" not in self.fields:
            return ()
        nodes = self.fields["stars"].filled()
        before: int | None = None
        for node in nodes:
            stars = node.value.get("stars") if isinstance(node.value, dict) else None
            number = _star_number(stars)
            if number is not None and before is not None and number >= before:
                node.child("stars").fault(totals.STARS_ORDER)
            before = number if number is not None else before
        return tuple(self._star_row(node) for node in nodes)

    def _star_row(self, node: Node) -> StarRow:
        fields = node.fields(("stars", "score", "tiers"), ("stars", "score"))
        tiers = fields["tiers"].fields(None) if "tiers" in fields else {}
        for name, child in tiers.items():
            if name not in self.tiers:
                child.fault(names.UNKNOWN_TIER, name, self.tiers)
        return StarRow(
            stars=self._star_number(fields["stars"]) if "stars" in fields else 0,
            score=fields["score"].number() if "score" in fields else Fraction(0),
            tiers=tuple((name, child.share()) for name, child in tiers.items()),
        )

    def _star_number(self, node: Node) -> int:
        number = _star_number(node.value)
        if number is None:
            node.fault(shape.UNKNOWN_CHOICE, allowed=map(str, range(6)))
            return 0
        return number

    def _grades(self) -> tuple[Grade, ...]:
        if "grades" not in self.fields:
            return ()
        if "stars" not in self.fields:
            self.fields["grades"].fault(totals.GRADES_WITHOUT_STARS, "grades")
        taken: set[int] = set()
        return tuple(self._grade(node, taken) for node in self.fields["grades"].entries())

    def _grade(self, node: Node, taken: set[int]) -> Grade:
        fields = node.fields(("grade", "stars"), ("grade", "stars"))
        stars = set()
        for entry in fields["stars"].filled() if "stars" in fields else []:
            number = self._star_number(entry)
            if number in taken and number == _star_number(entry.value):
                entry.fault(totals.GRADE_TWICE)
            taken.add(number)
            stars.add(number)
        title = read_words(fields["grade"]) if "grade" in fields else Words("", "")
        return Grade(title, frozenset(stars))

    def _vetoes(self) -> tuple[Veto, ...]:
        if "vetoes" not in self.fields:
            return ()
        return tuple(self._veto(node) for node in self.fields["vetoes"].entries())

    def _veto(self, node: Node) -> Veto:
        fields = node.fields(
            ("id", "title", "fact", "where", "stars_at_most"),
            ("id", "title", "fact", "stars_at_most"),
        )
        table = self.scope.read_fact(fields["fact"]) if "fact" in fields else None
        where: Filter = ()
        if table is not None and "where" in fields:
            where = read_filter(fields["where"], table)
        return Veto(
            id=self._unique(fields["id"], "veto") if "id" in fields else "",
            title=read_words(fields["title"]) if "title" in fields else Words("", ""),
            fact=table.name if table else next(iter(FACTS)),
            where=where,
            stars_at_most=self._star_number(fields["stars_at_most"])
            if "stars_at_most" in fields
            else 0,
        )


def _is_ceiling(value: object) -> bool:
    return isinstance(value, dict) and "at_most" in value


def _star_number(value: object) -> int | None:
    number = exact_number(value)
    return int(number) if number is not None and number in range(6) else None


def _why_no_target(measure: Measure, score: Score) -> tuple[str, str] | None:
    if not measure.takes_target:
        return (
            "occurrences（按月、按季计次）的目标就是每月、每季都做到",
            "occurrences aim at every window",
        )
    if isinstance(score, Earn):
        return ("按 earn 计分，做多少得多少", "scored by earn, every unit earns")
    free = measure.name in ("share", "member_share", "presence")
    if free and score.by_shortfall:
        return (
            "这里按所缺扣分，一个不缺就是达到",
            "scored by shortfall, a shortfall of 0 is enough",
        )
    return None


def read_words(node: Node) -> Words:
    """``{zh: …, en: …}``; the Chinese is required, the English falls back to it."""
    fields = node.fields(("zh", "en"), ("zh",))
    zh = fields["zh"].text() if "zh" in fields else ""
    return Words(zh, fields["en"].text() if "en" in fields else zh)


def read_source(node: Node) -> Source:
    """``{document: {zh: …}, article: "11", status: verified}``."""
    fields = node.fields(("document", "article", "status"), ("status",))
    article = fields.get("article")
    return Source(
        document=read_words(fields["document"]) if "document" in fields else None,
        article=_article(article) if article is not None else "",
        status=fields["status"].choice(SOURCE_STATUS) if "status" in fields else "",
    )


def _article(node: Node) -> str:
    number = isinstance(node.value, int | Decimal) and not isinstance(node.value, bool)
    return str(node.value) if number else node.text()


def faults_of(document: Document) -> list[Fault]:
    """All faults of a document; empty if it can be installed."""
    try:
        read_standard(document)
    except StandardRefused as refused:
        return list(refused.faults)
    return []
