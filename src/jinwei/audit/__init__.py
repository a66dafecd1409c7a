"""The record of who wrote what, and who read what is guarded; it only grows."""
