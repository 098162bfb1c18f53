"""A replay's event: whom and what a segment shows, and which errors and traces happened in it.

Normalised like any event, since it has the parts of one. Source: the protocol's replay event. Lists are cut
at Relay's hundred.
"""

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.replays import Client, Person, ReplayEvent
from vedette.domain.times import Micros
from vedette.processing.normalise import settle_event
from vedette.processing.parsing import parse_object
from vedette.processing.shapes import UnfitError
from vedette.processing.spans import span_id_bytes
from vedette.processing.timestamps import read_moment

MOST_LISTED = 100
MOST_TAGS = 50
LONGEST_TEXT = 2_048
_LARGEST_SEGMENT_ID = 1 << 31
_TYPES = ("session", "buffer")


def read_replay_event(payload: bytes, arrival: Arrival) -> ReplayEvent:
    """Return what the ``replay_event`` in *payload* says.

    Raises IngestError: BAD_JSON, BAD_EVENT for a time before 1970, BAD_REPLAY without a replay or segment id.
    """
    event = parse_object(payload, Reason.BAD_REPLAY)
    replay_id = span_id_bytes(event.get("replay_id"), 16) or span_id_bytes(event.get("event_id"), 16)
    replay_id = replay_id or span_id_bytes(arrival.event_id, 16)
    if replay_id is None:
        raise IngestError(Reason.BAD_REPLAY, "invalid replay event: it has no replay_id")
    number = event.get("segment_id")
    if type(number) is not int or not 0 <= number < _LARGEST_SEGMENT_ID:
        raise IngestError(Reason.BAD_REPLAY, "invalid replay event: segment_id must be 0 or more")
    started = _moment(event.get("replay_start_timestamp"))
    lists = {name: event.pop(name, None) for name in ("urls", "segment_names", "error_ids", "trace_ids")}
    kind = event.get("replay_type")
    shift = settle_event(event, arrival)
    return ReplayEvent(
        replay_id=replay_id,
        segment_id=number,
        type=kind if kind in _TYPES else "session",
        started=None if started is None else Micros(max(0, started + shift)),
        at=Micros(round(event["timestamp"] * 1e6)),
        shift=shift,
        urls=_texts(lists["urls"]),
        names=_texts(lists["segment_names"]),
        error_ids=_ids(lists["error_ids"]),
        trace_ids=_ids(lists["trace_ids"]),
        environment=event.get("environment") or None,
        release=event.get("release") or None,
        dist=event.get("dist") or None,
        person=_person(event.get("user")),
        client=_client(event),
        tags=_tags(event.get("tags")),
    )


def _moment(value: JsonValue) -> Micros | None:
    try:
        return read_moment(value)
    except UnfitError:
        return None


def _texts(value: JsonValue) -> tuple[str, ...]:
    if type(value) is not list:
        return ()
    return tuple(text for text in map(_text, value[:MOST_LISTED]) if text)


def _ids(value: JsonValue) -> tuple[bytes, ...]:
    if type(value) is not list:
        return ()
    found = (span_id_bytes(entry, 16) for entry in value[:MOST_LISTED])
    return tuple(dict.fromkeys(entry for entry in found if entry is not None))


def _person(user: JsonValue) -> Person:
    if type(user) is not dict:
        return Person()
    return Person(
        user.get("sentry_user") or None,
        _text(user.get("id")),
        _text(user.get("username")) or _text(user.get("name")),
        _text(user.get("email")),
        _text(user.get("ip_address")),
    )


def _client(event: JsonObject) -> Client:
    contexts = event["contexts"]
    device = contexts.get("device") or {}
    sdk = event.get("sdk")
    return Client(
        platform=event["platform"],
        sdk=_named(sdk),
        os=_named(contexts.get("os") or contexts.get("client_os")),
        browser=_named(contexts.get("browser")),
        device=(
            _text(device.get("name")),
            _text(device.get("brand")),
            _text(device.get("model")),
            _text(device.get("family")),
        ),
    )


def _named(value: JsonValue) -> tuple[str, str]:
    if type(value) is not dict:
        return "", ""
    return _text(value.get("name")), _text(value.get("version"))


def _tags(value: JsonValue) -> tuple[tuple[str, str], ...]:
    pairs = value if type(value) is list else []
    return tuple((str(pair[0]), str(pair[1])) for pair in pairs[:MOST_TAGS] if pair and pair[1] is not None)


def _text(value: JsonValue) -> str:
    return value[:LONGEST_TEXT].encode("utf-8", "replace").decode() if type(value) is str else ""
