"""Invented data that the demo programme and the tests are made of."""
