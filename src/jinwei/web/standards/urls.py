"""Addresses of the standards library."""

from __future__ import annotations

from django.urls import path

from . import changes, views

app_name = "standards"
urlpatterns = [
    path("standards/", views.library, name="library"),
    path("standards/compare/", views.compare, name="compare"),
    path("standards/install/", changes.install, name="install"),
    path("standards/adopt/", changes.adopt, name="adopt"),
    path("standards/adoptions/<int:adoption>/end/", changes.end, name="end"),
    path("standards/<str:standard>/<str:version>/", views.edition, name="edition"),
    path("standards/<str:standard>/<str:version>/text.yaml", views.text, name="text"),
]
