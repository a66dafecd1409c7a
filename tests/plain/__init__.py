"""A plain reading of the standards language, and generated cases to compare engines with."""
