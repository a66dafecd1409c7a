"""Addresses of the quick entry."""

from __future__ import annotations

from django.urls import path

from . import meanwhile, views

app_name = "entry"
_MEETING = "entry/<code:org>/meeting/"

urlpatterns = [
    path(_MEETING, views.meeting, name="meeting"),
    path(f"{_MEETING}preview/", meanwhile.preview, name="preview"),
    path(f"{_MEETING}draft/", meanwhile.draft, name="draft"),
    path(f"{_MEETING}draft/<uuid:token>/drop/", meanwhile.dropped_draft, name="drop_draft"),
    path("entry/<code:org>/saved/<int:submission>/undo/", views.undo, name="undo"),
]
