"""Every screen of the product: one sub-package a screen, the shell and its components beside."""
