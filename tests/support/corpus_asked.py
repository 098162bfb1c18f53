"""What a recorded scenario left, asked for over the API: what is stored can be seen as well."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.support.corpus_stored import Entry, Found
from tests.support.station import StationProcess


def unanswered(station: StationProcess, on_wire: Mapping[str, Any], found: Found) -> Iterator[str]:
    """Say what of *found* the API does not give whole; fails on any answer that is none."""
    for event in [*found["events"], *found["derived"]]:
        yield from _event(station.api(f"projects/desk/{event['path']}/"), event)
    for row in found["attachments"]:
        size = len(_download(station, row))
        if size != row["bytes"]:
            yield f"attachments: {size} bytes came back of {row}"
    for row in found["profiles"]:
        yield from _profile(station.api(f"projects/desk/{row['path']}/"), row)
    for row in found["profile_chunks"]:
        query = f"profiler_id={row['profiler_id']}"
        yield from _profile(station.api(f"organizations/desk/profiling/chunks/?{query}")["chunk"], row)
    for row in found["replay_events"]:
        if not station.api(f"projects/desk/{row['path']}/?download=1"):
            yield f"replay_events: {row} has no recording"
    yield from _traces(station, on_wire)


def _event(shown: Any, event: Entry) -> Iterator[str]:
    entries = {entry["type"]: entry["data"] for entry in shown["entries"]}
    exceptions = [each["type"] for each in (entries.get("exception") or {}).get("values") or ()]
    if exceptions != [each["type"] for each in event["exceptions"]]:
        yield f"events: {exceptions} are shown of {event['exceptions']}"
    crumbs = len((entries.get("breadcrumbs") or {}).get("values") or ())
    if crumbs != event["breadcrumbs"]:
        yield f"events: {crumbs} breadcrumbs are shown of {event['breadcrumbs']}"
    if int(shown["groupID"]) != event["issue"] or not shown["title"]:
        yield f"events: {shown['title']} is shown under {shown['groupID']} and not {event['issue']}"


def _download(station: StationProcess, row: Entry) -> bytes:
    bearer = {"Authorization": f"Bearer {station.token}"}
    path = f"/api/0/projects/desk/{row['path']}/?download=1"
    status, _, body = station.request("GET", path, None, **bearer)
    return body if status == 200 else b""


def _profile(shown: Any, row: Entry) -> Iterator[str]:
    table = shown["profile"]
    if not (table["samples"] and table["frames"] and table["stacks"]):
        yield f"profiles: {row} is shown without samples"
    if shown.get("platform") != row["platform"]:
        yield f"profiles: {row} is shown as one of {shown.get('platform')}"


def _traces(station: StationProcess, on_wire: Mapping[str, Any]) -> Iterator[str]:
    sent: dict[str, int] = {}
    for transaction in on_wire.get("transactions") or ():
        trace = transaction["trace_id"]
        sent[trace] = sent.get(trace, 0) + 1 + transaction["spans"]
    for span in [*(on_wire.get("spans") or ()), *(on_wire.get("otlp_spans") or ())]:
        trace = span["trace_id"]
        sent[trace] = sent.get(trace, 0) + 1
    for trace, spans in sent.items():
        shown = sum(1 for _ in _nodes(station.api(f"organizations/desk/trace/{trace}/")))
        if shown != spans:
            yield f"spans: {shown} are shown of {spans} in trace {trace}"


def _nodes(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        if node.get("event_type") == "span":
            yield node
        yield from _nodes(node.get("children") or ())
