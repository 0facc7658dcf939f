"""Papershelf: import, browse, search and keep digests of research papers."""
