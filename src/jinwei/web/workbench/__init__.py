"""What the secretary of a branch has to do, by when, and what it is worth."""
