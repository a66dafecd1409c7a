"""Settings: one's own, and the accounts of those below."""
