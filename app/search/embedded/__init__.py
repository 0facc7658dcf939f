"""The embedded engine, and the only place that knows tantivy."""
