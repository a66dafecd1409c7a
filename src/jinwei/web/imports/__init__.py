"""Spreadsheets in: a file, what it would do, what is wrong at which cell, and the import itself."""
