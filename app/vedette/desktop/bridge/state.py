"""What the window knows of its station."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from vedette.domain.json import JsonObject
from vedette.domain.times import MINUTE, Micros, from_datetime, now

CONNECTED_FOR = 15 * MINUTE
"""An app that sent something this lately counts as connected."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """Another station that announced itself on the network."""

    id: str
    name: str
    urls: tuple[str, ...] = ()
    projects: int = 0


@dataclass(frozen=True, slots=True)
class StationState:
    """The station at one moment. ``rate`` is requests a minute; ``details`` is all that it said.

    ``attached`` False: the window only reads the workspace, no station is expected.
    """

    attached: bool = False
    listening: bool = False
    base_url: str = ""
    addresses: tuple[str, ...] = ()  # host:port, the loopback one first
    lan: bool = False
    rate: float = 0.0
    senders: int = 0
    queue: int = 0
    dropped: int = 0
    trouble: str = ""
    nearby: tuple[Nearby, ...] = ()
    details: JsonObject = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address others can use if there is one, else the one on this machine."""
        if self.lan and len(self.addresses) > 1:
            return self.addresses[1]
        return self.addresses[0] if self.addresses else urlsplit(self.base_url).netloc


def read_state(answer: JsonObject, base_url: str, at: Micros | None = None) -> StationState:
    """Return the state that ``GET /api/0/station/`` tells."""
    moment = now() if at is None else at
    digest, disk = answer.get("digest") or {}, answer.get("disk") or {}
    return StationState(
        attached=True,
        listening=True,
        base_url=base_url,
        addresses=tuple(urlsplit(url).netloc for url in answer.get("urls") or ()),
        lan=bool((answer.get("listening") or {}).get("lan")),
        rate=60 * float(answer.get("rate") or 0.0),
        senders=_connected(answer.get("senders") or (), moment),
        queue=int(answer.get("queue") or 0),
        dropped=int(answer.get("refused") or 0),
        trouble=_trouble(digest, disk, answer.get("problems") or ()),
        nearby=tuple(
            Nearby(
                str(found.get("id")),
                str(found.get("name")),
                tuple(found.get("urls") or ()),
                int(found.get("projects") or 0),
            )
            for found in answer.get("stations") or ()
        ),
        details=answer,
    )


def _trouble(digest: JsonObject, disk: JsonObject, problems: Sequence[Any]) -> str:
    if disk.get("isFull"):
        return "The disk is almost full; nothing more is taken."
    return str(digest.get("trouble") or "") or "; ".join(map(str, problems))


def _connected(senders: Sequence[JsonObject], moment: Micros) -> int:
    """Return how many of *senders* sent something lately."""
    count = 0
    for sender in senders:
        try:
            last = from_datetime(datetime.fromisoformat(str(sender.get("lastSeen"))))
        except ValueError:
            continue
        count += moment - last <= CONNECTED_FOR
    return count
