"""People who sign in, what roles they have where, and the one door to every row."""
