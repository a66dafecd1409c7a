from __future__ import annotations

from django.apps import AppConfig


class StandingsConfig(AppConfig):
    name = "jinwei.standings"

    def ready(self) -> None:
        """Standings follow the facts."""
        from jinwei.ledgers.changes import facts_changed

        from .queue import on_facts_changed

        facts_changed.connect(on_facts_changed, dispatch_uid="standings")
