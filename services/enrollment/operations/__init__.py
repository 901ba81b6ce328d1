"""Use cases of enrollment: permission, lock, load, decide, store, audit, event. None of them commits."""
