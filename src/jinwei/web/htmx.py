"""A page as a whole, or the part of it that htmx asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part to swap in; a boosted link still wants the page."""
    asked: Any = getattr(request, "htmx", None)
    return bool(asked and not asked.boosted and not asked.history_restore_request)


def render_page_or_fragment(
    request: HttpRequest,
    page: str,
    fragment: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The template ``fragment`` where htmx asks for a part, else ``page``, which includes it."""
    template = fragment if is_fragment(request) else page
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
