"""Numbered migrations of coursework's database; the newest one's number stands in `.current-head`."""
