"""The door for SDKs: authenticate, read the bounded body, look at its header, spool, answer.

Nothing else happens before the acknowledgement. Framing and payload are digest's to judge; what is wrong
with them is shown in the inspector. Every refusal is recorded too.
"""

import asyncio
import logging
import re
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import ParamSpec, TypeVar
from urllib.parse import parse_qsl, unquote

import orjson
from aiohttp import web

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import now
from vedette.protocol.auth import Auth, auth_from_dsn, client_address, read_auth
from vedette.protocol.crash_forms import FORM_TYPE, form_event_id
from vedette.protocol.dsn import is_project, parse_dsn
from vedette.protocol.encodings import (
    Encoding,
    decode,
    decode_prefix,
    iter_decode,
    needs_measuring,
    normalise_encoding,
)
from vedette.protocol.endpoints import Door, Endpoint, find_door
from vedette.protocol.envelope import MAX_HEADER, normalise_event_id, read_envelope_header
from vedette.protocol.legacy import (
    event_identity,
    is_envelope_type,
    sentry_data_from_query,
    store_body_to_event,
)
from vedette.protocol.limits import Limits
from vedette.station import answers, doors
from vedette.station.access import KeyBook, is_loopback
from vedette.station.arrivals import MOST_REFUSED, Arrival
from vedette.station.bodies import Body, BodyReader, CutShortError, too_large
from vedette.station.processes import Processes
from vedette.station.refusals import Refusals
from vedette.station.report_dialog import report_dialog
from vedette.station.spooling import Spooler
from vedette.station.strays import Strays
from vedette.station.uploads import Uploads
from vedette.store.errors import DiskFullError, StoreError

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_WAITING = 64 << 20
"""Bytes of bodies that wait for the spool's disk; beyond them senders are told to come back."""
_PREFIX = 1024  # decoded bytes looked at first for the envelope header; nearly all fit
_DECODED_HERE = 16 << 10  # bytes of a store body that are decoded on the loop; more go to a worker
_FIRST_PROJECT = "1"
_QUERY_KEPT = 8 << 10  # characters; aiohttp takes no longer request line
# Their bodies are envelopes, or made into one with what the station has read out of them.
_IN_ENVELOPES = frozenset({Endpoint.ENVELOPE, Endpoint.STORE, Endpoint.STREAM, Endpoint.NONE})
_KEYLESS = frozenset(
    {Endpoint.STREAM, Endpoint.OTLP_TRACES, Endpoint.OTLP_LOGS, Endpoint.OTLP_METRICS}
)  # where the path names no project
_DIALOG = Door(Endpoint.FEEDBACK)  # the way of forms, whose script is there too
_PLAIN_ID = re.compile(r"[0-9a-f]{32}")
# Refused before the body was read, and worth reading it: so the request can be understood and adopted.
_SHOWN_WITH_BODY = frozenset(
    {
        Reason.MISSING_AUTH,
        Reason.MULTIPLE_AUTH,
        Reason.BAD_AUTH,
        Reason.BAD_KEY,
        Reason.BAD_PROJECT,
        Reason.BAD_VERSION,
        Reason.UNKNOWN_KEY,
        Reason.UNSUPPORTED_ENCODING,
    }
)


