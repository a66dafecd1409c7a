"""Ledgers: what organizations and members did, as the fact views that every figure is read from."""
