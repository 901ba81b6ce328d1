"""Owns every process of the platform on one machine: `make run`, and the engines of the tests.

Only the standard library, so that it starts at once, needs 15 MB and never fails because of what it supervises.
"""
