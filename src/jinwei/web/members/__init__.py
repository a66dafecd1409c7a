"""The roster, and the page of one member."""
