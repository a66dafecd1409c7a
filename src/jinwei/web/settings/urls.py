"""Addresses of settings."""

from __future__ import annotations

from django.urls import path

from . import account, accounts, views

app_name = "settings"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/preferences/", views.preferences, name="preferences"),
    path("settings/password/", views.password, name="password"),
    path("settings/sessions/end/", views.end_sessions, name="end_sessions"),
    path("settings/language/", views.language, name="language"),
    path("settings/type/", views.type, name="type"),
    path("settings/accounts/", accounts.accounts, name="accounts"),
    path("settings/accounts/export.<str:form>", accounts.export, name="export"),
    path("settings/accounts/new/", accounts.invite, name="invite"),
    path("settings/accounts/<int:account_id>/", account.account, name="account"),
    path("settings/accounts/<int:account_id>/correct/", account.correct, name="correct"),
    path("settings/accounts/<int:account_id>/roles/", account.give, name="give"),
    path("settings/accounts/<int:account_id>/roles/<int:role_id>/end/", account.end, name="end"),
    path("settings/accounts/<int:account_id>/lock/", account.lock, name="lock"),
    path("settings/accounts/<int:account_id>/unlock/", account.unlock, name="unlock"),
    path("settings/accounts/<int:account_id>/deactivate/", account.deactivate, name="deactivate"),
    path("settings/accounts/<int:account_id>/reactivate/", account.reactivate, name="reactivate"),
    path("settings/accounts/<int:account_id>/reset/", account.reset, name="reset"),
]
