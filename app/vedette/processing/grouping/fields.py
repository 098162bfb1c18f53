"""Reading a payload whose shape is the sender's choice: what has another type counts as absent."""

from typing import Any

from vedette.domain.json import JsonObject, JsonValue


def text_of(value: JsonValue) -> str | None:
    """Return *value* if it is a text that is not empty."""
    return value if isinstance(value, str) and value else None


def object_of(value: JsonValue) -> JsonObject:
    """Return *value* if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects_of(value: JsonValue) -> list[JsonObject]:
    """Return the objects of the list *value*, leaving out everything else in it."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def number_of(value: JsonValue) -> int | None:
    """Return *value* if it is an integer. True and False are not."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def scalar_of(value: JsonValue) -> Any:
    """Return *value* if it is a text or an integer, else None."""
    return value if isinstance(value, str) else number_of(value)


def values_of(value: JsonValue) -> list[JsonObject]:
    """Return the objects of an interface ``{"values": […]}``: exceptions, threads."""
    return objects_of(object_of(value).get("values"))


def frames_of(stacktrace: JsonValue) -> list[JsonObject]:
    """Return the frames of a stack trace, oldest call first."""
    return objects_of(object_of(stacktrace).get("frames"))
