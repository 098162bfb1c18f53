"""Members of events that are indexed beside their tags, so that searching for them needs no payload.

An event carries a term for each of their values, as it does for its tags; its distinct stack carries one
for each value of its frames. What makes an event ready reads them, what searches knows they are there.
"""

from collections.abc import Mapping, Sequence

from vedette.domain.json import JsonValue

MARK = "@"
"""Stands before a member's name in a term's key. No tag can be called so."""

OF_EVENTS = (
    "error.type", "error.mechanism", "user.id", "user.email", "user.username", "user.ip",
    "geo.country_code", "geo.region", "geo.city", "http.method", "http.status_code", "sdk.name",
    "sdk.version",
)  # fmt: skip
OF_FRAMES = ("stack.filename", "stack.function", "stack.module")

LONGEST = 512
"""Characters of a value that are indexed; longer ones are compared by their beginnings."""
MOST_VALUES = 50
"""Values of one member of an event that are indexed: an exception chain may be long."""


class EventAttributes(dict[str, JsonValue]):
    """An event's attributes, one value each, and beside them all values of each member."""

    members: Mapping[str, Sequence[JsonValue]]
