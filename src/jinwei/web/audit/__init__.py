"""The record of writes and readings, for auditors."""
