"""Addresses of the record."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.entries, name="entries"),
    path("audit/check/", views.check, name="check"),
    path("audit/export.<str:form>", views.export, name="export"),
]
