"""Coming in and going out: sign-in, invitations, resets, the roles of a demo."""
