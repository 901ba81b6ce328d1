"""What operators see: structured logs with a correlation id, and metrics."""