class Ingest:
    """All routes that take data, and what becomes of requests to paths that are none."""

    def __init__(
        self,
        spooler: Spooler,
        keys: KeyBook,
        incoming: Path,
        *,
        limits: Limits | None = None,
        bodies: BodyReader | None = None,
        is_disk_full: Callable[[], bool] = lambda: False,
    ) -> None:
        self.spooler = spooler
        self._keys = keys
        self._limits = limits or Limits()
        self._bodies = bodies or BodyReader(incoming, self._limits.wire)
        self._is_disk_full = is_disk_full
        self.uploads = Uploads(incoming / "uploads", self._bodies, lambda: self._limits)
        self._refusals = Refusals(spooler)
        self._strays = Strays(self._refusals.record)
        self.processes = Processes()
        self.answers = answers.Answers()
        # Decoding releases the interpreter, so that two of them leave the loop room.
        self._workers = ThreadPoolExecutor(2, "measure")
        self.accepted = 0
        self.refused = 0

    def use_limits(self, limits: Limits) -> None:
        """Take no larger things than *limits* from now on."""
        self._limits = limits
        self._bodies.limit = limits.wire

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    # ---------------------------------------------------------------- routes

    async def post_envelope(self, request: web.Request) -> web.StreamResponse:
        """``POST /api/{project}/envelope/``, the one that matters."""
        project = request.match_info["project"]
        return await self._take(request, Door(Endpoint.ENVELOPE, project))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Any other path: the other endpoints, unusual spellings, and what is no endpoint at all."""
        door = find_door(unquote(request.rel_url.raw_path))
        rules = doors.RULES.get(door.endpoint)
        if rules is not None and request.method == "OPTIONS":
            return answers.preflight(rules.methods)
        if door.endpoint is Endpoint.UPLOAD and request.method in doors.RULES[Endpoint.UPLOAD].methods:
            return await self._upload(request, door)
        if rules is not None and request.method in rules.methods:
            return await self._take(request, door)
        if door == _DIALOG and request.method == "GET":
            return await self._show_dialog(request, door)
        if rules is not None:
            error = IngestError(Reason.METHOD_NOT_ALLOWED, f"method {request.method} not allowed")
        else:
            error = IngestError(Reason.NOT_FOUND, "not found: this path takes no data")
        return await self._refuse(request, self._begin(request, door), error)

    async def _upload(self, request: web.Request, door: Door) -> web.StreamResponse:
        """Take a piece of a large attachment; who knows an upload's address need not say who it is."""
        arrival = self._begin(request, door)
        try:
            if door.upload is None:
                self._admit_request(request, arrival, door)
            if self._is_disk_full():
                raise _disk_full()
            return await self.uploads.answer(request, door.upload)
        except IngestError as error:
            return await self._refuse(request, arrival, error)
        except DiskFullError:
            return await self._refuse(request, arrival, _disk_full())
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 - the sentence is all there is to say
            return answers.unavailable(str(error))

    async def _show_dialog(self, request: web.Request, door: Door) -> web.StreamResponse:
        try:
            return report_dialog(request.rel_url.query)
        except IngestError as error:
            return await self._refuse(request, self._begin(request, door), error)

    def glance(
        self, auth: Auth, project: str, ip: str, client: str, from_here: bool, encoding: Encoding, body: bytes
    ) -> tuple[bool, str | None]:
        """Return whether an envelope can be accepted just so, and its event id, for the short way in.

        False, or an IngestError, says that it takes more than a glance: then `post_envelope` decides.
        """
        self._keys.admit_key(auth.public_key, project, from_here=from_here)
        self._keys.admit_sender(ip, client)
        if (
            self._is_disk_full()
            or self._is_crowded()
            or needs_measuring(len(body), encoding, self._limits.body)
        ):
            return False, None
        prefix = decode_prefix(body, encoding, _PREFIX)
        if b"\n" not in prefix:
            return False, None
        event_id, dsn = glance_at_header(prefix)
        return dsn is None or _is_dsn_of(dsn, auth.public_key, project), event_id

    # ---------------------------------------------------------------- one request

    async def _take(self, request: web.Request, door: Door) -> web.StreamResponse:
        arrival = self._begin(request, door)
        try:
            await self._admit_and_read(request, arrival, door)
            if doors.is_question(arrival):
                await _drop_file(arrival)
                return doors.what_is_wanted()
            await self.spooler.append(arrival.to_entry())
        except IngestError as error:
            return await self._refuse(request, arrival, error)
        except DiskFullError:
            return await self._refuse(request, arrival, _disk_full())
        except StoreError as error:
            # Nothing can be recorded either; the sender keeps its envelope and tries again.
            log.error("%s", error)  # noqa: TRY400 - the sentence is all there is to say
            await _drop_file(arrival)
            return answers.unavailable(str(error))
        self.accepted += 1
        peer = request.transport.get_extra_info("peername") if request.transport is not None else None
        if peer and arrival.ip == arrival.peer:
            self.processes.meet(arrival.ip, arrival.client or arrival.user_agent, peer[1])
        if (answer := doors.RULES[door.endpoint].answer) is not None:
            return answer(arrival)
        if request.method == "GET":
            return answers.pixel()
        return self.answers.accepted(request, arrival.event_id)

    def _begin(self, request: web.Request, door: Door) -> Arrival:
        headers = request.headers
        peer = request.remote or ""
        return Arrival(
            received=now(),
            method=request.method,
            path=request.rel_url.raw_path,
            endpoint=door.endpoint,
            project=door.project,
            peer=peer,
            from_here=is_loopback(peer),
            ip=client_address(headers, peer),
            user_agent=headers.get("User-Agent", ""),
            content_type=headers.get("Content-Type", ""),
            encoding=headers.get("Content-Encoding", ""),
            query="" if door.endpoint in _IN_ENVELOPES else request.rel_url.raw_query_string[:_QUERY_KEPT],
            slug=door.slug,
        )

    def _admit_request(self, request: web.Request, arrival: Arrival, door: Door) -> None:
        """Fill *arrival* with the credentials of a request that may come in."""
        if arrival.project is not None and not is_project(arrival.project):
            raise IngestError(Reason.BAD_PROJECT, "bad project id in the path")
        headers = request.headers
        if door.endpoint is Endpoint.FEEDBACK:
            auth = _auth_of_form(request, arrival)
        else:
            auth = credentials(
                headers.get("X-Sentry-Auth", ""),
                headers.get("Authorization", ""),
                request.rel_url.query_string,
                door.key,
            )
        doors.RULES[door.endpoint].check(arrival)
        if door.event_id is not None:
            arrival.event_id = normalise_event_id(door.event_id)
            if arrival.event_id is None:
                raise IngestError(Reason.BAD_EVENT_ID, "invalid event id in the path")
        normalise_encoding(arrival.encoding)
        if auth is not None:
            self._admit(arrival, auth)
        elif not _may_hide_key(arrival):
            raise _missing_auth()
        self._keys.admit_sender(arrival.ip, arrival.client or arrival.user_agent)

    async def _admit_and_read(self, request: web.Request, arrival: Arrival, door: Door) -> None:
        """Fill *arrival* with the credentials, body and event id of a request that may come in."""
        self._admit_request(request, arrival, door)
        if self._is_disk_full():
            raise _disk_full()
        if self._is_crowded():
            raise IngestError(Reason.QUEUE_FULL, "too much waits for the disk; try again soon")
        if request.method == "GET" and door.endpoint is Endpoint.STORE:
            data = sentry_data_from_query(list(request.rel_url.query.items()))
            arrival.body = Body(len(data), data)
        else:
            arrival.body = await self._bodies.read(request)
        if arrival.body.size == 0 and not doors.RULES[door.endpoint].may_be_empty:
            raise IngestError(Reason.EMPTY_BODY, "empty request body")
        await self._look_inside(arrival, normalise_encoding(arrival.encoding))

    def _is_crowded(self) -> bool:
        return self.spooler.waiting_bytes > MOST_WAITING

    def _admit(self, arrival: Arrival, auth: Auth) -> None:
        arrival.key = auth.public_key
        arrival.client = auth.client
        self._keys.admit_key(auth.public_key, arrival.project, from_here=arrival.from_here)

    async def _look_inside(self, arrival: Arrival, encoding: Encoding) -> None:
        body = arrival.body
        assert body is not None
        if arrival.endpoint is Endpoint.STORE:
            if not is_envelope_type(arrival.content_type):
                await self._look_into_event(arrival, body, encoding)
                return
            arrival.endpoint = Endpoint.ENVELOPE
        limit = self._limits.body
        if encoding is not Encoding.IDENTITY and needs_measuring(body.size, encoding, limit):
            await self._in_worker(_measure, body, encoding, limit)
        if arrival.endpoint not in _IN_ENVELOPES:
            if judged := doors.RULES[arrival.endpoint].judged:
                most = int(getattr(self._limits, judged))
                if body.inline is None or body.size > most:
                    raise too_large(most)
                doors.judge(arrival, decode(body.inline, encoding, most))
            if doors.RULES[arrival.endpoint].makes_event:
                arrival.event_id = await self._crash_id(arrival, body, encoding) or uuid.uuid4().hex
            return
        prefix = b"" if body.inline is None else decode_prefix(body.inline, encoding, _PREFIX)
        if b"\n" not in prefix and (body.inline is None or len(prefix) == _PREFIX):
            prefix = await self._in_worker(_long_prefix, body, encoding, limit)
        arrival.event_id, dsn = glance_at_header(prefix)
        if dsn is not None:
            self._compare_dsn(arrival, dsn)
        if arrival.key is None and not _needs_no_key(arrival):
            raise _missing_auth()
        if arrival.project is None and arrival.key is None:
            arrival.project = _FIRST_PROJECT

    async def _crash_id(self, arrival: Arrival, body: Body, encoding: Encoding) -> str | None:
        """Return the id the reporter knows its crash by already: it asks for that one later."""
        if doors.media_type(arrival) != FORM_TYPE:
            return None
        pieces = iter_decode(body.pieces(), encoding, self._limits.body)
        return await self._in_worker(form_event_id, pieces, arrival.content_type)

    def _compare_dsn(self, arrival: Arrival, text: str) -> None:
        """Let the envelope header's DSN speak where nothing else did; where something did, it must agree."""
        is_stream = arrival.endpoint is Endpoint.STREAM
        try:
            dsn = parse_dsn(text)
        except IngestError:
            if _needs_no_key(arrival):
                return  # programs without a DSN, which Spotlight takes too, send odd ones
            raise
        if is_stream and arrival.project is None:
            arrival.project = dsn.project
        if arrival.project not in (None, dsn.project) or arrival.key not in (None, dsn.public_key):
            raise IngestError(
                Reason.PROJECT_MISMATCH,
                "the envelope header's DSN names another project or key than the request",
            )
        if arrival.key is None:
            self._admit(arrival, auth_from_dsn(text))

    async def _look_into_event(self, arrival: Arrival, body: Body, encoding: Encoding) -> None:
        limit = self._limits.event
        if body.size > 2 * limit:  # base64 makes three bytes four
            raise too_large(limit)
        arguments = (body, encoding, limit, arrival.content_type, arrival.client)
        if body.size <= _DECODED_HERE:
            event_id = _event_id_of(*arguments)
        else:
            event_id = await self._in_worker(_event_id_of, *arguments)
        arrival.event_id = event_id or uuid.uuid4().hex

    async def _in_worker(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, partial(function, *args, **kwargs))

    # ---------------------------------------------------------------- refusing

    def turn_away(self, peer: str, data: bytes, error: IngestError) -> None:
        """Record what came from *peer* and was no request."""
        self.refused += 1
        self._strays.note(peer, data, error)

    def note_malformed(self, peer: str, what: str) -> None:
        """Record a request of *peer* that broke the rules of HTTP as *what* says."""
        self.turn_away(peer, b"", IngestError(Reason.BAD_HTTP, f"this is no proper HTTP request: {what}"))

    async def _refuse(self, request: web.Request, arrival: Arrival, error: IngestError) -> web.Response:
        """Record what was refused, and answer."""
        self.refused += 1
        if isinstance(error, CutShortError):
            arrival.partial = error.received
        elif arrival.body is None and error.reason in _SHOWN_WITH_BODY:
            arrival.partial = await self._bodies.read_small(request, MOST_REFUSED)
        self._refusals.record(arrival, error)
        await _drop_file(arrival)
        return doors.refused(arrival, error)


