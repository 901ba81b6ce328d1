"""What tests share: databases, signed-in clients, checks that every page must pass."""
