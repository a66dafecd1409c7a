"""Speed, measured with a baseline in the same run."""
