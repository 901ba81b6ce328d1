"""Pages of coursework: check the door, parse, one operation, answer."""
