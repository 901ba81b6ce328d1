"""What the forms of the pages may hold."""
