"""JSON doors under /api/enrollment/v1."""
