"""What an SDK's ``fingerprint`` says: group as usual, by these texts instead, or by both together."""

import re
from collections.abc import Callable

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping.component import build
from vedette.processing.grouping.fields import frames_of, object_of, text_of, values_of
from vedette.processing.grouping.functions import trim
from vedette.processing.grouping.stacktraces import Variants

CUSTOM = "custom-fingerprint"

_VARIABLE = re.compile(r"\{\{\s*(\S+?)\s*\}\}")
_LONGEST_VARIABLE = 256


def entries_of(event: JsonObject) -> list[str]:
    """Return the entries of the fingerprint that are texts; none means ``{{ default }}``."""
    fingerprint = event.get("fingerprint")
    if not isinstance(fingerprint, list):
        return []
    return [entry for entry in fingerprint if isinstance(entry, str)]


def with_fingerprint(event: JsonObject, variants: Variants) -> Variants:
    """Return *variants* as the fingerprint of *event* leaves them."""
    entries = entries_of(event)
    names = [_variable(entry) for entry in entries]
    if not entries or names == ["default"]:
        return variants
    texts = [
        entry if name is None else _value(name, entry, event)
        for name, entry in zip(names, entries, strict=True)
    ]
    if "default" not in names:
        off = {
            name: each.off("the fingerprint decides") if each.contributes else each
            for name, each in variants.items()
        }
        return {**off, CUSTOM: build(CUSTOM, texts)}
    mixed = {}
    for name, computed in variants.items():
        values = [
            computed if is_for == "default" else text for is_for, text in zip(names, texts, strict=True)
        ]
        mixed[name] = (
            build(name, values, "together with the fingerprint") if computed.contributes else computed
        )
    return mixed


def _variable(entry: str) -> str | None:
    """Return NAME of an entry ``{{ NAME }}``."""
    match = _VARIABLE.fullmatch(entry) if len(entry) <= _LONGEST_VARIABLE else None
    return match[1] if match else None


def _value(name: str, entry: str, event: JsonObject) -> str:
    if name.startswith("tags."):
        tag = name.removeprefix("tags.")
        return _tag(event.get("tags"), tag) or f"<no-value-for-tag-{tag}>"
    read = _VARIABLES.get(name)
    return entry if read is None else read(event)


def _tag(tags: JsonValue, key: str) -> str | None:
    if isinstance(tags, dict):
        return text_of(tags.get(key))
    pairs = tags if isinstance(tags, list) else []
    return next((text_of(pair[1]) for pair in pairs if _is_pair(pair) and pair[0] == key), None)


def _is_pair(pair: JsonValue) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == 2


def _last_exception(event: JsonObject) -> JsonObject:
    exceptions = values_of(event.get("exception"))
    return exceptions[-1] if exceptions else {}


def _newest_frame(event: JsonObject) -> JsonObject:
    frames = frames_of(_last_exception(event).get("stacktrace")) or frames_of(event.get("stacktrace"))
    if not frames:
        threads = values_of(event.get("threads"))
        frames = frames_of(threads[0].get("stacktrace")) if len(threads) == 1 else []
    in_app = [frame for frame in frames if frame.get("in_app") is True]
    return (in_app or frames or [{}])[-1]


def _message(event: JsonObject) -> str:
    entry = object_of(event.get("logentry"))
    texts = (entry.get("formatted"), entry.get("message"), _last_exception(event).get("value"))
    return next(filter(None, map(text_of, texts)), "<no-message>")


def _of_event(key: str) -> Callable[[JsonObject], str]:
    return lambda event: text_of(event.get(key)) or f"<no-{key}>"


def _of_exception(key: str) -> Callable[[JsonObject], str]:
    return lambda event: text_of(_last_exception(event).get(key)) or f"<no-{key}>"


def _of_frame(missing: str, *keys: str) -> Callable[[JsonObject], str]:
    def read(event: JsonObject) -> str:
        frame = _newest_frame(event)
        return next((text for key in keys if (text := text_of(frame.get(key)))), f"<no-{missing}>")

    return read


def _function(event: JsonObject) -> str:
    frame = _newest_frame(event)
    name = text_of(frame.get("function"))
    if name is None:
        return "<no-function>"
    platform = text_of(frame.get("platform")) or text_of(event.get("platform"))
    return name if text_of(frame.get("raw_function")) else trim(name, platform)


def _package(event: JsonObject) -> str:
    package = text_of(_newest_frame(event).get("package"))
    return re.split(r"[/\\]", package)[-1] if package else "<no-package>"


_VARIABLES: dict[str, Callable[[JsonObject], str]] = {
    "transaction": _of_event("transaction"),
    "level": _of_event("level"),
    "logger": _of_event("logger"),
    "message": _message,
    "type": _of_exception("type"),
    "error.type": _of_exception("type"),
    "value": _of_exception("value"),
    "error.value": _of_exception("value"),
    "function": _function,
    "stack.function": _function,
    "path": _of_frame("abs-path", "abs_path", "filename"),
    "stack.abs_path": _of_frame("abs-path", "abs_path", "filename"),
    "stack.filename": _of_frame("filename", "filename", "abs_path"),
    "module": _of_frame("module", "module"),
    "stack.module": _of_frame("module", "module"),
    "package": _package,
    "stack.package": _package,
}
