"""A superior's own table, filled from facts by a mapping that is made once."""
