"""The world outside the rules, behind small functions: the seal, canonical forms, the printed page, documents."""
