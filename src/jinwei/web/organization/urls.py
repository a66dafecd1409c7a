"""Addresses below ``/organizations/``."""

from __future__ import annotations

from django.urls import path

from . import changing, exports, profiles, views

app_name = "organization"
urlpatterns = [
    path("organizations/", views.organizations, name="list"),
    path("organizations/export.<str:form>", exports.organizations, name="list_export"),
    path("organizations/<code:org>/", views.standing, name="standing"),
    path("organizations/<code:org>/indicators/<str:id>/", views.indicator, name="indicator"),
    path(
        "organizations/<code:org>/indicators/export.<str:form>",
        exports.indicators,
        name="indicators",
    ),
    path("organizations/<code:org>/score/", views.score, name="score"),
    path("organizations/<code:org>/committee/", views.committee, name="committee"),
    path("organizations/<code:org>/history/", views.history, name="history"),
    path(
        "organizations/<code:org>/history/export.<str:form>",
        exports.history,
        name="history_export",
    ),
    path("organizations/<code:org>/below/", views.below, name="below"),
    path("organizations/<code:org>/below/new/", changing.new, name="new"),
    path("organizations/<code:org>/below/export.<str:form>", exports.below, name="export"),
    path("organizations/<code:org>/profile/", profiles.profile, name="profile"),
    path("organizations/<code:org>/move/", changing.move, name="move"),
    path("organizations/<code:org>/lend/", changing.lend, name="lend"),
    path("organizations/<code:org>/lend/<str:row>/end/", changing.end_purpose, name="end_purpose"),
    path("organizations/<code:org>/merge/", changing.merge, name="merge"),
    path("organizations/<code:org>/dissolve/", changing.dissolve, name="dissolve"),
]
