"""The app of accounts and access."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jinwei.accounts"
    default_auto_field = "django.db.models.BigAutoField"
