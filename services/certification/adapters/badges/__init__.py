"""Badges: pictures that carry the credential they stand for (Open Badges 3.0, section 5.3)."""
