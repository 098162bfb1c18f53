"""How large things may be. Relay's defaults, widened where one desk has room that a service has not.

Source: getsentry/relay, relay-config and relay-server's size checks.
"""

from dataclasses import dataclass, fields

KIB = 1 << 10
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, counts in pieces. ``body`` is after decompression, ``wire`` before."""

    wire: int = 200 * MIB
    body: int = 200 * MIB
    items: int = 500
    event: int = 16 * MIB  # Relay: 1 MiB
    attachment: int = 200 * MIB
    attachments: int = 30
    client_report: int = 100 * KIB
    check_in: int = 100 * KIB
    session: int = 10 * MIB
    profile: int = 50 * MIB
    log: int = 2 * MIB  # this and the next two: one entry; a container of them is bounded below
    trace_metric: int = 1 * MIB
    span: int = 10 * MIB
    container: int = 12 * MIB
    metric_buckets: int = 1 * MIB
    replay_compressed: int = 10 * MIB
    replay_uncompressed: int = 100 * MIB
    replay_message: int = 15 * MIB
    api_body: int = 256 * KIB
    uploads: int = 1024 * MIB

    @classmethod
    def of(cls, sizes: object) -> "Limits":
        """Return the limits that *sizes* names, a map of the members here; the usual ones for all others."""
        given = sizes if isinstance(sizes, dict) else {}
        known = {field.name for field in fields(cls)}
        return cls(**{name: size for name, size in given.items() if name in known and _is_size(size)})

    def limit_for(self, item_type: str) -> int:
        """Return the most bytes the payload of an *item_type* item may have.

        Types without a limit of their own (unknown ones too) may fill the body. ``log``, ``span``,
        ``trace_metric`` and OTLP's requests are containers, so the container's limit counts for them.
        """
        name = _ITEM_LIMITS.get(item_type)
        return self.body if name is None else int(getattr(self, name))


_ITEM_LIMITS = {
    "event": "event",
    "transaction": "event",
    "security": "event",
    "raw_security": "event",
    "feedback": "event",
    "user_report": "event",
    "user_report_v2": "event",
    "form_data": "event",
    "nel": "event",
    "attachment": "attachment",
    "unreal_report": "attachment",
    "client_report": "client_report",
    "check_in": "check_in",
    "session": "session",
    "sessions": "session",
    "profile": "profile",
    "profile_chunk": "profile",
    "profile_chunk_ui": "profile",
    "log": "container",
    "trace_metric": "container",
    "span": "container",
    "otlp_traces": "container",
    "otlp_logs": "container",
    "otlp_metrics": "container",
    "metric_buckets": "metric_buckets",
    "statsd": "metric_buckets",
    "replay_event": "event",
    "replay_recording": "replay_compressed",
    "replay_video": "replay_message",
}


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def limit_for(item_type: str, limits: Limits = Limits()) -> int:
    """Return the most bytes the payload of an *item_type* item may have under *limits*."""
    return limits.limit_for(item_type)
