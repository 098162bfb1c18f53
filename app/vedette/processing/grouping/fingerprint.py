"""What a fingerprint says: group as usual, by these texts instead, or by both together.

It is the SDK's, unless a rule sets another one.
"""

import re
from collections.abc import Callable

from vedette.domain.json import JsonObject
from vedette.processing.grouping.component import build
from vedette.processing.grouping.fields import (
    deciding_frames,
    last_exception,
    object_of,
    tag_pairs,
    text_of,
)
from vedette.processing.grouping.fingerprint_rules import FingerprintRule
from vedette.processing.grouping.functions import trim
from vedette.processing.grouping.stacktraces import Variants

CUSTOM = "custom-fingerprint"
BUILT_IN = "built-in-fingerprint"

_VARIABLE = re.compile(r"\{\{\s*(\S+?)\s*\}\}")
_LONGEST_VARIABLE = 256
_LONGEST_TITLE = 256


def entries_of(event: JsonObject) -> list[str]:
    """Return the entries of the fingerprint that are texts; none means ``{{ default }}``."""
    fingerprint = event.get("fingerprint")
    if not isinstance(fingerprint, list):
        return []
    return [entry for entry in fingerprint if isinstance(entry, str)]


def with_fingerprint(event: JsonObject, variants: Variants, rule: FingerprintRule | None = None) -> Variants:
    """Return *variants* as the fingerprint of *event* leaves them; that of *rule*, if there is one."""
    entries = list(rule.fingerprint) if rule is not None else entries_of(event)
    names = [_variable(entry) for entry in entries]
    if not entries or names == ["default"]:
        return variants
    texts = [
        entry if name is None else _value(name, entry, event)
        for name, entry in zip(names, entries, strict=True)
    ]
    because = "the fingerprint" if rule is None else f"the fingerprint rule {rule.text}"
    if "default" not in names:
        off = {
            name: each.off(f"{because} decides") if each.contributes else each
            for name, each in variants.items()
        }
        name = BUILT_IN if rule is not None and rule.is_built_in else CUSTOM
        return {**off, name: build(name, texts, None if rule is None else f"set by {because}")}
    mixed = {}
    for name, computed in variants.items():
        values = [
            computed if is_for == "default" else text for is_for, text in zip(names, texts, strict=True)
        ]
        mixed[name] = build(name, values, f"together with {because}") if computed.contributes else computed
    return mixed


def rule_title(event: JsonObject, rule: FingerprintRule | None) -> str | None:
    """Return what *rule* calls *event*, variables filled in; None if it says nothing of it."""
    if rule is None or not rule.title:
        return None
    title = _VARIABLE.sub(lambda match: _value(match[1], match[0], event), rule.title)
    return title.strip()[:_LONGEST_TITLE] or None


def _variable(entry: str) -> str | None:
    """Return NAME of an entry ``{{ NAME }}``."""
    match = _VARIABLE.fullmatch(entry) if len(entry) <= _LONGEST_VARIABLE else None
    return match[1] if match else None


def _value(name: str, entry: str, event: JsonObject) -> str:
    if name.startswith("tags."):
        tag = name.removeprefix("tags.")
        found = (value for key, value in tag_pairs(event.get("tags")) if key == tag)
        return next(found, None) or f"<no-value-for-tag-{tag}>"
    read = _VARIABLES.get(name)
    return entry if read is None else read(event)


def _newest_frame(event: JsonObject) -> JsonObject:
    frames = deciding_frames(event)
    in_app = [frame for frame in frames if frame.get("in_app") is True]
    return (in_app or frames or [{}])[-1]


def _message(event: JsonObject) -> str:
    entry = object_of(event.get("logentry"))
    texts = (entry.get("formatted"), entry.get("message"), last_exception(event).get("value"))
    return next(filter(None, map(text_of, texts)), "<no-message>")


def _of_event(key: str) -> Callable[[JsonObject], str]:
    return lambda event: text_of(event.get(key)) or f"<no-{key}>"


def _of_exception(key: str) -> Callable[[JsonObject], str]:
    return lambda event: text_of(last_exception(event).get(key)) or f"<no-{key}>"


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
