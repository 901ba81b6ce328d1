"""Decisions of enrollment: plain Python over plain values, without clock, input or output."""
