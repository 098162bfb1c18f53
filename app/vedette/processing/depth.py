"""Guards against JSON nested deeper than can be written again (1024 levels can be read, 254 written)."""

import orjson

from vedette.domain.json import JsonObject, JsonValue

DEEPEST = 200
NOTE = "<nested too deeply>"


def limit_depth(event: JsonObject) -> JsonObject:
    """Return *event*, objects and lists below level 200 replaced by a note in place if it needs it."""
    try:
        orjson.dumps(event)  # costs a tenth of reading it; nearly always enough
    except TypeError:
        level: list[JsonValue] = [event]
        for _ in range(DEEPEST):
            level = [child for parent in level for child in _children(parent)]
        for parent in level:
            _replace_children(parent)
    return event


def _children(parent: JsonValue) -> list[JsonValue]:
    values = parent.values() if type(parent) is dict else parent
    return [value for value in values if type(value) in (dict, list)]


def _replace_children(parent: JsonValue) -> None:
    for key, value in list(parent.items() if type(parent) is dict else enumerate(parent)):
        if type(value) in (dict, list):
            parent[key] = NOTE
