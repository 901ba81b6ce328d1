"""Headers that every answer bears, added where it leaves: pages, errors and files alike, whatever made them."""

from collections.abc import Callable, Iterable
from typing import Any

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'; object-src 'self'"
)
#: By name in small letters, as it is looked for among the headers that are there.
_ALWAYS = {
    "content-security-policy": ("Content-Security-Policy", _POLICY),
    "x-content-type-options": ("X-Content-Type-Options", "nosniff"),
    "referrer-policy": ("Referrer-Policy", "same-origin"),
    "permissions-policy": ("Permissions-Policy", "camera=(self), microphone=(), geolocation=()"),
    "cross-origin-opener-policy": ("Cross-Origin-Opener-Policy", "same-origin"),
    "cache-control": ("Cache-Control", "private, no-cache"),
}
_SECURE = _ALWAYS | {"strict-transport-security": ("Strict-Transport-Security", "max-age=31536000")}
#: What an answer depends on beside its address. Caches that many share keep one of each language in its own address.
_DEPENDS_ON = ("HX-Request", "Cookie", "Accept-Language")
_DEPENDS_ON_PUBLIC = ("Cookie",)


def with_headers(application: Application) -> Application:
    """The WSGI application with the headers that hold for every answer; a view that needs another value sets it."""

    def bearing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        always = _SECURE if environ.get("wsgi.url_scheme") == "https" else _ALWAYS

        def start(status: str, headers: Headers, *error: Any) -> Any:
            return start_response(status, _completed(headers, always), *error)

        return application(environ, start)

    return bearing


def _completed(headers: Headers, always: dict[str, tuple[str, str]]) -> Headers:
    given = {name.lower(): value for name, value in headers}
    added = [header for name, header in always.items() if name not in given]
    depends_on = _DEPENDS_ON_PUBLIC if "public" in given.get("cache-control", "") else _DEPENDS_ON
    if "vary" not in given:
        return [*headers, *added, ("Vary", ", ".join(depends_on))]
    named = [part.strip() for name, value in headers if name.lower() == "vary" for part in value.split(",")]
    known = {part.lower() for part in named}
    vary = ("Vary", ", ".join([*named, *(name for name in depends_on if name.lower() not in known)]))
    return [*(header for header in headers if header[0].lower() != "vary"), *added, vary]
