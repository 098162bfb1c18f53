"""What was wrong with an event, kept where a person can find it: ``errors`` and ``_meta``.

A broken value is replaced, never silently: the list ``errors`` names it, the tree ``_meta`` holds it at its
place. Source of both shapes: the protocol's event payload, measured with the published normaliser.
"""

from typing import Final

import orjson

from vedette.domain.json import JsonObject, JsonValue

Path = tuple[str | int, ...]

# Broken values larger than this are named but not repeated: they are in the raw payload anyway.
LARGEST_KEPT = 500


class _Absent:
    """Marks "no original value"; None is a value."""


ABSENT: Final = _Absent()

# `errors` are listed in the order of the protocol's fields, whichever order the checks run in.
_ORDER = {
    name: place
    for place, name in enumerate(
        [
            "event_id",
            "level",
            "version",
            "type",
            "fingerprint",
            "culprit",
            "transaction",
            "transaction_info",
            "time_spent",
            "logentry",
            "logger",
            "modules",
            "platform",
            "timestamp",
            "start_timestamp",
            "received",
            "server_name",
            "release",
            "dist",
            "environment",
            "site",
            "user",
            "request",
            "contexts",
            "breadcrumbs",
            "exception",
            "stacktrace",
            "template",
            "threads",
            "tags",
            "extra",
            "debug_meta",
            "sdk",
            "errors",
            "checksum",
            "csp",
            "spans",
            "measurements",
        ]
    )
}


class Faults:
    """Collects the faults of one event; ``record`` writes them into it once all checks have run."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: list[tuple[Path, JsonObject]] = []

    def invalid(
        self,
        path: Path,
        value: JsonValue = ABSENT,
        reason: str | None = None,
        *,
        kind: str = "invalid_data",
    ) -> None:
        """Note that what stood at *path* was *value* and could not stay, for *reason*."""
        fault: JsonObject = {"type": kind, "name": ".".join(map(str, path))}
        if value is not ABSENT and value is not None and _is_small(value):
            fault["value"] = value
        if reason:
            fault["reason"] = reason
        self._found.append((path, fault))

    def note(self, path: Path, kind: str, **data: JsonValue) -> None:
        """Note something that was corrected at *path*, with its particulars."""
        self._found.append((path, {"type": kind, "name": ".".join(map(str, path)), **data}))

    def record(self, event: JsonObject) -> None:
        """Write ``errors`` and ``_meta`` of everything noted into *event*. Sent ones stay."""
        sent = event.pop("errors", None)
        errors = [entry for entry in sent if type(entry) is dict] if type(sent) is list else []
        if type(event.get("_meta")) is not dict:
            event.pop("_meta", None)
        if self._found:
            self._found.sort(key=lambda found: _ORDER.get(str(found[0][0]), len(_ORDER)))
            errors += [fault for _, fault in self._found]
            meta = event.setdefault("_meta", {})
            for path, fault in self._found:
                _remark(meta, path, fault)
        if errors:
            event["errors"] = errors


def _remark(meta: JsonObject, path: Path, fault: JsonObject) -> None:
    for step in map(str, path):
        inner = meta.get(step)
        if type(inner) is not dict:
            inner = meta[step] = {}
        meta = inner
    remarks = meta.get("")
    if type(remarks) is not dict:
        remarks = meta[""] = {}
    data = {key: value for key, value in fault.items() if key not in ("type", "name", "value")}
    listed = remarks.get("err")
    if type(listed) is not list:
        listed = remarks["err"] = []
    listed.append([fault["type"], data] if data else fault["type"])
    if "value" in fault:
        remarks["val"] = fault["value"]


def _is_small(value: JsonValue) -> bool:
    if type(value) is str:
        return len(value) <= LARGEST_KEPT
    if type(value) in (dict, list):
        try:
            return len(orjson.dumps(value)) <= LARGEST_KEPT
        except TypeError:  # nested deeper than orjson writes
            return False
    return True
