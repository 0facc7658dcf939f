"""What search finds, whether its counts are right, and what it costs: `python -m bench.search`."""
