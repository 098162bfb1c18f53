"""Spotlight's ``GET /stream``: envelopes as they are spooled, for its overlay and tools.

Off unless a setting switches it on, and then for this machine and its pages only, since no token guards it.
What leaves by it is scrubbed by its project's rules for exports.
Source: getsentry/spotlight, packages/spotlight/src/server (event format, ids, ``base64``).
"""

import asyncio
import base64
import logging
import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

import orjson
from aiohttp import web

from vedette.api.outgoing import export_body
from vedette.domain.json import JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.tasks import spawn
from vedette.processing.rules import ProjectRules
from vedette.protocol.encodings import decode, normalise_encoding
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.protocol.legacy import ENVELOPE_TYPE
from vedette.station import answers
from vedette.station.access import check_host, check_origin, is_loopback
from vedette.station.feed import HEARTBEAT, Follower
from vedette.store.spool import SpoolEntry

log = logging.getLogger(__name__)

RING = 100  # envelopes kept for those who come later; Spotlight keeps 500
LARGEST = 2 << 20  # decoded bytes of an envelope that is shown


@dataclass(frozen=True, slots=True)
class _Shown:
    id: str
    plain: bytes
    encoded: bytes


class Spotlight:
    """Turns spooled envelopes into server-sent events while somebody may want them."""

    def __init__(self, is_on: Callable[[], bool], own_names: Callable[[], Sequence[str]]) -> None:
        self._is_on = is_on
        self._own_names = own_names
        self._ring: deque[_Shown] = deque(maxlen=RING)
        self._followers: dict[Follower, bool] = {}
        self._rules: Mapping[str, ProjectRules] = {}

    def learn_rules(self, rules: Mapping[str, ProjectRules]) -> None:
        """Scrub by *rules* from now on: those of projects, by id, short code and every public key."""
        self._rules = dict(rules)

    def show(self, entries: Sequence[SpoolEntry]) -> None:
        """Pass on the envelopes among *entries*; costs nothing while it is off."""
        if not self._is_on():
            return
        wanted = [entry for entry in entries if entry.kind == "envelope" and entry.body]
        if wanted:
            spawn("spotlight", self._show(wanted))

    async def _show(self, entries: Sequence[SpoolEntry]) -> None:
        for shown in await asyncio.to_thread(_read_all, entries, self._rules):
            if shown is None:
                continue
            self._ring.append(shown)
            for follower, as_base64 in list(self._followers.items()):
                if not follower.put(shown.encoded if as_base64 else shown.plain):
                    follower.end(b": too slow\n\n")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve the stream. Answers 403 unless it is on and the request is of this machine."""
        if (refusal := self._refusal(request)) is not None:
            return answers.refused(IngestError(Reason.BLOCKED_SENDER, refusal))
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        if (origin := request.headers.get("Origin")) is not None:
            headers["Access-Control-Allow-Origin"] = origin
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        as_base64 = "base64" in parse_qs(request.query_string, keep_blank_values=True)
        follower = Follower()
        for shown in self._missed(request.headers.get("Last-Event-ID")):
            follower.put(shown.encoded if as_base64 else shown.plain)
        self._followers[follower] = as_base64
        try:
            while not follower.is_over:
                await response.write(await follower.take(HEARTBEAT) or b": still here\n\n")
        except ConnectionError:
            pass  # the listener is gone, which is how all of them end
        finally:
            self._followers.pop(follower, None)
        return response

    def _refusal(self, request: web.Request) -> str | None:
        if not self._is_on():
            return "reading /stream is switched off; Vedette's settings can switch it on"
        if not is_loopback(request.remote or ""):
            return "/stream can be read on this machine only"
        names = self._own_names()
        return check_host(request.headers.get("Host"), names) or check_origin(
            request.headers.get("Origin"), names
        )

    def _missed(self, last: str | None) -> list[_Shown]:
        ids = [shown.id for shown in self._ring]
        return list(self._ring)[ids.index(last) + 1 :] if last in ids else list(self._ring)

    def close(self) -> None:
        for follower in self._followers:
            follower.end()


def _read_all(entries: Sequence[SpoolEntry], rules: Mapping[str, ProjectRules]) -> list[_Shown | None]:
    return [_read(entry, rules) for entry in entries]


def _read(entry: SpoolEntry, rules: Mapping[str, ProjectRules]) -> _Shown | None:
    """Return *entry* as events, None for what is no readable envelope: the inspector shows those."""
    meta = orjson.loads(entry.meta)
    if meta["endpoint"] not in ("envelope", "stream"):
        return None
    identity = _uuid7(entry.received // 1000)
    own = rules.get(str(meta.get("project"))) or rules.get(str(meta.get("key"))) or ProjectRules()
    try:
        body = export_body(decode(entry.body or b"", normalise_encoding(meta["encoding"]), LARGEST), own)
        envelope = read_envelope_header(body)
        items = [
            [item.header, _payload(body[item.start : item.end])]
            for item in iter_items(body, envelope.header_size)
        ]
    except IngestError:
        return None
    header = {
        **envelope.header,
        "__spotlight_envelope_id": identity,
        "__spotlight_sender_user_agent": meta["user_agent"],
    }
    data = orjson.dumps([header, items])
    return _Shown(
        identity,
        _event(ENVELOPE_TYPE, identity, data),
        _event(f"{ENVELOPE_TYPE};base64", identity, base64.b64encode(body)),
    )


def _payload(payload: bytes) -> JsonValue:
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        return payload.decode(errors="replace")


def _event(kind: str, identity: str, data: bytes) -> bytes:
    return b"event:%b\nid:%b\ndata:%b\n\n" % (kind.encode(), identity.encode(), data)


def _uuid7(milliseconds: int) -> str:
    """Return a UUID of version 7, which sorts by time (RFC 9562)."""
    random = secrets.randbits(74)
    number = milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
