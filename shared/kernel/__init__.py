"""Plain Python that every room may use: no third-party package, no input or output."""
