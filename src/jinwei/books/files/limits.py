"""How much of a file is read, and what reading it may cost."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024

MOST_BYTES: Final = 64 * MEGABYTE
"""Of a file as it is uploaded."""
MOST_BYTES_OLD: Final = 32 * MEGABYTE
"""Of an .xls workbook, which is read as a whole, not in a stream."""
MOST_BYTES_MARKUP: Final = 32 * MEGABYTE
"""Of a web page or an XML spreadsheet."""
MOST_PASTED: Final = 2_000_000
"""Characters of cells that are pasted."""
MOST_SHEETS: Final = 50
MOST_LINES: Final = 400_000
"""Of all sheets together; of one sheet see :data:`jinwei.books.grid.MOST_ROWS`."""
MOST_MERGES: Final = 50_000
"""Merged ranges of one sheet."""
MOST_KEPT: Final = 512 * MEGABYTE
"""Bytes of all lines together as they come to lie in the folder of the caller."""

MOST_PARTS: Final = 10_000
"""Parts in the archive that an .xlsx is."""
MOST_UNPACKED: Final = 1024 * MEGABYTE
"""Bytes of all those parts together when they are unpacked."""
MOST_RATIO: Final = 200
"""To one: how far a part may be packed. Sheets of spreadsheet programs stay below 60."""
SMALL_PART: Final = 4 * MEGABYTE
"""Up to this size the ratio of a part does not matter."""

MEMORY: Final = 256 * MEGABYTE
"""Memory that the child may write to."""
ADDRESSES: Final = 1024 * MEGABYTE
"""Addresses that the child may use, with the programs and libraries it maps."""
PROCESSOR: Final = 120
"""Seconds of processor time of the child."""
PATIENCE: Final = 240
"""Seconds on the clock until the child is stopped, whatever it does."""
SILENCE: Final = 30
"""Seconds on the clock without a word of the child until it is stopped."""
PULSE: Final = 1.0
"""Seconds between two words about progress."""
