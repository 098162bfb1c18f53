"""The attributes of what an item brought, by the record that has them: for fields that no row holds.

Bytes in, values out. The same names as in rows and tags where there are any, else those that were sent.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from typing_extensions import override

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.domain.search_members import EventAttributes
from vedette.domain.times import LATEST
from vedette.processing import pipeline
from vedette.processing.exceptions import event_exceptions
from vedette.processing.normalise import settle_event
from vedette.processing.parsing import parse_object
from vedette.processing.performance_score import measured_vitals
from vedette.processing.search_members import SearchMembers
from vedette.processing.span_attributes import VITAL_ATTRIBUTES, Attributes, current_names, read_attributes
from vedette.processing.spans import span_id_bytes
from vedette.processing.tags import event_tags

_USER = ("id", "email", "username", "ip_address")
_STACK = ("abs_path", "filename", "function", "module", "package", "lineno")


def event_attributes(payload: bytes, arrival: Arrival) -> dict[bytes | int, Attributes]:
    """Return the tags of the event in *payload* and the members that are searched for, by its id.

    Of exceptions and frames the last one counts, which is where it happened. Raises IngestError.
    """
    event = pipeline.read_event(payload, arrival)
    found = EventAttributes(event_tags(event))
    for name in ("dist", "logger"):
        _put(found, name, event.get(name))
    message = event.get("logentry")
    if isinstance(message, dict):
        _put(found, "message", message.get("formatted") or message.get("message"))
    _put_user(found, event)
    _put_request(found, event)
    exceptions = event_exceptions(event)
    if exceptions:
        last = exceptions[-1]
        _put(found, "error.value", last.get("value"))
        _put(found, "message", last.get("value"))
        _put(found, "error.mechanism", (last.get("mechanism") or {}).get("type"))
        frames = (last.get("stacktrace") or {}).get("frames") or [None]
        for name in _STACK:
            _put(found, f"stack.{name}", (frames[-1] or {}).get(name))
    found.members = SearchMembers(event)
    return {bytes.fromhex(event["event_id"]): found}


def _put(found: Attributes, name: str, value: JsonValue) -> None:
    if value is not None and value != "":
        found.setdefault(name, value)


def _put_user(found: Attributes, event: JsonObject) -> None:
    user = event.get("user") or {}
    for name in _USER:
        _put(found, "user.ip" if name == "ip_address" else f"user.{name}", user.get(name))
    geo = user.get("geo")
    if isinstance(geo, dict):
        for name in ("country_code", "region", "city"):
            _put(found, f"geo.{name}", geo.get(name))
    sdk = event.get("sdk") or {}
    for name in ("name", "version"):
        _put(found, f"sdk.{name}", sdk.get(name))


def _put_request(found: Attributes, event: JsonObject) -> None:
    request = event.get("request") or {}
    _put(found, "http.method", request.get("method"))
    _put(found, "http.url", request.get("url"))
    for header in request.get("headers") or ():
        if isinstance(header, list) and len(header) == 2 and str(header[0]).lower() == "referer":
            _put(found, "http.referer", header[1])


class _Spans(Mapping[bytes | int, Attributes]):
    """Spans by id; the attributes of each are made when they are first asked for, which few are."""

    def __init__(self, sent: JsonValue, read: Callable[[JsonObject], Attributes]) -> None:
        spans = [span for span in sent if isinstance(span, dict)] if isinstance(sent, list) else []
        self._read = read
        self._sent = {span.get("span_id"): span for span in spans if type(span.get("span_id")) is str}
        self._made: dict[bytes | int, Attributes] = {}

    @override
    def __getitem__(self, record: bytes | int) -> Attributes:
        found = self._made.get(record)
        if found is None:
            span = self._sent.get(record.hex()) if isinstance(record, bytes) else None
            if span is None:
                span = self._settled[record]
            found = self._made[record] = self._read(span)
        return found

    @cached_property
    def _settled(self) -> dict[bytes | int, JsonObject]:
        """Return the spans by id, however that was written: with hyphens or capitals."""
        ids = {span_id_bytes(text): span for text, span in self._sent.items()}
        return {span_id: span for span_id, span in ids.items() if span_id is not None}

    @override
    def __iter__(self) -> Iterator[bytes | int]:
        return iter(self._settled)

    @override
    def __len__(self) -> int:
        return len(self._settled)


class _Transaction(Mapping[bytes | int, Attributes]):
    """A transaction's spans by id, its own among them."""

    def __init__(self, event: JsonObject) -> None:
        self._event = event
        self._spans = _Spans(event.pop("spans", None), _older_attributes)
        self._root: dict[bytes | int, Attributes | None] = {}
        contexts = event.get("contexts")
        trace = contexts.get("trace") if isinstance(contexts, dict) else None
        span_id = span_id_bytes(trace.get("span_id")) if isinstance(trace, dict) else None
        if span_id is not None:
            self._root[span_id] = None

    @override
    def __getitem__(self, record: bytes | int) -> Attributes:
        if record not in self._root:
            return self._spans[record]
        found = self._root[record]
        if found is None:
            found = self._root[record] = _root_attributes(self._event)
        return found

    @override
    def __iter__(self) -> Iterator[bytes | int]:
        yield from self._root
        yield from (span_id for span_id in self._spans if span_id not in self._root)

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)


