"""Which door a path leads to. Path in, value out: no request, no answer.

Source: getsentry/relay, the routes of relay-server; getsentry/spotlight for ``/stream``.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Endpoint(StrEnum):
    """What a path takes. The spelling is the one in a spool entry's meta."""

    ENVELOPE = "envelope"
    STORE = "store"
    STREAM = "stream"  # Spotlight's
    HEALTH = "health"
    LATER = "later"  # known to SDKs, not taken yet
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Door:
    """An endpoint, and the project its path names (None if it names none). ``name`` is for a sentence."""

    endpoint: Endpoint
    project: str | None = None
    name: str = ""


_SLASHES = re.compile(r"/{2,}")
_PROJECT_PATH = re.compile(r"/api/(?P<project>[^/]+)/(?P<rest>.+)")
_LATER = re.compile(
    r"(?P<name>security|csp-report|nel|minidump|playstation|upload)"
    r"|events/[^/]+/(?P<attachments>attachments)"
    r"|(?P<unreal>unreal)/[^/]+"
    r"|(?P<cron>cron)/[^/]+(?:/[^/]+)?"
    r"|integration/(?P<integration>otlp/v1/(?:traces|logs)|vercel/logs)"
)
_HEALTH = frozenset(
    {
        "/health",
        "/api/relay/healthcheck/live",
        "/api/relay/healthcheck/ready",
        "/api/0/relays/live",
    }
)
# Spotlight's path, and the usual one of a browser SDK's `tunnel`: the envelope's DSN says where it belongs.
_WITHOUT_PROJECT = frozenset({"/stream", "/tunnel"})
_OTLP = frozenset({"/v1/traces", "/v1/logs", "/v1/metrics"})


@lru_cache(maxsize=512)
def find_door(path: str) -> Door:
    """Return the door *path* (without its query) leads to; repeated and final slashes mean nothing."""
    clean = _SLASHES.sub("/", path).rstrip("/")
    if clean in _HEALTH:
        return Door(Endpoint.HEALTH)
    if clean in _WITHOUT_PROJECT:
        return Door(Endpoint.STREAM)
    if clean == "/api/store":
        return Door(Endpoint.STORE)
    if clean in _OTLP:
        return Door(Endpoint.LATER, None, "otlp" + clean)
    match = _PROJECT_PATH.fullmatch(clean)
    if match is None or match["project"] == "0":
        return Door(Endpoint.NONE)
    project, rest = match["project"], match["rest"]
    if rest in ("envelope", "store"):
        return Door(Endpoint(rest), project)
    if later := _LATER.fullmatch(rest):
        return Door(Endpoint.LATER, project, next(name for name in later.groups() if name))
    return Door(Endpoint.NONE)
