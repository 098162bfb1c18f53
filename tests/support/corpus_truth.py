"""A recorded scenario's ground truth compared with what a station made of it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.support.corpus_stored import Entry, Found

_ENTRIES = (
    "events", "transactions", "spans", "attachments", "logs", "metrics", "otlp_spans", "otlp_logs",
    "otlp_metrics", "check_ins", "feedback", "user_reports", "profiles", "profile_chunks", "replay_events",
)  # fmt: skip
_AGGREGATED = ("exited", "errored", "crashed", "abnormal", "unhandled")


def differences(manifest: Mapping[str, Any], found: Found) -> list[str]:
    """Say what of a manifest's ground truth is not in *found*; nothing means all is there."""
    expected = manifest["expected"]
    return [
        *_entries(expected, found),
        *_sent(manifest["on_wire"], found),
        *_items(manifest, found),
        *_encodings(expected, found),
        *_sessions(expected, found),
        *_replays(manifest["on_wire"], found),
        *_issues(expected, found),
        *_form(expected, found),
        *_made(manifest, found),
    ]


def _entries(expected: Entry, found: Found) -> Iterator[str]:
    for kind in _ENTRIES:
        rest = list(found[kind])
        for entry in expected.get(kind) or ():
            match = next((i for i, candidate in enumerate(rest) if matches(entry, candidate)), None)
            if match is None:
                yield f"{kind}: {entry} not among {_short(rest)}"
            elif kind != "spans":
                del rest[match]
        count = (expected.get("counts") or {}).get(kind)
        if count is not None and not matches(count, len(found[kind])):
            yield f"{kind}: {len(found[kind])} instead of {count}"


_SENT = {
    # What normalising changes is left out: host names become tags, addresses of users are filled in.
    "events": (
        "event_id", "platform", "environment", "release", "dist", "logger", "fingerprint", "message",
        "exceptions", "tags", "breadcrumbs", "debug_images",
    ),
    "transactions": ("name", "op", "spans", "span_ops"),
    "spans": ("op",),  # described by what they do, not by the name their SDK gave them
    "logs": ("body", "level"),
    "metrics": ("name", "type", "value", "unit"),
    "otlp_spans": ("name", "events"),
    "otlp_logs": ("body", "severity"),
    "otlp_metrics": ("name",),
    "attachments": ("filename", "bytes"),
    "check_ins": ("monitor_slug", "status"),
    "feedback": ("message", "name", "contact_email"),
    "user_reports": ("name", "email", "comments"),
    "profiles": ("platform", "version"),
    "profile_chunks": ("platform", "version"),
}  # fmt: skip


def _sent(on_wire: Entry, found: Found) -> Iterator[str]:
    """Say what was decoded from the requests when they were recorded, and is not in *found*."""
    for kind, members in _SENT.items():
        rest = list(found[kind])
        sent = on_wire.get(kind) or ()
        for whole in sent:
            entry = {name: whole[name] for name in members if whole.get(name) is not None}
            match = next((i for i, candidate in enumerate(rest) if matches(entry, candidate)), None)
            if match is None:
                yield f"{kind}: {entry} was sent and is not among {_short(rest)}"
            else:
                del rest[match]
        # A metric of OpenTelemetry is several points.
        if kind in on_wire and kind != "otlp_metrics" and rest:
            yield f"{kind}: {len(sent)} were sent, and there are {len(rest)} more"


# ---------------------------------------------------------------- items and requests


def wire_items(manifest: Mapping[str, Any]) -> Counter[str]:
    """Return how many items of each kind the client sent, also where their address says what they are."""
    wire: Counter[str] = Counter()
    for kind, n in manifest["on_wire"].get("items", {}).items():
        wire["event" if kind == "store-event" else kind] += n
    for endpoint, n in manifest["on_wire"]["endpoints"].items():
        method, _, path = endpoint.partition(" ")
        kind = next((kind for place, kind in _BY_ADDRESS.items() if place in path), None)
        if kind is not None and method != "OPTIONS":
            wire[kind] += n
    return wire


_BY_ADDRESS = {
    "/v1/traces": "otlp_traces",
    "/v1/logs": "otlp_logs",
    "/v1/metrics": "otlp_metrics",
    "/security/": "raw_security",
    "/cron/": "check_in",
    "/minidump/": "minidump",
}


def _items(manifest: Mapping[str, Any], found: Found) -> Iterator[str]:
    wire = wire_items(manifest)
    # Forms of crash reporters become envelopes: of the dump, the other files, and the fields.
    is_form = bool(wire.pop("minidump", 0))
    kinds = Counter(item["kind"] for item in found["items"])
    if not is_form and kinds != wire:
        yield f"items: {dict(kinds)} instead of {dict(wire)}"
    for kind, least in (manifest["expected"].get("items") or {}).items():
        if not matches(least, kinds[kind]):
            yield f"items: {kinds[kind]} of {kind} instead of {least}"
    for item in found["items"]:
        if item["outcome"] != "stored" or item["reason"] == "stored_raw":
            yield f"{item['kind']} is {item['outcome']}: {item['reason']}, {item['detail']}"


