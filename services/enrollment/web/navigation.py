"""The role-aware navigation of enrollment: what a person may open, in the order in which it is shown."""
