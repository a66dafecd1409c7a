"""Opening files of unknown origin: whatever it is, a book comes out, or a sentence that says why.

:func:`open_book` opens a file in a process of its own, with limits of memory and time; the lines
of its sheets come to lie in a folder of the caller. :func:`pasted_book` takes cells that were
copied from a spreadsheet. What a file is, is told by its contents and never by its name.
"""

from .opening import open_book
from .pasting import pasted_book
from .refusals import NotOpened, told

__all__ = ["NotOpened", "open_book", "pasted_book", "told"]