# What a transaction says of itself does not hang on when it came and from where.
_ANY_TIME = Arrival(received=LATEST)


def _root_attributes(event: JsonObject) -> Attributes:
    event["type"] = "transaction"
    try:
        settle_event(event, _ANY_TIME)
    except IngestError:
        return {}
    data = event["contexts"]["trace"].get("data")
    found = dict(current_names(data)) if isinstance(data, dict) else {}
    found |= dict(event_tags(event))
    measurements = event.get("measurements")
    for name, measured in measurements.items() if isinstance(measurements, dict) else ():
        if isinstance(measured, dict):
            _put(found, f"measurements.{name}", measured.get("value"))
    _put_vitals(found, measurements)
    _put(found, "sentry.replay_id", found.get("replayId"))
    _put_user(found, event)
    _put_request(found, event)
    return found


def transaction_attributes(payload: bytes) -> Mapping[bytes | int, Attributes]:
    """Return the attributes of the transaction in *payload* and its spans, by span id. Raises IngestError."""
    return _Transaction(parse_object(payload, Reason.BAD_TRANSACTION))


def span_attributes(payload: bytes) -> Mapping[bytes | int, Attributes]:
    """Return the attributes of the spans of a container, or of the single older one, by span id.

    Raises IngestError.
    """
    document = parse_object(payload, Reason.BAD_SPAN)
    if "items" in document and "span_id" not in document:
        return spans_of(document["items"])
    return _Spans([document], _older_attributes)


def spans_of(items: JsonValue) -> Mapping[bytes | int, Attributes]:
    """Return the attributes of a container's spans, by span id."""
    return _Spans(items, _streamed_attributes)


def _streamed_attributes(record: JsonObject) -> Attributes:
    found = current_names(read_attributes(record.get("attributes")), is_own=True)
    for vital, name in VITAL_ATTRIBUTES.items():
        if name in found:
            _put(found, f"measurements.{vital.value}", found[name])
    return found


def _put_vitals(found: Attributes, measurements: JsonValue) -> None:
    """Let web vitals have both names, whichever generation of SDKs sent them: searches are written once."""
    for vital, value in measured_vitals(measurements):
        _put(found, f"measurements.{vital.value}", value)
        _put(found, VITAL_ATTRIBUTES[vital], value)


def _older_attributes(span: JsonObject) -> Attributes:
    data, tags = span.get("data"), span.get("tags")
    found = dict(current_names(data)) if isinstance(data, dict) else {}
    for key, value in tags.items() if isinstance(tags, dict) else ():
        found.setdefault(key, value)
    _put(found, "sentry.origin", span.get("origin"))
    _put_vitals(found, span.get("measurements"))
    return found


class _Places(Mapping[bytes | int, Attributes]):
    """A container's records by their place; made when they are asked for, like those of spans."""

    def __init__(self, items: JsonValue) -> None:
        self._items = items if isinstance(items, list) else []
        self._made: dict[int, Attributes] = {}

    @override
    def __getitem__(self, record: bytes | int) -> Attributes:
        if not isinstance(record, int) or not 0 <= record < len(self._items):
            raise KeyError(record)
        found = self._made.get(record)
        if found is None:
            item = self._items[record]
            if not isinstance(item, dict):
                raise KeyError(record)
            found = self._made[record] = _streamed_attributes(item)
        return found

    @override
    def __iter__(self) -> Iterator[bytes | int]:
        return (n for n, item in enumerate(self._items) if isinstance(item, dict))

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)


def container_attributes(payload: bytes) -> Mapping[bytes | int, Attributes]:
    """Return the attributes of a container's records by their place: logs and metrics. Raises IngestError."""
    return entries_of(parse_object(payload, Reason.BAD_JSON).get("items"))


def entries_of(items: JsonValue) -> Mapping[bytes | int, Attributes]:
    """Return the attributes of a container's entries by their place."""
    return _Places(items)
