"""Numbered migrations of enrollment's database; the newest one's number stands in `.current-head`."""
