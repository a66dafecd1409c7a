"""The ledgers, by theme; ``FACT_MODELS`` has every model behind a fact view."""

from __future__ import annotations

from typing import Final

from jinwei.members.models import Member, Membership
from jinwei.organizations.facts import FactModel
from jinwei.organizations.models import Organization, Post, Superior, Term

from .attachments import Attachment
from .drafts import Draft, Submission
from .education import Appraisal, Service, Talk, Training
from .funds import Dues, Fund
from .matters import Case, Incident, Rectification, Survey
from .meetings import Attendance, Meeting
from .templates import Template
from .verdicts import Exemption, Judgement
from .works import Filing, Honor, Project, Venue

__all__ = [
    "FACT_MODELS",
    "Appraisal",
    "Attachment",
    "Attendance",
    "Case",
    "Draft",
    "Dues",
    "Exemption",
    "Filing",
    "Fund",
    "Honor",
    "Incident",
    "Judgement",
    "Meeting",
    "Project",
    "Rectification",
    "Service",
    "Submission",
    "Survey",
    "Talk",
    "Template",
    "Training",
    "Venue",
]

_MODELS: Final[tuple[type[FactModel], ...]] = (
    Organization,
    Member,
    Membership,
    Superior,
    Term,
    Post,
    Meeting,
    Attendance,
    Dues,
    Talk,
    Training,
    Service,
    Appraisal,
    Fund,
    Filing,
    Venue,
    Project,
    Honor,
    Incident,
    Rectification,
    Survey,
    Case,
    Judgement,
    Exemption,
)
FACT_MODELS: Final = {model.table().name: model for model in _MODELS}
"""Model by table, in the order of the catalogue: what a row refers to comes before it."""
