"""The standards library: editions to read, to compare, to install and to adopt."""
