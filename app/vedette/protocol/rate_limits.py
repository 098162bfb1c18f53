"""Rate limits as they travel: ``X-Sentry-Rate-Limits``, ``Retry-After``, and categories. No clock.

Source: getsentry/develop, "Rate limiting"; getsentry/relay, relay-quotas and data_category.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from vedette.domain.times import SECOND, Micros, from_datetime

# What an SDK waits after a 429 that names no time.
DEFAULT_RETRY_AFTER = 60

_LONGEST = 10**9  # seconds; longer is a mistake
_CATEGORIES = {
    "event": "error",
    "transaction": "transaction",
    "session": "session",
    "sessions": "session",
    "attachment": "attachment",
    "profile": "profile",
    "profile_chunk": "profile_chunk",
    "profile_chunk_ui": "profile_chunk_ui",
    "replay_event": "replay",
    "replay_recording": "replay",
    "replay_video": "replay",
    "check_in": "monitor",
    "feedback": "feedback",
    "user_report_v2": "feedback",
    "span": "span",
    "log": "log_item",
    "trace_metric": "trace_metric",
    "statsd": "metric_bucket",
    "metric_buckets": "metric_bucket",
    "raw_security": "security",
    "security": "security",
    "client_report": "internal",  # never limited
}


@dataclass(frozen=True, slots=True)
class RateLimit:
    """For how many seconds which categories are refused. No categories: everything is."""

    retry_after: int
    categories: tuple[str, ...] = ()
    scope: str = "organization"
    reason: str = ""
    namespaces: tuple[str, ...] = ()  # of metric buckets only


def category_of(item_type: str) -> str:
    """Return the data category an *item_type* item counts for, ``default`` when it has none."""
    return _CATEGORIES.get(item_type, "default")


def format_rate_limits(limits: Iterable[RateLimit]) -> str:
    """Return the value of ``X-Sentry-Rate-Limits``."""
    return ", ".join(map(_format, limits))


def parse_rate_limits(text: str) -> list[RateLimit]:
    """Return the limits in an ``X-Sentry-Rate-Limits`` header; parts that are none are left out."""
    return [limit for part in text.split(",") if (limit := _parse(part.strip())) is not None]


def format_retry_after(limits: Iterable[RateLimit]) -> str:
    """Return the value of ``Retry-After``: the longest of *limits*, or the usual minute without any."""
    return str(max((limit.retry_after for limit in limits), default=DEFAULT_RETRY_AFTER))


def parse_retry_after(text: str, now: Micros) -> int:
    """Return the seconds a ``Retry-After`` header (a number or an HTTP date) asks for, never negative.

    Anything else is the usual minute.
    """
    if (seconds := _parse_seconds(text.strip())) is not None:
        return seconds
    try:
        until = from_datetime(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return DEFAULT_RETRY_AFTER
    return max(0, -((now - until) // SECOND))


def _format(limit: RateLimit) -> str:
    fields = [str(limit.retry_after), ";".join(limit.categories), limit.scope]
    if limit.reason or limit.namespaces:
        fields.append(limit.reason)
    if limit.namespaces:
        fields.append(";".join(limit.namespaces))
    return ":".join(fields)


def _parse(part: str) -> RateLimit | None:
    seconds, *rest = (field.strip() for field in part.split(":"))
    retry_after = _parse_seconds(seconds)
    if retry_after is None:
        return None
    categories, scope, reason, namespaces = (*rest, "", "", "", "")[:4]
    return RateLimit(retry_after, _names(categories), scope, reason, _names(namespaces))


def _parse_seconds(text: str) -> int | None:
    """Return whole seconds; a fraction, which some servers send, counts as a whole one."""
    try:
        seconds = float(text)
    except ValueError:
        return None
    return -int(-seconds // 1) if 0 <= seconds <= _LONGEST else None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in (part.strip() for part in text.split(";")) if name)
