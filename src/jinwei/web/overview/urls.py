"""Addresses of the overview."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "overview"
urlpatterns = [
    path("overview/<code:org>/", views.overview, name="overview"),
    path("overview/<code:org>/<str:name>/", views.listing, name="listing"),
    path("overview/<code:org>/<str:name>/export.<str:form>", views.export, name="export"),
]
