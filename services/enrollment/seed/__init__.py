"""The demo programme's part of enrollment: people, associations, carriers, runs, places, attendance.

What is loaded is described by the scenario that comes in as JSON; nothing here is used by the running service.
"""
