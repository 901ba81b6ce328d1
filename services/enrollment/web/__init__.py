"""Pages of enrollment, served at the root of the platform's address."""
