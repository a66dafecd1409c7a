"""Where every subject stands: adoptions, results as rows, and what changed from day to day."""
