"""Small fixed charts as SVG from the server: they print, and need no script."""
