"""The app that keeps the record."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jinwei.audit"
    default_auto_field = "django.db.models.BigAutoField"
