"""Pages of certification."""
