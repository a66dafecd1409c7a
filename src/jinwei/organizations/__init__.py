"""Organizations: the tree and its history, elected terms, posts."""
