"""The engine for larger houses: a Meilisearch server, and the only place that knows its client."""
