"""Addresses of the workbench."""

from __future__ import annotations

from django.urls import path

from . import exports, views

app_name = "workbench"
urlpatterns = [
    path("workbench/<code:org>/", views.workbench, name="workbench"),
    path("workbench/<code:org>/export.<str:form>", exports.export, name="export"),
]
