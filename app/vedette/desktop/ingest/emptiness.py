"""What an empty list of requests says, and the one way on from there. Pure."""

from dataclasses import dataclass
from enum import StrEnum

_PAST = {"stored": "stored", "refused": "refused", "invalid": "invalid", "filtered": "filtered out"}


class Way(StrEnum):
    """Where the button leads."""

    CONNECT = "connect"
    CLEAR = "clear"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Emptiness:
    """A sentence, a second one, an icon, and the button."""

    sentence: str
    more: str
    action: str
    icon: str
    way: Way


def why_empty(*, everything: bool, query: str, tab: str) -> Emptiness:
    """Return why no request is listed: *everything* was asked for, or *query* and *tab* left them all out."""
    if everything:
        return Emptiness(
            "Nothing has knocked yet",
            "Every request to this station is listed here, also those it did not take.",
            "Connect an app",
            "inbox",
            Way.CONNECT,
        )
    if query:
        more = f"Nothing fits “{query}” here."
        return Emptiness("No request matches", more, "Clear the filter", "filter-x", Way.CLEAR)
    sentence = f"Nothing was {_PAST[tab]}" if tab in _PAST else "No requests in this scope"
    return Emptiness(sentence, "", "Show all requests", "circle-check", Way.ALL)
