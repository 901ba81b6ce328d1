"""Reading coursework's tables: session in, rows or frozen results out."""
