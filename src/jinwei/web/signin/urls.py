"""Addresses of sign-in."""

from __future__ import annotations

from django.urls import path

from . import passwords, views

app_name = "signin"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("demo/<str:role>/", views.demo, name="demo"),
    path("invitations/<str:token>/", passwords.invitation, name="invitation"),
    path("password/forgotten/", passwords.forgotten, name="forgotten"),
    path("password/<str:token>/", passwords.reset, name="reset"),
]
