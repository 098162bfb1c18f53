"""Which spans of a trace bear an attribute: read from the payloads that brought them, in a worker thread."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import orjson

from vedette.desktop.trace.facts import shown
from vedette.desktop.trace.find import Bearers, Matches, find_spans
from vedette.desktop.trace.tree import TraceTree
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.workspace import Workspace
from vedette.processing.span_attributes import read_attributes
from vedette.store.queries.payloads import PayloadGoneError, read_item
from vedette.store.queries.traces import SpanRow

Db = Any  # the store's connection, which the desktop only hands through
_PARTS = ("data", "tags", "measurements")


def find_with_payloads(db: Db, workspace: Workspace, tree: TraceTree, text: str) -> Matches:
    """Return what `find_spans` finds for *text*, attributes looked up in the trace's payloads."""
    return find_spans(tree, text, bearers_in(db, workspace, tree.spans))


def bearers_in(db: Db, workspace: Workspace, spans: Sequence[SpanRow]) -> Bearers:
    """Return what answers for attributes; each payload is read again for each term, and kept by nobody."""
    number_of = {span.span_id.hex(): number for number, span in enumerate(spans)}
    sources = sorted({(span.request, span.item) for span in spans})

    def bearing(name: str, value: str) -> Collection[int]:
        found = set()
        for request, item in sources:
            try:
                read = read_item(db, workspace, request, item)
            except PayloadGoneError:
                continue
            for span_id, attributes in attributes_in(read.payload):
                number = number_of.get(span_id)
                if number is not None and _bears(attributes, name, value):
                    found.add(number)
        return found

    return bearing


def _bears(attributes: Sequence[Mapping[str, JsonValue]], name: str, value: str) -> bool:
    """Return whether one of *attributes* is called *name* and holds *value*, whatever the case; * for any."""
    for part in attributes:
        if name in part and (value in ("", "*") or value in shown(part[name]).lower()):
            return True
    return False


def attributes_in(payload: bytes) -> Iterator[tuple[str, Sequence[Mapping[str, JsonValue]]]]:
    """Yield the id of every span in *payload* (16 hex) with its attributes, tags and measurements."""
    try:
        document = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return
    if not isinstance(document, dict):
        return
    for item in _objects(document.get("items")):
        yield _id_of(item), (read_attributes(item.get("attributes")),)
    contexts = document.get("contexts")
    trace = contexts.get("trace") if isinstance(contexts, dict) else None
    if isinstance(trace, dict):
        root = {**trace, "tags": document.get("tags"), "measurements": document.get("measurements")}
        yield _id_of(trace), _parts(root)
    for span in (document, *_objects(document.get("spans"))):
        if "span_id" in span:
            yield _id_of(span), _parts(span)


def _parts(span: JsonObject) -> list[Mapping[str, JsonValue]]:
    found: list[Mapping[str, JsonValue]] = []
    for name in _PARTS:
        part = span.get(name)
        if isinstance(part, list):  # tags may come as pairs
            part = {str(pair[0]): pair[1] for pair in part if isinstance(pair, list) and len(pair) == 2}
        if isinstance(part, dict):
            found.append(part)
    return found


def _objects(value: JsonValue) -> list[JsonObject]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _id_of(span: Mapping[str, JsonValue]) -> str:
    return str(span.get("span_id") or "").replace("-", "").lower()
