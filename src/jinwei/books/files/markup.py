"""Reading XML of unknown origin in a stream, without document types, entities or depth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NoReturn
from xml.parsers import expat

from .refusals import NotOpened

Attributes = dict[str, str]
Begin = Callable[[Attributes], None]
End = Callable[[], None]

_NO_MEMORY: Final = 1  # the code of expat for it


class Enough(Exception):
    """Raised by a reader that needs no more of a part."""


class Reader:
    """Reads one part: what is done at the beginning and the end of each element, by local name.

    ``begins`` and ``ends`` are looked up under the prefix that the outermost element has, so that
    ``<x:row>`` is ``row`` where the whole part is written so. ``pieces`` gathers characters;
    whoever begins an element with a text clears it.
    """

    def __init__(self) -> None:
        self.begins: dict[str, Begin] = {}
        self.ends: dict[str, End] = {}
        self.pieces: list[str] = []
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._outermost
        parser.CharacterDataHandler = self.pieces.append
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype

    def read(self, chunks: Iterable[bytes | str]) -> None:
        """Go through a part; :class:`NotOpened` where it is no XML."""
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except Enough:
            return
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from error
            raise NotOpened("file-damaged", {"why": str(error)}) from error

    def text(self) -> str:
        """The characters since the last clearing."""
        return "".join(self.pieces)

    def _outermost(self, name: str, attributes: Attributes) -> None:
        prefix = name.rpartition(":")[0]
        self.use(f"{prefix}:" if prefix else "")
        begin = self.begins.get(name)
        if begin is not None:
            begin(attributes)

    def use(self, prefix: str) -> None:
        """From now on call ``begins`` and ``ends``, whose names are written with ``prefix``."""
        self.begins = begins = {prefix + name: begin for name, begin in self.begins.items()}
        self.ends = ends = {prefix + name: end for name, end in self.ends.items()}

        def begun(name: str, attributes: Attributes) -> None:
            begin = begins.get(name)
            if begin is not None:
                begin(attributes)

        def ended(name: str) -> None:
            end = ends.get(name)
            if end is not None:
                end()

        self._parser.StartElementHandler = begun
        self._parser.EndElementHandler = ended


def _refuse_doctype(*_: object) -> NoReturn:
    raise NotOpened("file-unsafe", {"found": "DOCTYPE"})


def local(attributes: Attributes, name: str) -> str | None:
    """An attribute by its local name, whatever prefix it is written with."""
    found = attributes.get(name)
    if found is not None:
        return found
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == name), None)
