"""Decisions about coursework: pure functions over plain values."""
