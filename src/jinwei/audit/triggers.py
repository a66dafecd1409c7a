"""Triggers by which the database itself refuses to change or delete entries of the record."""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_ACTS: Final = ("UPDATE", "DELETE")
_TABLES: Final = ("audit_entry", "audit_seal")
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the record only grows'; END $$
"""


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Let the database refuse; whoever owns the database can still drop a trigger, so the seals
    tell afterwards whether somebody did.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in _TABLES:
            for act in _ACTS:
                cursor.execute(_create(connection.vendor, table, act))


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """For tests that empty their tables row by row."""
    with connection.cursor() as cursor:
        for table in _TABLES:
            for act in _ACTS:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, act)}{on}")


def _name(table: str, act: str) -> str:
    return f"{table}_no_{act.lower()}"


def _create(vendor: str, table: str, act: str) -> str:
    begin = f"CREATE TRIGGER {_name(table, act)} BEFORE {act} ON {table}"
    if vendor == "postgresql":
        return f"{begin} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
    return f"{begin} BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
