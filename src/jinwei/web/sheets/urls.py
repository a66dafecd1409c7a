"""Addresses of the sheets that leave the house."""

from __future__ import annotations

from django.urls import path

from . import books, dataset, templates, views

app_name = "sheets"
_ORG = "sheets/<code:org>/"

urlpatterns = [
    path(_ORG, views.sheets, name="sheets"),
    path(f"{_ORG}books/<slug:book>.xlsx", books.book, name="book"),
    path(f"{_ORG}templates/new/", templates.upload, name="upload"),
    path(f"{_ORG}templates/<uuid:template>/", templates.template, name="template"),
    path(f"{_ORG}templates/<uuid:template>/filled.xlsx", templates.filled, name="filled"),
    path(f"{_ORG}templates/<uuid:template>/withdraw/", templates.withdraw, name="withdraw"),
    path(f"{_ORG}dataset/<str:form>/", dataset.dataset, name="dataset"),
]
