"""Finds the platform's built stylesheet, so that the mailbox looks like the rest where it is there."""

from shared.devkit.runner.layout import ROOT, read_json

_MANIFEST = ROOT / "shared" / "ui" / "static" / "dist" / "manifest.json"


def built_stylesheets() -> list[str]:
    """Addresses of the built stylesheet; none before the first build of the assets."""
    built = read_json(_MANIFEST).get("app.css")
    return [f"/static/dist/{built}"] if built else []
