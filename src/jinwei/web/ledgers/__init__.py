"""Ledgers: lists of all tables, records with their trail, entry, correction, withdrawal, papers."""
