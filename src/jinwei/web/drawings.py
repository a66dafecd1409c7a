"""Line drawings of our own, 24 × 24, and the shapes of states, 16 × 16."""

from __future__ import annotations

from typing import Final

ICONS: Final = {
    "tree": "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
    "down": "M6 9l6 6 6-6",
    "right": "M9 6l6 6-6 6",
    "search": "M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l5 5",
    "import": "M12 16V4M7 9l5-5 5 5M4 20h16",
    "export": "M12 4v12M7 11l5 5 5-5M4 20h16",
    "type": "M3 19L9 5l6 14M5 15h8M16 19l3-7 3 7M17 17h4",
    "bell": "M6 17V11a6 6 0 0112 0v6l2 2H4zM10 21h4",
    "person": "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 21a7.5 7.5 0 0115 0",
    "people": (
        "M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 20a6.5 6.5 0 0113 0"
        "M16 5.5a3.5 3.5 0 010 6.5M18 14.5a6.5 6.5 0 013.5 5.5"
    ),
    "overview": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
    "ledger": "M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3zM5 17a3 3 0 013-3h11M9 8h6",
    "flag": "M6 21V4h11l-2 4 2 4H6",
    "shield": "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
    "paper": "M6 3h9l4 4v14H6zM15 3v4h4M9 12h6M9 16h6",
    "gear": (
        "M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2"
        "M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"
    ),
    "info": "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v6M12 7.5v.3",
    "plus": "M12 5v14M5 12h14",
    "home": "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
    "warning": "M12 3.5l9.5 17h-19zM12 10v5M12 17.8v.2",
    "close": "M6 6l12 12M18 6L6 18",
    "leave": "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
    "yuan": "M12 3a9 9 0 100 18 9 9 0 000-18zM8.5 7.5L12 12l3.5-4.5M8 12.5h8M8 15.5h8M12 12v6",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "clip": "M20 11l-8 8a5 5 0 01-7-7l8-8a3.5 3.5 0 015 5l-8 8a2 2 0 01-3-3l7-7",
    "tick": "M5 12.5l4.5 4.5L19 7",
    "talk": "M4 5h16v11H10l-5 4v-4H4z",
    "bulb": (
        "M9 18h6M10 21h4M12 3a6 6 0 00-3.5 10.9c.8.6 1 1.2 1 2.1h5c0-.9.2-1.5 1-2.1A6 6 0 0012 3z"
    ),
}

_RING: Final = (
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
)

SHAPES: Final = {
    "met": (
        '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
        '<path d="M4.6 8.2l2.4 2.4 4.4-4.8" fill="none" stroke="white" stroke-width="1.8"/>'
    ),
    "on_track": _RING + '<path d="M8 1.8a6.2 6.2 0 010 12.4z" fill="currentColor"/>',
    "pending": _RING,
    "missed": (
        '<path d="M8 .6L15.4 8 8 15.4.6 8z" fill="currentColor"/>'
        '<path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" stroke="white" stroke-width="1.6"/>'
    ),
    "awaiting": (
        '<path d="M3 1.5h10v2L9.5 8l3.5 4.5v2H3v-2L6.5 8 3 3.5z" fill="none" '
        'stroke="currentColor" stroke-width="1.5"/>'
    ),
    "not_applicable": '<path d="M3 8h10" stroke="currentColor" stroke-width="2"/>',
    "exempt": _RING + '<path d="M3.8 12.2l8.4-8.4" stroke="currentColor" stroke-width="1.6"/>',
}

STAR: Final = "M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5L12 17.5l-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9z"
