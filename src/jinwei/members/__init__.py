"""Members: the roster, and where each was registered when."""
