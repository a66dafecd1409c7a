"""The quick entry of a meeting: six inputs, and what they count for."""
