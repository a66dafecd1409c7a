"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from . import batches, deciding, effects, marked, views

app_name = "imports"
_BATCH = "imports/<code:org>/<uuid:batch>/"

urlpatterns = [
    path("imports/<code:org>/", batches.batches, name="batches"),
    path(_BATCH, views.batch, name="batch"),
    path(f"{_BATCH}lines/<int:line>/", deciding.line, name="line"),
    path(f"{_BATCH}columns/", deciding.columns, name="columns"),
    path(f"{_BATCH}answers/", deciding.answers, name="answers"),
    path(f"{_BATCH}repair/", deciding.repair, name="repair"),
    path(f"{_BATCH}moves/", effects.moves, name="moves"),
    path(f"{_BATCH}act/", deciding.act, name="act"),
    path(f"{_BATCH}marked.xlsx", marked.marked, name="marked"),
]
