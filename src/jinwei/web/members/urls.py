"""Addresses of the roster and of members."""

from __future__ import annotations

from django.urls import path

from . import by_number, changing, member, objections, statistics, views, writing

app_name = "members"
_ORG = "members/<code:org>/"
_ONE = "members/<code:org>/<code:code>/"

urlpatterns = [
    path(_ORG, views.roster, name="roster"),
    path(f"{_ORG}export.<str:form>", views.export, name="export"),
    path(f"{_ORG}statistics/", statistics.statistics, name="statistics"),
    path(
        f"{_ORG}statistics/export.<str:form>",
        statistics.statistics_export,
        name="statistics_export",
    ),
    path(f"{_ORG}new/", writing.new, name="new"),
    path(f"{_ORG}by-number/", by_number.by_number, name="by_number"),
    path(f"{_ORG}objections/", objections.objections, name="objections"),
    path(
        f"{_ORG}objections/export.<str:form>",
        objections.objections_export,
        name="objections_export",
    ),
    path(f"{_ORG}objections/<int:number>/", objections.objection, name="objection"),
    path(_ONE, member.member, name="member"),
    path(f"{_ONE}correct/", writing.correct, name="correct"),
    path(f"{_ONE}transfer/", changing.transfer, name="transfer"),
    path(f"{_ONE}mobile/", changing.mobile, name="mobile"),
    path(f"{_ONE}unmask/", member.unmask, name="unmask"),
    path(f"{_ONE}status/<slug:what>/", changing.change, name="change"),
]
