"""JSON doors of coursework, under /api/coursework/v1."""
