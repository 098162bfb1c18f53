"""What browsers report by themselves: violated policies become events, everything else is kept and named."""

import hashlib
from dataclasses import replace

import orjson

from vedette.digest.kinds.incoming import Incoming
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Reason
from vedette.processing import pipeline
from vedette.processing.depth import limit_depth
from vedette.processing.security import security_event
from vedette.store.writer.records import DerivedEvent, ItemRecord

_SHOWN = 200  # characters of a report's type and address


def read_security(incoming: Incoming, found: ItemRecord) -> None:
    """Put the event of a policy's violation into *found*. Raises IngestError."""
    payload = incoming.payload
    event = security_event(payload, incoming.arrival.received)
    for name in ("release", "environment"):
        if (value := incoming.text(f"sentry_{name}")) is not None:
            event[name] = value
    _add_agent(event, incoming.arrival.user_agent)
    # The envelope's id is the first item's; the others, and all that come without one, have their own.
    event["event_id"] = (incoming.arrival.event_id if incoming.item.index == 0 else None) or _identity(
        payload, incoming
    )
    made = orjson.dumps(limit_depth(event))
    found.derived.append(
        DerivedEvent(
            pipeline.process_event(
                made, replace(incoming.arrival, event_id=event["event_id"]), incoming.rules
            ),
            made,
        )
    )
    found.event_id = bytes.fromhex(event["event_id"])


def _identity(payload: bytes, incoming: Incoming) -> str:
    """Return an id that is the same whenever the report is read again."""
    salt = incoming.arrival.received.to_bytes(8, "big") + incoming.item.index.to_bytes(4, "big")
    return hashlib.blake2b(payload, digest_size=16, salt=salt).hexdigest()


def _add_agent(event: JsonObject, agent: str | None) -> None:
    headers = event.get("request", {}).get("headers")
    if agent and headers is not None and all(name != "User-Agent" for name, _ in headers):
        headers.append(["User-Agent", agent])


def keep_report(incoming: Incoming, found: ItemRecord) -> None:
    """Say in *found* what kind of report it is and of which page; its bytes are kept."""
    found.reason = Reason.STORED_RAW
    try:
        report = orjson.loads(incoming.payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON: {error.msg}", offset=error.pos) from error
    if not isinstance(report, dict):
        raise IngestError(Reason.BAD_REPORT, "invalid browser report: not an object")
    kind, url = report.get("type"), report.get("url")
    named = kind[:_SHOWN] if isinstance(kind, str) else "browser"
    where = f" of {url[:_SHOWN]}" if isinstance(url, str) and url else ""
    found.detail = f"a {named} report{where}"
