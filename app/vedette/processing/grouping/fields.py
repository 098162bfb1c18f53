"""Reading a payload whose shape is the sender's choice: what has another type counts as absent."""

from collections.abc import Iterator
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


def tag_pairs(tags: JsonValue) -> Iterator[tuple[str, str]]:
    """Yield the tags that are texts with a text, however they are written down."""
    if isinstance(tags, dict):
        yield from ((key, value) for key, value in tags.items() if isinstance(value, str) and value)
        return
    for pair in tags if isinstance(tags, list) else ():
        if isinstance(pair, list | tuple) and len(pair) == 2:
            key, value = pair
            if isinstance(key, str) and isinstance(value, str) and value:
                yield key, value


def last_exception(event: JsonObject) -> JsonObject:
    """Return the exception that was raised; an empty one if the event has none."""
    exceptions = values_of(event.get("exception"))
    return exceptions[-1] if exceptions else {}


def deciding_thread(threads: list[JsonObject]) -> JsonObject | None:
    """Return the only thread that crashed, else the only current one, else the only one there is."""
    for mark in ("crashed", "current"):
        marked = [each for each in threads if each.get(mark) is True]
        if len(marked) == 1:
            return marked[0]
    return threads[0] if len(threads) == 1 else None


def deciding_frames(event: JsonObject) -> list[JsonObject]:
    """Return the frames that variables of fingerprints are about.

    Those of the last exception, else of the event itself, else of its only thread.
    """
    frames = frames_of(last_exception(event).get("stacktrace")) or frames_of(event.get("stacktrace"))
    if not frames:
        threads = values_of(event.get("threads"))
        frames = frames_of(threads[0].get("stacktrace")) if len(threads) == 1 else []
    return frames
