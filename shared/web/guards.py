"""The door of every view: exactly one of `public`, `signed_in` and `requires`; a test finds views without one."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, request
from flask_login import current_user

from shared.kernel.permissions import require_at_the_door
from shared.web.context import current_actor, web_service

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")
View = Callable[Parameters, Answer]

#: The attribute in which a guarded view says what guards it; read by tests/architecture.
GUARD = "__memo_guard__"
#: The attribute of a view that takes writes from pages of other sites.
OPEN_TO_OTHER_SITES = "__memo_open__"


def public(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Anybody may come in."""
    setattr(view, GUARD, "public")
    return view


def from_other_sites(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Pages of other sites may post here too: no cookie counts behind this door, so they gain nothing by it."""
    setattr(view, OPEN_TO_OTHER_SITES, True)
    return view


def signed_in(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Whoever has signed in may come in; machines have not."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Any:
        if current_actor().person_id is None:
            return _ask_to_sign_in()
        return view(*args, **kwargs)

    setattr(guarded, GUARD, "signed_in")
    return guarded


def requires(
    permission: StrEnum,
) -> Callable[[Callable[Parameters, Answer]], Callable[Parameters, Answer]]:
    """Whoever could hold the permission on some row may come in; the operation checks it on the row itself."""

    def guard(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
        @wraps(view)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Any:
            if not current_user.is_authenticated:
                return _ask_to_sign_in()
            require_at_the_door(web_service().permissions, current_actor(), permission)
            return view(*args, **kwargs)

        setattr(guarded, GUARD, permission.value)
        return guarded

    return guard


def is_api_request() -> bool:
    """Whether a program is asking, which gets problem+json, not a page."""
    return request.path.startswith("/api/")


def _ask_to_sign_in() -> Any:
    """What Flask-Login answers to somebody who has not signed in; it hangs itself on the app."""
    return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