async def _drop_file(arrival: Arrival) -> None:
    if arrival.body is not None and arrival.body.file is not None:
        await asyncio.to_thread(arrival.body.file.unlink, missing_ok=True)


def glance_at_header(prefix: bytes) -> tuple[str | None, str | None]:
    """Return the event id and the DSN of the envelope header *prefix* begins with.

    Raises as `read_envelope_header`, which reads all of it at five times the cost.
    """
    try:
        header = orjson.loads(prefix.partition(b"\n")[0])
    except orjson.JSONDecodeError:
        header = None
    if isinstance(header, dict):
        event_id, dsn = header.get("event_id"), header.get("dsn")
        is_plain = event_id is None or (isinstance(event_id, str) and _PLAIN_ID.fullmatch(event_id))
        if is_plain and (dsn is None or isinstance(dsn, str)):
            return event_id, dsn
    envelope = read_envelope_header(prefix)
    return envelope.event_id, envelope.dsn


@lru_cache(maxsize=256)
def _is_dsn_of(text: str, public_key: str, project: str) -> bool:
    dsn = parse_dsn(text)
    return (dsn.public_key, dsn.project) == (public_key, project)


@lru_cache(maxsize=1024)
def credentials(sentry_auth: str, authorization: str, query: str, path_key: str | None = None) -> Auth | None:
    """Return the credentials of a request; an SDK sends the same ones every time."""
    headers = {"x-sentry-auth": sentry_auth, "authorization": authorization}
    return read_auth(headers, parse_qsl(query, keep_blank_values=True) if query else (), path_key)


