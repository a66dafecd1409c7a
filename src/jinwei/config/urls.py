"""Addresses of the product."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("jinwei.web.urls"))]
handler400 = "jinwei.web.errors.bad_request"
handler403 = "jinwei.web.errors.forbidden"
handler404 = "jinwei.web.errors.not_found"
handler500 = "jinwei.web.errors.server_fault"
