"""Settings of enrollment: those that all services have, and the key that signs the identity cookie."""
