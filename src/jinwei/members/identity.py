"""Identity numbers: sealed where they are stored, found again by a digest, shown masked.

The keys stand outside the database (``settings.IDENTITY_KEYS``, the newest first). From each come
three: one that seals numbers, one that seals what was uploaded, and one that makes digests. What
was sealed under an older key can be read and found as long as that key is there;
:func:`jinwei.members.actions.rotate` brings all numbers under the newest.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from stdnum.cn import ric

_SHOWN: Final = 4
_PHONE_SHOWN: Final = (3, 4)


class KeyMissing(Exception):
    """A number was sealed under a key that is no longer there, or is no sealed number at all."""


@dataclass(frozen=True, slots=True)
class _Keys:
    newest: Fernet
    sealing: MultiFernet
    sheets: MultiFernet
    digesting: tuple[bytes, ...]


def seal(number: str) -> bytes:
    """A number as it is stored: nobody reads or changes it without the keys."""
    return _keys().sealing.encrypt(ric.compact(number).encode())


def unseal(sealed: bytes | memoryview) -> str:
    """The number; raises :class:`KeyMissing`."""
    try:
        return _keys().sealing.decrypt(bytes(sealed)).decode()
    except InvalidToken as error:
        raise KeyMissing from error


def sealed_by_newest(sealed: bytes | memoryview) -> bool:
    """Whether the newest key alone reads it."""
    try:
        _keys().newest.decrypt(bytes(sealed))
    except InvalidToken:
        return False
    return True


def digest(number: str) -> str:
    """What a number is found by; without the keys no number can be guessed from it."""
    return digests(number)[0]


def digests(number: str) -> tuple[str, ...]:
    """The digests under every key, the newest first: look for all of them."""
    said = ric.compact(number).encode()
    return tuple(hmac.digest(key, said, "sha256").hex() for key in _keys().digesting)


def seal_bytes(plain: bytes) -> bytes:
    """What somebody uploaded, as it is stored while it waits: nobody reads it without the keys."""
    return _keys().sheets.encrypt(plain)


def unseal_bytes(sealed: bytes | memoryview) -> bytes:
    """What was uploaded; raises :class:`KeyMissing`."""
    try:
        return _keys().sheets.decrypt(bytes(sealed))
    except InvalidToken as error:
        raise KeyMissing from error


def masked(number: str) -> str:
    """What a page shows of an identity number.

    >>> masked("11010519491231002X")
    '1101**********002X'
    """
    return _masked(number, _SHOWN, _SHOWN)


def masked_phone(phone: str) -> str:
    """What a page shows of a telephone number.

    >>> masked_phone("13800001234")
    '138****1234'
    """
    return _masked(phone, *_PHONE_SHOWN)


def _masked(text: str, first: int, last: int) -> str:
    if len(text) <= first + last:
        return "*" * len(text)
    return f"{text[:first]}{'*' * (len(text) - first - last)}{text[-last:]}"


def _keys() -> _Keys:
    return _derived(settings.IDENTITY_KEYS)


@lru_cache(maxsize=4)
def _derived(secrets: str) -> _Keys:
    words = secrets.split()
    if not words:
        raise ImproperlyConfigured("JINWEI_IDENTITY_KEYS holds no key")
    fernets = [_fernet(word, b"seal") for word in words]
    sheets = MultiFernet([_fernet(word, b"sheet") for word in words])
    digesting = tuple(_derive(word, b"digest") for word in words)
    return _Keys(fernets[0], MultiFernet(fernets), sheets, digesting)


def _fernet(secret: str, use: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(secret, use)))


def _derive(secret: str, use: bytes) -> bytes:
    """A key of its own for each use; the secrets may be of any length."""
    info = b"jinwei identity number: " + use
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
