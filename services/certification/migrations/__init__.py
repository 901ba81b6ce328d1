"""Numbered migrations of certification's database; the newest one's number stands in `.current-head`."""
