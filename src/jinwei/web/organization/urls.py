"""Addresses below ``/organizations/``."""

from __future__ import annotations

from django.urls import path

from . import changing, profiles, views

app_name = "organization"
urlpatterns = [
    path("organizations/", views.organizations, name="list"),
    path("organizations/<str:org>/", views.standing, name="standing"),
    path("organizations/<str:org>/indicators/<str:id>/", views.indicator, name="indicator"),
    path("organizations/<str:org>/score/", views.score, name="score"),
    path("organizations/<str:org>/committee/", views.committee, name="committee"),
    path("organizations/<str:org>/history/", views.history, name="history"),
    path("organizations/<str:org>/below/", views.below, name="below"),
    path("organizations/<str:org>/below/new/", changing.new, name="new"),
    path("organizations/<str:org>/below/export.<str:form>", views.export, name="export"),
    path("organizations/<str:org>/profile/", profiles.profile, name="profile"),
    path("organizations/<str:org>/move/", changing.move, name="move"),
    path("organizations/<str:org>/lend/", changing.lend, name="lend"),
    path("organizations/<str:org>/lend/<str:row>/end/", changing.end_purpose, name="end_purpose"),
    path("organizations/<str:org>/merge/", changing.merge, name="merge"),
    path("organizations/<str:org>/dissolve/", changing.dissolve, name="dissolve"),
]
