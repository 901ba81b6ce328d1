"""`memo-verify`: checks a credential from a file alone, without settings, database or, if wished, network."""
