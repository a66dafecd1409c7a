"""Installing editions."""

from __future__ import annotations

from jinwei.engine.document import parse_document
from jinwei.engine.standard import read_standard

from .models import Edition


class EditionTaken(Exception):
    """That version is installed with another text; a changed standard needs a new version."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(str(edition))
        self.edition = edition


def install_edition(text: str) -> Edition:
    """The edition with this text, installed now unless it is already.

    Raises :class:`jinwei.engine.faults.StandardRefused` with all faults of the text, and
    :class:`EditionTaken`.
    """
    standard = read_standard(parse_document(text))
    edition, made = Edition.objects.get_or_create(
        standard=standard.id, version=standard.version, defaults={"text": text}
    )
    if not made and edition.text != text:
        raise EditionTaken(edition)
    return edition
