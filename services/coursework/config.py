"""Settings of coursework: those that all services have, no more."""

from collections.abc import Mapping

from shared.config import Settings, SettingsSchema, load_settings
from shared.contracts.services import Service


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings from an environment. Raises shared.config.SettingsError."""
    return Settings(service=Service.COURSEWORK, **load_settings(SettingsSchema(), environment))
