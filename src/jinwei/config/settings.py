"""Settings of an installation, read top to bottom; with nothing set it starts on SQLite here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import env

# --- where things are -----------------------------------------------------------------------

HOME = Path(env.text("JINWEI_HOME", "var")).resolve()
"""Holds the database file, the secret key and what people upload."""

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database("JINWEI_DATABASE", HOME / "jinwei.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who may come in ------------------------------------------------------------------------

SECRET_KEY = env.kept_secret("JINWEI_SECRET_KEY", HOME / "secret_key")
DEBUG = env.flag("JINWEI_DEBUG", False)
ALLOWED_HOSTS = env.words("JINWEI_HOSTS", "localhost,127.0.0.1,[::1]")

BEHIND_TLS = env.flag("JINWEI_BEHIND_TLS", False)
"""Whether a proxy in front speaks TLS; without it only this machine should be able to connect."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.whole("JINWEI_SESSION_S", 8 * 60 * 60, least=60)
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- parts ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "jinwei.organizations",
    "jinwei.members",
    "jinwei.ledgers",
    "jinwei.standards",
    "jinwei.standings",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "jinwei.config.urls"
ASGI_APPLICATION = "jinwei.config.asgi.application"
WSGI_APPLICATION = "jinwei.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"

# --- words and days -------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.zone("JINWEI_TIME_ZONE", "Asia/Shanghai")
"""Decides which day it is."""
