"""From here on the database refuses to change or delete entries."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from jinwei.audit.triggers import create_triggers, drop_triggers


def create(apps: Any, editor: Any) -> None:
    create_triggers(editor.connection)


def drop(apps: Any, editor: Any) -> None:
    drop_triggers(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
