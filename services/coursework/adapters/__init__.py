"""The world outside behind small functions: files of strangers, Markdown, PDF."""
