"""Which services still have to migrate. Asking a database costs a Python start; comparing two small files does not."""

from shared.contracts.services import Service
from shared.devkit.runner.layout import ROOT, Layout, read_json, write_json


def pending_services(layout: Layout) -> list[Service]:
    """The services whose newest migration is not the one that this `var/` was last brought to."""
    applied = read_json(layout.migrated)
    return [service for service in Service if applied.get(service) != _head(service) or not _head(service)]


def remember_migrated(layout: Layout) -> None:
    """Note that every database is at its newest migration."""
    write_json(layout.migrated, {str(service): _head(service) for service in Service})


def _head(service: Service) -> str:
    file = ROOT / "services" / service / "migrations" / ".current-head"
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""
