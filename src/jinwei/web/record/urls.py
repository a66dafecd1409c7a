"""Addresses of the own record."""

from __future__ import annotations

from django.urls import path

from . import export, objections, views

app_name = "record"

urlpatterns = [
    path("my-record/", views.record, name="record"),
    path("my-record/unmask/", views.unmask, name="unmask"),
    path("my-record/export.<str:form>", export.export, name="export"),
    path("my-record/objections/new/", objections.contest, name="contest"),
    path("my-record/objections/<int:number>/", objections.objection, name="objection"),
    path("my-record/objections/<int:number>/escalate/", objections.to_superior, name="to_superior"),
]
