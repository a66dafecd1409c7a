"""How an installation is set up: settings, addresses, the ways in for a web server."""
