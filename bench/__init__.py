"""Benchmarks that print ratios of one run: noise of the machine hits both sides alike. Run `make bench`."""
