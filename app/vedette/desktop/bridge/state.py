"""What the window knows of its station."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from vedette.domain.json import JsonObject


@dataclass(frozen=True, slots=True)
class Nearby:
    """Another station that announced itself on the network."""

    id: str
    name: str
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StationState:
    """The station at one moment. ``rate`` is events a minute."""

    listening: bool = False
    base_url: str = ""
    addresses: tuple[str, ...] = ()  # host:port
    lan: bool = False
    rate: float = 0.0
    senders: int = 0
    queue: int = 0
    dropped: int = 0
    trouble: str = ""
    nearby: tuple[Nearby, ...] = field(default=())


def read_state(answer: JsonObject, base_url: str) -> StationState:
    """Return the state that `GET /api/0/station/` tells."""
    digest, disk = answer.get("digest") or {}, answer.get("disk") or {}
    trouble = str(digest.get("trouble") or "")
    if disk.get("isFull"):
        trouble = trouble or "The disk is almost full; nothing more is taken."
    return StationState(
        listening=True,
        base_url=base_url,
        addresses=tuple(urlsplit(url).netloc for url in answer.get("urls") or ()),
        lan=bool((answer.get("listening") or {}).get("lan")),
        rate=float(answer.get("rate") or 0.0),
        senders=len(answer.get("senders") or ()),
        queue=int(answer.get("queue") or 0),
        dropped=int(answer.get("refused") or 0),
        trouble=trouble or "; ".join(answer.get("problems") or ()),
        nearby=tuple(
            Nearby(str(s.get("id")), str(s.get("name")), tuple(s.get("urls") or ()))
            for s in answer.get("stations") or ()
        ),
    )
