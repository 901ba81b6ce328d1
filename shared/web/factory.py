"""The factory of a service's Flask app: everything that pages and JSON doors have in common, wired once."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.kernel.permissions import PermissionTable
from shared.observability.correlation import begin_trace, current_trace
from shared.observability.logs import configure_logs
from shared.resources import Resources
from shared.ui import init_ui
from shared.web import health
from shared.web.api import init_api
from shared.web.context import EXTENSION, WebService
from shared.web.errors import init_errors
from shared.web.identity import IdentityKeys, LoadMachine, LoadPerson
from shared.web.language import init_language
from shared.web.navigation import navigation
from shared.web.security import init_security
from shared.web.sentences import Sentences
from shared.web.sessions import CookieSessions, ServiceRequest
from shared.web.signin import init_sign_in, must_renew_identity


class ServiceApp(Flask):
    """Flask without what no service uses: views that are coroutines, and a session for whom has none."""

    request_class = ServiceRequest
    session_interface = CookieSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """All views and hooks are plain functions, so none is asked whether it is."""
        return func


def create_web_app(
    *,
    resources: Resources[Any],
    root: Path,
    blueprints: Sequence[Blueprint],
    api_blueprints: Sequence[Any],
    permissions: PermissionTable,
    sentences: Sentences,
    load_person: LoadPerson,
    load_machine: LoadMachine | None = None,
) -> Flask:
    """One service's app. `root` is its folder."""
    settings = resources.settings
    app = ServiceApp(f"services.{settings.service}", root_path=str(root), template_folder="web/templates")
    app.secret_key = settings.secret_key
    app.url_map.strict_slashes = False
    app.extensions[EXTENSION] = WebService(
        resources=resources,
        permissions=permissions,
        sentences=sentences,
        load_person=load_person,
        identity_keys=IdentityKeys(settings.identity_public_keys),
        load_machine=load_machine,
    )
    configure_logs(service=settings.service.value, process="web", level=settings.log_level)
    _init_correlation(app)
    health.init_metrics(app)
    init_security(app, settings)
    init_sign_in(app)
    init_ui(app)
    init_language(app, translations=str(root / "translations"))
    init_errors(app)
    app.context_processor(lambda: {"navigation": navigation(), "must_renew_identity": must_renew_identity})
    for blueprint in (*blueprints, health.blueprint):
        app.register_blueprint(blueprint)
    init_api(app, settings=settings, blueprints=api_blueprints)
    # One gateway stands in front; it sets these headers itself and lets no client's through.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)  # type: ignore[method-assign]
    return app


def _init_correlation(app: Flask) -> None:
    """A request's correlation id: in its logs, in the events that it causes, and in the answer."""

    @app.before_request
    def begin() -> None:
        begin_trace(method=request.method, endpoint=request.endpoint or "")

    @app.after_request
    def name(response: Response) -> Response:
        response.headers.add("X-Correlation-ID", current_trace().get("correlation_id", ""))
        return response
