"""Addresses of the workbench."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "workbench"
urlpatterns = [path("workbench/<code:org>/", views.workbench, name="workbench")]
