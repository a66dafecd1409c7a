"""Editions of standards installed in the product."""
