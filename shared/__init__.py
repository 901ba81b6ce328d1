"""What all three services use. It knows no service."""
