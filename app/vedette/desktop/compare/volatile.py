"""What differs between any two events and so says nothing: ids, moments, ports, addresses in memory. Pure."""

import re
from collections.abc import Sequence

from vedette.desktop.widgets.json_values import Step

_KEYS = frozenset((
    "event_id", "timestamp", "start_timestamp", "received", "sent_at", "trace_id", "span_id",
    "parent_span_id",
    "replay_id", "profile_id", "profiler_id", "sample_rand", "pid", "process_id", "ppid", "thread_id",
    "thread.id", "threadid", "native_thread_id", "port", "server_port", "remote_port", "boot_time",
    "app_start_time", "uptime", "free_memory", "usable_memory", "app_memory", "memory_free", "free_storage",
    "external_free_storage", "battery_level", "battery_temperature", "processor_frequency", "current_time",
    "request_id", "x-request-id", "traceparent", "sentry-trace", "baggage", "date", "etag", "x-amzn-trace-id",
    "content-length", "installation_id", "device_app_hash", "session", "sid", "nonce",
))  # fmt: skip
_SHAPES = re.compile(
    r"""
      \b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b   # UUID
    | \b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{16,}\b                   # span ids, hashes
    | \b0x[0-9a-f]{4,}\b                                                      # addresses
    | \b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\ ?(?:Z|[+-]\d\d:?\d\d))?  # moments
    | \b1[4-9]\d{8}(?:\.\d+|\d{3}(?:\d{3})?)?\b                               # seconds, ms, µs since 1970
    | (?P<host>(?:\d{1,3}\.){3}\d{1,3}|\blocalhost|\]|://[\w.-]+):\d{1,5}\b    # ports
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 20_000


def steady(text: str) -> str:
    """Return *text* with a sign for every part that differs from event to event."""
    return _SHAPES.sub(lambda found: f"{found['host'] or ''}¤", text[:_LONGEST])


def is_noise(path: Sequence[Step], first: str | None, second: str | None) -> bool:
    """Return whether a difference at *path* says nothing; None is what one side does not have."""
    if any(str(step).lower() in _KEYS for step in path[-2:]):
        return True
    return first is not None and second is not None and first != second and steady(first) == steady(second)
