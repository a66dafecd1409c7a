"""The way in for a web server that speaks WSGI."""

from __future__ import annotations

import os

import pypinyin  # noqa: F401  # loaded before pages are served, or the first name would wait for it
from django.core.wsgi import get_wsgi_application

from .collector import spare_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinwei.config.settings")

application = get_wsgi_application()
spare_what_is_loaded()
