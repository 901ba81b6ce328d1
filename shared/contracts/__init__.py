"""What services say to each other: the only thing they share but the machinery.

An event is a frozen dataclass in its producer's module. It says what happened, in the past tense, with enough facts to
act on without asking back. A change that an older reader cannot take gets a new major version; a field that is only
added gets a default and keeps the version. `subscriptions.py` says who hears what; `samples/` pins the wire format.
"""
