"""Addresses of all screens."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from . import codes, home

register_converter(codes.Code, "code")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("", include("jinwei.web.ledgers.urls")),
    path("", include("jinwei.web.imports.urls")),
    path("", include("jinwei.web.organization.urls")),
    path("", include("jinwei.web.signin.urls")),
    path("", include("jinwei.web.settings.urls")),
    path("", include("jinwei.web.workbench.urls")),
    path("", include("jinwei.web.entry.urls")),
    path("", include("jinwei.web.audit.urls")),
    path("", include("jinwei.web.members.urls")),
    path("", include("jinwei.web.record.urls")),
    path("", include("jinwei.web.search.urls")),
    path("", include("jinwei.web.overview.urls")),
    path("", include("jinwei.web.standards.urls")),
    path("", include("jinwei.web.sheets.urls")),
]
