"""Spreadsheets into the product: kept sealed, checked, written in chunks, undone as a whole."""
