"""The HTTP door: pages for people."""
