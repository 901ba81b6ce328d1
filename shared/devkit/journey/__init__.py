"""The main job of the platform, from sign-up to the revoked certificate, step by step in a real browser.

`make demo` prints the steps; tests/journeys runs the same ones. A step finds its way by what a page is made of (forms,
field names, addresses), not by its sentences, so that it works in every language.
"""
