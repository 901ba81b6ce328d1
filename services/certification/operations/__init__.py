"""Use cases of certification: permission, lock, load, decide, store, append the event. None of them commits."""
