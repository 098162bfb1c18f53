"""The event of a job that failed, as its issue holds it: what an SDK would have sent, and its row.

Made here and not in processing, since only the writer knows when a failure is one too many.
"""

import hashlib
from dataclasses import dataclass

import orjson

from vedette.domain.levels import Level
from vedette.domain.monitors import CheckInStatus, MonitorConfig, occurrence_id
from vedette.domain.processed import Grouping, Heading, ProcessedEvent
from vedette.domain.times import Micros, to_datetime
from vedette.store.writer.records import DerivedEvent
from vedette.store.writer.row_access import Row

SUBTITLE = "Your monitor has reached its failure threshold."
_GROUPING = "monitor:incident"


@dataclass(frozen=True, slots=True)
class Failure:
    """A check-in that failed while an incident is open. ``last_ok`` is the last good one's time."""

    monitor: Row
    config: MonitorConfig
    environment: Row
    check_in: Row
    incident: Row
    at: Micros
    last_ok: Micros | None


def incident_hash(environment: int, check_in: bytes) -> str:
    """Return the grouping hash of the incident that *check_in* begins: each is an issue of its own."""
    return hashlib.md5(_fingerprint(environment, check_in).encode(), usedforsecurity=False).hexdigest()


def _fingerprint(environment: int, check_in: bytes) -> str:
    return f"{_GROUPING}:{environment}:{check_in.hex()}"


def failure_event(failure: Failure, first_check_in: bytes) -> DerivedEvent:
    """Return the event of *failure*, whose incident began with *first_check_in*."""
    monitor, environment, check_in = failure.monitor, failure.environment, failure.check_in
    title = f"Monitor failure: {monitor['name']}"
    reason = _reason(check_in, failure.config)
    last_ok = "never" if failure.last_ok is None else _clock(failure.last_ok)
    tags = (
        ("environment", str(environment["name"])),
        ("level", "error"),
        ("monitor.id", str(monitor["id"])),
        ("monitor.incident", str(failure.incident["id"])),
        ("monitor.slug", str(monitor["slug"])),
    )
    event_id = occurrence_id(check_in["guid"], failure.incident["hash"])
    contexts: dict[str, object] = {
        "monitor": {
            "type": "monitor",
            "id": str(monitor["id"]),
            "name": monitor["name"],
            "slug": monitor["slug"],
            "config": failure.config.to_json(),
            "status": CheckInStatus(check_in["status"]).word,
        }
    }
    if check_in["trace"]:
        contexts["trace"] = {"trace_id": check_in["trace"].hex(), "span_id": check_in["trace"].hex()[:16]}
    evidence = {
        "Failure reason": reason,
        "Environment": environment["name"],
        "Last successful check-in": last_ok,
    }
    payload = {
        "event_id": event_id.hex(),
        "timestamp": failure.at / 1e6,
        "platform": "other",
        "level": Level.ERROR.value,
        "environment": environment["name"],
        "logentry": {"formatted": f"{title}\n{SUBTITLE}"},
        "fingerprint": [_fingerprint(environment["id"], first_check_in)],
        "tags": {name: value for name, value in tags if name.startswith("monitor.")},
        "contexts": contexts,
        "extra": evidence,
    }
    event = ProcessedEvent(
        event_id=event_id,
        kind="cron",
        level=Level.ERROR,
        timestamp=failure.at,
        received=failure.at,
        platform="other",
        heading=Heading(title=title, culprit=str(monitor["slug"]), value=SUBTITLE),
        grouping=Grouping((failure.incident["hash"],), _GROUPING, "fingerprint"),
        environment=environment["name"],
        release=None,
        dist=None,
        transaction=None,
        user=None,
        trace_id=check_in["trace"],
        span_id=None,
        handled=None,
        sdk="",
        tags=tags,
        body="\n".join((title, SUBTITLE, *(f"{name}: {value}" for name, value in evidence.items()))),
        stack="",
        stack_hash=None,
    )
    return DerivedEvent(event, orjson.dumps(payload))


def _reason(check_in: Row, config: MonitorConfig) -> str:
    match CheckInStatus(check_in["status"]):
        case CheckInStatus.MISSED:
            expected = Micros(check_in["expected"] or check_in["added"])
            return f"missed: no check-in came, one was expected at {_clock(expected)}"
        case CheckInStatus.TIMEOUT:
            return f"timeout: still in progress after {config.max_runtime} minutes"
        case _:
            return "error: the job said that it failed"


def _clock(moment: Micros) -> str:
    return to_datetime(moment).strftime("%Y-%m-%d %H:%M UTC")
