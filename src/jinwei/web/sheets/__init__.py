"""Sheets that leave the house: printed books, the whole as a data set, superiors' templates."""
