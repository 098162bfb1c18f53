"""One request on its way into the spool: what is known of it so far, and the entry that makes."""

from dataclasses import dataclass

import orjson

from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Outcome, Reason
from vedette.domain.times import Micros
from vedette.protocol.endpoints import Endpoint
from vedette.station.bodies import Body
from vedette.store.spool import SpoolEntry

MOST_REFUSED = 1 << 20  # bytes kept of a refused body

_NOT_INGEST = frozenset({Reason.NOT_FOUND, Reason.METHOD_NOT_ALLOWED})


@dataclass(slots=True)
class Arrival:
    """Filled in as the request is read; what is not known yet is None or ""."""

    received: Micros
    method: str
    path: str
    endpoint: Endpoint
    project: str | None
    peer: str
    from_here: bool
    ip: str
    client: str = ""
    user_agent: str = ""
    content_type: str = ""
    encoding: str = ""
    query: str = ""  # as it came, of the endpoints where it carries data
    slug: str | None = None  # of a monitor
    feedback: JsonObject | None = None  # what a form said, once it was read
    key: str | None = None
    event_id: str | None = None
    body: Body | None = None
    partial: bytes | None = None

    def to_entry(self) -> SpoolEntry:
        """Return the entry of an accepted request."""
        body = self.body
        if body is None:
            return SpoolEntry(self.received, "envelope", self._meta(200), b"")
        file = None if body.file is None else body.file.name
        return SpoolEntry(self.received, "envelope", self._meta(200), body.inline, file)

    def to_refusal(self, error: IngestError, *, keep_body: bool = True) -> SpoolEntry:
        """Return the entry that shows the inspector what was refused and why.

        Bodies up to MOST_REFUSED bytes travel along, so that the request can be adopted.
        """
        is_ours = error.reason not in _NOT_INGEST
        meta = self._meta(
            error.status,
            {
                "reason": error.reason.value,
                "detail": error.detail,
                "outcome": (Outcome.REFUSED if is_ours else Outcome.NOT_INGEST).value,
            },
        )
        return SpoolEntry(self.received, "refused", meta, self._kept() if keep_body else None)

    def _kept(self) -> bytes | None:
        if self.partial is not None:
            return self.partial[:MOST_REFUSED]
        if self.body is None or self.body.inline is None or self.body.size > MOST_REFUSED:
            return None
        return self.body.inline

    def _meta(self, status: int, more: dict[str, str] | None = None) -> bytes:
        meta = {
            "method": self.method,
            "path": self.path,
            "project": self.project,
            "key": self.key,
            "client": self.client,
            "ip": self.ip,
            "user_agent": self.user_agent,
            "content_type": self.content_type,
            "encoding": self.encoding,
            "status": status,
            "endpoint": self.endpoint.value,
            "origin": "loopback" if self.from_here else "lan",
            **({"query": self.query} if self.query else {}),
            **({"slug": self.slug} if self.slug else {}),
            "event_id": self.event_id,
        }
        if more:
            meta.update(more)
        return orjson.dumps(meta)
