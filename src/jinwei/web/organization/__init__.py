"""One organization: where it stands and why, who leads it, what it was, what is below it."""
