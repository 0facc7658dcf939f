"""The ways digests are written down, one module each: NAME, matches() and parse()."""
