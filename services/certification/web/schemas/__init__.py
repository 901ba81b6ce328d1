"""The forms of certification's pages."""
