"""Pictures of dropout: pure functions from arrays to a `Picture`. Each is imported from its own file."""
