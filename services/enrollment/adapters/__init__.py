"""The outside world behind small functions: hashes, tokens, passkeys, pictures, letters."""
