from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class LedgersConfig(AppConfig):
    name = "jinwei.ledgers"

    def ready(self) -> None:
        """Fact views stand aside while tables change: a rebuild under a view fails."""
        from .fact_views import create_after_migrating, drop_before_migrating

        pre_migrate.connect(drop_before_migrating, sender=self)
        post_migrate.connect(create_after_migrating, sender=self)
