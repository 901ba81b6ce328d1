"""What everything is measured against: an empty Flask app behind the same server settings."""

from flask import Flask


def create_app() -> Flask:
    """Answers two letters at every address."""
    app = Flask(__name__)

    @app.get("/")
    def answer() -> str:
        return "ok"

    return app
