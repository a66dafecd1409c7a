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
TRUSTED_PROXY = env.text("JINWEI_TRUSTED_PROXY", "127.0.0.1")
"""The address of that proxy; only from there is it believed who asks and how."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.whole("JINWEI_SESSION_S", 60 * 60, least=60)
"""Signed out after so long without a request; a session is prolonged once a minute at most."""
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "jinwei.web.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
"""No script and no style but our own files; nothing from another host."""

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["jinwei.accounts.backend.AccountBackend"]
LOGIN_URL = "signin:sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_PASSWORDS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
    {"NAME": f"{_PASSWORDS}.NumericPasswordValidator"},
    {
        "NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "shown_name", "email")},
    },
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
FAILURES_BEFORE_LOCK = 5
LOCK_MINUTES = 15
ATTEMPTS_AN_ADDRESS = 30
"""Wrong passwords from one address within the minutes of a lock, before it is turned away."""

DEMO = env.flag("JINWEI_DEMO", False)
"""Anybody may take a role without a password; serves this machine alone."""

IDENTITY_KEYS = env.kept_secret("JINWEI_IDENTITY_KEYS", HOME / "identity_keys")
"""Keys of sealed identity numbers, the newest first, between white space."""

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("JINWEI_MAIL_HOST", "")
EMAIL_PORT = env.whole("JINWEI_MAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("JINWEI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.secret("JINWEI_MAIL_PASSWORD") or ""
EMAIL_USE_TLS = env.flag("JINWEI_MAIL_TLS", True)
DEFAULT_FROM_EMAIL = env.text("JINWEI_MAIL_FROM", "jinwei@localhost")
"""Without JINWEI_MAIL_HOST no mail is sent and the pages do not offer it."""

# --- parts ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",  # sessions and passwords; its tables of rights stay empty
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "jinwei.audit",
    "jinwei.organizations",
    "jinwei.members",
    "jinwei.accounts",
    "jinwei.ledgers",
    "jinwei.standards",
    "jinwei.standings",
    "jinwei.imports",
    "jinwei.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jinwei.web.middleware.PersonMiddleware",
    "jinwei.web.signin.middleware.PasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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
                "jinwei.web.shell.shell",
            ],
        },
    },
]
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "attachments"
"""What people upload; served only through the access layer."""
ATTACHMENT_BYTES = env.whole("JINWEI_ATTACHMENT_MB", 20, least=1) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- words and days -------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.zone("JINWEI_TIME_ZONE", "Asia/Shanghai")
"""Decides which day it is."""
