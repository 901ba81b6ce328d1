"""What happens in coursework: each function is one use case inside its caller's transaction."""
