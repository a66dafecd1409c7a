"""Jinwei (晋位): standardized building of grassroots organizations, scored from ledgers."""

__version__ = "0.1.0"