def _auth_of_form(request: web.Request, arrival: Arrival) -> Auth | None:
    """Return the credentials in a form's DSN, which names the project where the path does not."""
    text = doors.dsn_of(request)
    if text is None:
        return None
    if arrival.project is None:
        arrival.project = parse_dsn(text).project
    return auth_from_dsn(text)


def _needs_no_key(arrival: Arrival) -> bool:
    """Whether it comes from this machine, by a way on which none need say who it is: Spotlight's, OTLP's."""
    return arrival.from_here and arrival.project is None and arrival.endpoint in _KEYLESS


def _may_hide_key(arrival: Arrival) -> bool:
    """Whether the credentials may stand in the envelope header."""
    if arrival.endpoint is Endpoint.STORE:
        return is_envelope_type(arrival.content_type)
    return arrival.endpoint in _IN_ENVELOPES or _needs_no_key(arrival)


def _measure(body: Body, encoding: Encoding, limit: int) -> None:
    """Decode all of *body*, keeping nothing. Raises IngestError when it is too large or corrupt."""
    for _ in iter_decode(body.pieces(), encoding, limit):
        pass


def _long_prefix(body: Body, encoding: Encoding, limit: int) -> bytes:
    """Return the decoded beginning of *body*, far enough to hold the longest header line."""
    prefix = bytearray()
    for piece in iter_decode(body.pieces(), encoding, limit):
        prefix += piece
        if b"\n" in piece or len(prefix) > MAX_HEADER:
            break
    return bytes(prefix)


def _event_id_of(body: Body, encoding: Encoding, limit: int, content_type: str, client: str) -> str | None:
    event = store_body_to_event(decode(body.read(), encoding, 2 * limit), content_type, client, limit)
    return event_identity(event)[0]


def _missing_auth() -> IngestError:
    return IngestError(Reason.MISSING_AUTH, "missing authorization information")


def _disk_full() -> IngestError:
    return IngestError(Reason.DISK_FULL, "the disk of the station is nearly full; nothing more is taken")