def _encodings(expected: Entry, found: Found) -> Iterator[str]:
    encodings = Counter(request["encoding"] for request in found["requests"])
    for encoding, n in (expected.get("encodings") or {}).items():
        if encodings[encoding] != n:
            yield f"encodings: {dict(encodings)} without {n} of {encoding}"


# ---------------------------------------------------------------- sessions, replays, reports


def ended_sessions(updates: Sequence[Entry]) -> list[Entry]:
    """Return each session's last state, out of the updates of one client in order."""
    ended: list[Entry] = []
    for update in updates:
        if update.get("init") is False and ended:
            ended[-1] = ended[-1] | update | {"init": True}
        else:
            ended.append(update)
    return ended


def _sessions(expected: Entry, found: Found) -> Iterator[str]:
    rest = list(found["sessions"])
    for session in ended_sessions(expected.get("sessions") or ()):
        match = next((i for i, candidate in enumerate(rest) if matches(session, candidate)), None)
        if match is None:
            yield f"sessions: {session} not among {rest}"
        else:
            del rest[match]


def sessions_begun(on_wire: Mapping[str, Any]) -> int:
    """Return how many sessions began, counted one by one or by the SDK."""
    begun = sum(1 for update in on_wire.get("sessions") or () if update.get("init", True))
    return begun + sum(
        int(group.get(status, 0))
        for counted in on_wire.get("session_aggregates") or ()
        for group in counted["aggregates"]
        for status in _AGGREGATED
    )


def dropped(reports: Sequence[Sequence[Entry]]) -> Counter[tuple[str, str]]:
    """Return how many of each (reason, category) client reports say were dropped."""
    found: Counter[tuple[str, str]] = Counter()
    for entry in (entry for report in reports for entry in report):
        found[entry["reason"], entry["category"]] += entry["quantity"]
    return found


def sum_differences(
    manifest: Mapping[str, Any], grown: Mapping[str, Counter[tuple[str, str]]]
) -> Iterator[str]:
    """Say which sums did not grow by what the client reported."""
    on_wire, expected = manifest["on_wire"], manifest["expected"]
    begun = sessions_begun(on_wire)
    if grown["session_total"]["total", ""] != begun:
        yield f"sessions: {grown['session_total']} counted instead of {begun}"
    said = dropped(on_wire.get("client_reports") or ())
    if grown["client_reports"] != said:
        yield f"client_reports: {dict(grown['client_reports'])} instead of {dict(said)}"
    missing = dropped(expected.get("client_reports") or ()) - grown["client_reports"]
    if missing:
        yield f"client_reports: {dict(missing)} is not counted"


def _replays(on_wire: Mapping[str, Any], found: Found) -> Iterator[str]:
    segments = {(entry["replay_id"], entry["segment_id"]): entry for entry in found["replay_events"]}
    for sent in on_wire.get("replay_events") or ():
        segment = segments.get((sent["replay_id"], sent["segment_id"]))
        if segment is None or not segment["is_read"]:
            yield f"replay_events: {sent} is not there with a recording"
        elif sent.get("replay_type", segment["replay_type"]) != segment["replay_type"]:
            yield f"replay_events: {segment} instead of {sent}"
        elif not set(sent.get("error_ids") or ()) <= segment["error_ids"]:
            yield f"replay_events: {segment} without the errors of {sent}"


# ---------------------------------------------------------------- issues


def _issues(expected: Entry, found: Found) -> Iterator[str]:
    """An event's last exception, else its message, names its issue; of several events the newest one's."""
    issues = {issue["id"]: issue for issue in found["issues"]}
    entries = expected.get("events") or ()
    as_told = [event for event in found["events"] if any(matches(entry, event) for entry in entries)]
    for event in as_told:
        issue = issues[event["issue"]]
        if not any(_is_named(each, issue) for each in as_told):
            yield f"issues: {issue['title']} is named after no event of it"


def _is_named(event: Entry, issue: Entry) -> bool:
    shown = issue["metadata"]
    if event["exceptions"]:
        last = event["exceptions"][-1]
        return bool(last["type"] == shown.get("type")) and _begins(last["value"], shown.get("value"))
    return _begins(event["message"], shown.get("title") or issue["title"])


def _begins(text: str | None, shown: str | None) -> bool:
    """Whether *shown* is *text*, or the beginning of a long one."""
    return not text or (shown is not None and text.startswith(shown.removesuffix("...")) and shown != "")


