"""Reading: a session in, rows or frozen results out."""
