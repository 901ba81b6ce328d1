"""Brings a bare machine to where `make run` and `make test` can begin. Runs before anything is installed."""
