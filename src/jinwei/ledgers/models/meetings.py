"""Meetings and who came."""

from __future__ import annotations

from django.db import models

from jinwei.members.models import OfMember
from jinwei.organizations.facts import indexes_of
from jinwei.organizations.fields import Line
from jinwei.organizations.models import OfOrganization


class Meeting(OfOrganization):
    """A meeting, lecture or activity that an organization held."""

    code = Line(unique=True)
    kind = Line()
    held_on = models.DateField(null=True, blank=True)
    topic = Line(null=True, blank=True)
    led_by = Line(null=True, blank=True)
    expected = models.BigIntegerField(null=True, blank=True)
    attended = models.BigIntegerField(null=True, blank=True)
    recorded_on = models.DateField(null=True, blank=True)

    class Meta:
        default_related_name = "meetings"
        indexes = indexes_of("meeting")


class Attendance(OfMember):
    """Whether one member came to one meeting; day, kind and organization are the meeting's."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, to_field="code", db_column="meeting")
    status = Line()

    class Meta:
        default_related_name = "attendance"
        indexes = indexes_of("attendance")
