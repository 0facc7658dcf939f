"""The headers of every answer: what a page may load, who may frame it, what it tells other sites."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def content_policy(image_sources: Iterable[str] = ("'self'",)) -> str:
    """The Content-Security-Policy; a page whose reader asked for figures names where images may come from."""
    return "; ".join(f"{name} {value}" for name, value in {**_POLICY, "img-src": " ".join(image_sources)}.items())


def guard(headers: MutableHeaders) -> None:
    """Set the headers that a handler has not set itself."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", content_policy())
