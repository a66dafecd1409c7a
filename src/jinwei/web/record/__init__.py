"""What is held about oneself: seen, taken away, contested."""
