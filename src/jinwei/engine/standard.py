"""A document becomes a standard, or is refused with all its faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal, cast

from .catalogue import FACTS, TABLES
from .checks import names, numbers, shape, totals
from .document import Document, as_date, document_of, plain_scalar, read_document
from .faults import StandardRefused
from .filters import Filter, read_filter
from .measures import Scope
from .measures.base import read_distinct_items
from .node import Node, Reading, exact_number, in_bounds
from .parts import PART_KEYS, read_parts
from .periods import MONTHS_IN, PeriodRule, Window
from .schema import (
    Dimension,
    Indicator,
    Parameter,
    Remedy,
    Standard,
    Subject,
    Veto,
    Words,
)
from .stars import read_grades, read_star_number, read_stars
from .texts import read_source, read_words

KEYS: Final = (
    "schema", "id", "version", "title", "issuer", "subject", "applies_to", "period", "total",
    "full_marks", "base", "bonus_cap", "tiers", "parameters", "dimensions", "stars", "grades",
    "vetoes",
)  # fmt: skip
REQUIRED: Final = (
    "schema", "id", "version", "title", "issuer", "subject", "period", "dimensions",
)  # fmt: skip
LONGEST_PERIOD: Final = 3660
"""Days; ten years."""
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
        self.scope = Scope(self.subject)
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
        stars = read_stars(fields["stars"], self.tiers) if "stars" in fields else ()
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
            grades=read_grades(fields["grades"], "stars" in fields) if "grades" in fields else (),
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
            parts=read_parts(self.scope, node, fields, points),
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
            stars_at_most=read_star_number(fields["stars_at_most"])
            if "stars_at_most" in fields
            else 0,
        )
