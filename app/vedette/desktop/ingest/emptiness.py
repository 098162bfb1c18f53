"""What an empty list of requests says, and the one way on from there. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.language import mark, tr

_NONE = {
    "stored": mark("Nothing was stored"),
    "refused": mark("Nothing was refused"),
    "invalid": mark("Nothing was invalid"),
    "filtered": mark("Nothing was filtered out"),
}


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
            tr("Nothing has knocked yet"),
            tr("Every request to this station is listed here, also those it did not take."),
            tr("Connect an app"),
            "inbox",
            Way.CONNECT,
        )
    if query:
        more = tr("Nothing fits “{query}” here.").format(query=query)
        return Emptiness(tr("No request matches"), more, tr("Clear the filter"), "filter-x", Way.CLEAR)
    sentence = tr(_NONE[tab]) if tab in _NONE else tr("No requests in this scope")
    return Emptiness(sentence, "", tr("Show all requests"), "circle-check", Way.ALL)
