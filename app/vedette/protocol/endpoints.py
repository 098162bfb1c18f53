"""Which endpoint a path leads to. Path in, value out: no request, no answer.

Source: getsentry/relay, the routes of relay-server; getsentry/spotlight for ``/stream``; the OTLP
specification for ``/v1/…``. ``/t`` is ours: a tunnel whose path no blocker has a word for.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Endpoint(StrEnum):
    """What a path takes. The spelling is the one in a spool entry's meta."""

    ENVELOPE = "envelope"
    STORE = "store"
    STREAM = "stream"  # Spotlight's, and tunnels
    SECURITY = "security"
    NEL = "nel"
    MINIDUMP = "minidump"
    ATTACHMENTS = "attachments"
    UNREAL = "unreal"
    PLAYSTATION = "playstation"
    CRON = "cron"
    FEEDBACK = "feedback"
    OTLP_TRACES = "otlp_traces"
    OTLP_LOGS = "otlp_logs"
    OTLP_METRICS = "otlp_metrics"
    VERCEL = "vercel"
    UPLOAD = "upload"
    HEALTH = "health"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Door:
    """An endpoint with what its path names: project, public key, monitor, event, upload (None: not named).

    ``event_id`` is as it stands in the path.
    """

    endpoint: Endpoint
    project: str | None = None
    key: str | None = None
    slug: str | None = None
    event_id: str | None = None
    upload: str | None = None


_SLASHES = re.compile(r"/{2,}")
_PROJECT_PATH = re.compile(r"/api/(?P<project>[^/]+)/(?P<rest>.+)")
_TUNNEL = re.compile(r"/t/(?P<key>[^/]+)")
_FEEDBACK = re.compile(r"/api/0/projects/[^/]+/(?P<project>[^/]+)/user-feedback")
_FIXED = {
    "/health": Endpoint.HEALTH,
    "/api/relay/healthcheck/live": Endpoint.HEALTH,
    "/api/relay/healthcheck/ready": Endpoint.HEALTH,
    "/api/0/relays/live": Endpoint.HEALTH,
    # Spotlight's path, and the usual one of a browser SDK's `tunnel`: the envelope's DSN says where to.
    "/stream": Endpoint.STREAM,
    "/tunnel": Endpoint.STREAM,
    "/t": Endpoint.STREAM,
    "/api/store": Endpoint.STORE,
    "/api/embed/error-page": Endpoint.FEEDBACK,
    "/v1/traces": Endpoint.OTLP_TRACES,
    "/v1/logs": Endpoint.OTLP_LOGS,
    "/v1/metrics": Endpoint.OTLP_METRICS,
}
_OF_PROJECT = {
    "envelope": Endpoint.ENVELOPE,
    "store": Endpoint.STORE,
    "security": Endpoint.SECURITY,
    "csp-report": Endpoint.SECURITY,
    "nel": Endpoint.NEL,
    "minidump": Endpoint.MINIDUMP,
    "playstation": Endpoint.PLAYSTATION,
    "integration/otlp/v1/traces": Endpoint.OTLP_TRACES,
    "integration/otlp/v1/logs": Endpoint.OTLP_LOGS,
    "integration/otlp/v1/metrics": Endpoint.OTLP_METRICS,
    "upload": Endpoint.UPLOAD,
    "integration/vercel/logs": Endpoint.VERCEL,
}
_OF_PROJECT_NAMING = (
    (re.compile(r"events/(?P<event_id>[^/]+)/attachments"), Endpoint.ATTACHMENTS),
    (re.compile(r"upload/(?P<upload>[^/]+)"), Endpoint.UPLOAD),
    (re.compile(r"unreal/(?P<key>[^/]+)"), Endpoint.UNREAL),
    (re.compile(r"cron/(?P<slug>[^/]+)(?:/(?P<key>[^/]+))?"), Endpoint.CRON),
)


@lru_cache(maxsize=512)
def find_door(path: str) -> Door:
    """Return the door *path* leads to; repeated and final slashes mean nothing.

    *path* is unquoted and without its query.
    """
    clean = _SLASHES.sub("/", path).rstrip("/")
    if (fixed := _FIXED.get(clean)) is not None:
        return Door(fixed)
    if (match := _TUNNEL.fullmatch(clean)) is not None:
        return Door(Endpoint.STREAM, key=match["key"])
    if (match := _FEEDBACK.fullmatch(clean)) is not None:
        return Door(Endpoint.FEEDBACK, match["project"])
    match = _PROJECT_PATH.fullmatch(clean)
    if match is None or match["project"] == "0":
        return Door(Endpoint.NONE)
    project, rest = match["project"], match["rest"]
    if (endpoint := _OF_PROJECT.get(rest)) is not None:
        return Door(endpoint, project)
    for pattern, endpoint in _OF_PROJECT_NAMING:
        if (named := pattern.fullmatch(rest)) is not None:
            return Door(endpoint, project, **named.groupdict())
    return Door(Endpoint.NONE)
