"""What an event can be told from others by: matchers as in fingerprint rules, for splitting its issue."""

from collections.abc import Sequence

from vedette.desktop.issue.grouping.drafts import quoted, without_values
from vedette.desktop.issue.stack.outline import exceptions_of
from vedette.domain.json import JsonObject


def conditions_of(event: JsonObject, tags: Sequence[tuple[str, str]]) -> list[str]:
    """Return a matcher for each thing the event could be told from others by."""
    found: list[str] = []
    exceptions = exceptions_of(event)
    if exceptions:
        _, last = exceptions[-1]
        if last.get("type"):
            found.append(f"type:{quoted(str(last['type']))}")
        pattern = without_values(str(last.get("value") or ""))
        if pattern:
            found.append(f"value:{quoted(pattern)}")
        found += _texts(_newest(last), "module", "function")
    found += _texts(event, "release", "level", "logger")
    found += [f"tags.{key}:{quoted(value)}" for key, value in tags if _is_plain(key)]
    return list(dict.fromkeys(found))


def _texts(holder: JsonObject, *names: str) -> list[str]:
    return [
        f"{name}:{quoted(holder[name])}"
        for name in names
        if isinstance(holder.get(name), str) and holder[name]
    ]


def _newest(exception: JsonObject) -> JsonObject:
    trace = exception.get("stacktrace")
    frames = trace.get("frames") if isinstance(trace, dict) else None
    whole = [frame for frame in frames or () if isinstance(frame, dict)]
    own = [frame for frame in whole if frame.get("in_app") is True]
    return (own or whole or [{}])[-1]


def _is_plain(key: str) -> bool:
    return bool(key) and all(character.isalnum() or character in "_.-" for character in key)