def _form(expected: Entry, found: Found) -> Iterator[str]:
    """A crash reporter's form: files are attachments, `sentry[…]` says something about the event."""
    events = [*found["events"], *found["derived"]]
    sizes = [row["bytes"] for row in found["attachments"]]
    for form in expected.get("multipart") or ():
        for part in form:
            if "len" in part and part["len"] not in sizes:
                yield f"multipart: {part} is none of the attachments, {sizes}"
            if part["name"] == "sentry[release]" and part["value"] not in [e.get("release") for e in events]:
                yield f"multipart: {part} is in no event"


def _made(manifest: Mapping[str, Any], found: Found) -> Iterator[str]:
    """Issues of what is no error event: reports, dumps, feedback, jobs that failed, exceptions of spans."""
    expected = manifest["expected"]
    issues = {issue["id"]: issue for issue in found["issues"]}
    kinds = Counter(issues[event["issue"]]["issueCategory"] for event in found["derived"])
    reports = len(manifest["on_wire"].get("reports") or ())
    csp = sum(1 for event in found["derived"] if issues[event["issue"]]["type"] == "csp")
    if csp != reports or not matches((expected.get("counts") or {}).get("reports", csp), csp):
        yield f"reports: {csp} events of {reports} reports"
    said = [entry for kind in ("feedback", "user_reports") for entry in expected.get(kind) or ()]
    if kinds["feedback"] < len(said):
        yield f"feedback: {dict(kinds)} of {said}"
    failed = sum(1 for entry in expected.get("check_ins") or () if entry["status"] == "error")
    told = sum(1 for event in found["derived"] if _monitor_status(event) == "error")
    if "check_ins" in expected and told != failed:
        yield f"check_ins: {told} events of {failed} that failed"
    slugs = {entry["monitor_slug"] for entry in expected.get("check_ins") or ()}
    if not slugs <= {monitor["slug"] for monitor in found["monitors"]}:
        yield f"monitors: {slugs} not among {found['monitors']}"
    yield from _seen(expected.get("viewer") or {}, found)


def _monitor_status(event: Entry) -> str | None:
    status: str | None = ((event.get("contexts") or {}).get("monitor") or {}).get("status")
    return status


def _seen(viewer: Entry, found: Found) -> Iterator[str]:
    """What only a viewer can show. Source maps are not applied yet: `source_mapped_crash` is left out."""
    exceptions = [exception for event in found["derived"] for exception in event["exceptions"]]
    if "exception" in viewer and not any(matches(viewer["exception"], each) for each in exceptions):
        yield f"viewer: {viewer['exception']} not among {exceptions}"
    if "minidumps" in viewer:
        dumps = [row for row in found["attachments"] if row["type"] == "event.minidump"]
        events = [*found["events"], *found["derived"]]
        if (len(events), len(dumps)) != (viewer["events"], viewer["minidumps"]):
            yield f"viewer: {len(events)} events of {len(dumps)} minidumps"
        signal, _, program = viewer["crash"].partition(" in ")
        said = " ".join(f"{each['type']} {each['value']}" for e in events for each in e["exceptions"])
        if signal not in said or not any(program in repr(event) for event in events):
            yield f"viewer: {viewer['crash']} is not what {said} says"


def _short(found: list[Entry]) -> list[Entry]:
    keys = ("name", "op", "message", "exceptions", "level", "spans", "tags", "status", "filename")
    return [{key: entry[key] for key in keys if entry.get(key)} for entry in found]


# ---------------------------------------------------------------- matching


def _member_matches(key: str, expected: Any, found: Entry) -> bool:
    if key == "filename" and isinstance(expected, str) and "://" in expected:
        # Normalising leaves the path of a URL in `filename`; the URL stays in `abs_path`.
        return matches(expected, found.get("abs_path"))
    if key == "function" and expected == "?":
        return found.get("function") in (None, "?")  # how SDKs say that they do not know
    if key == "name" and expected == "Pageload":
        # The page's route names a page load, as it names the transaction older SDKs send.
        return found.get("op") == "pageload"
    return matches(expected, found.get(key))


def matches(expected: Any, found: Any) -> bool:
    """Whether *found* has all that *expected* names: `~regex`, `>=n`, subsets of objects, equal values."""
    if isinstance(expected, str) and expected.startswith("~"):
        return found is not None and re.search(expected[1:], str(found)) is not None
    if isinstance(expected, str) and re.fullmatch(r">=\d+", expected):
        return isinstance(found, int | float) and found >= int(expected[2:])
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(_member_matches(k, v, found) for k, v in expected.items())
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(expected) == len(found)
            and all(matches(e, f) for e, f in zip(expected, found, strict=True))
        )
    return bool(expected == found)
