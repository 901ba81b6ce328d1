"""What the forms of coursework hold."""
