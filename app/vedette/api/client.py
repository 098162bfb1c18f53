"""A station's API from the desktop's side, on the desktop's own loop.

Everything here may be cancelled at any await. Imports aiohttp, which takes some 150 ms: load this module
after the window's first frame, not before.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

import aiohttp
import orjson
from yarl import URL

from vedette.api.sample_event import CLIENT, build_sending
from vedette.domain.changes import Change
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError
from vedette.domain.times import now
from vedette.protocol.dsn import Dsn, parse_dsn

CALL_SECONDS = 20.0
NO_SEQ = -1
SILENCE_SECONDS = 45.0
"""The feed says something at least every 15 s; three times that is a dead connection."""

FIRST_WAIT = 0.2
LONGEST_WAIT = 5.0
IDS_A_CALL = 300
MAX_LINE = 8 * 1024 * 1024


class StationError(Exception):
    """The station said no, or is not there (``status`` 0). The text is the station's own sentence."""

    def __init__(self, status: int, detail: str, body: JsonValue = None) -> None:
        super().__init__(detail)
        self.status = status
        self.body = body


@dataclass(frozen=True, slots=True)
class ChangeBatch:
    """What one commit changed. ``missed``: others may have been lost before it, so read again what shows.

    ``seq`` is NO_SEQ for the one that only says that the feed has begun.
    """

    seq: int
    changes: tuple[Change, ...]
    missed: bool = False


class IssueChange(TypedDict, total=False):
    """What ``update_issues`` can set."""

    status: Literal["resolved", "unresolved", "ignored"]
    substatus: str | None
    statusDetails: JsonObject
    isBookmarked: bool
    hasSeen: bool
    priority: Literal["low", "medium", "high"]


class StationClient:
    """Speaks to the station at *base_url* (``http://127.0.0.1:8969``) as the holder of *token*."""

    def __init__(self, base_url: str, token: str, *, reread: Callable[[], str] | None = None) -> None:
        """*reread* returns the token there is now; asked, in a thread, when the station refuses ours."""
        self._base = URL(base_url)
        self._token = token
        self._reread = reread
        self._http: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        path: str,
        body: JsonValue = None,
        *,
        query: Mapping[str, str | int] | Sequence[tuple[str, str]] = (),
    ) -> JsonValue:
        """Return the answer to ``METHOD /api/0{path}``, None for an empty one. Raises StationError."""
        try:
            return await self._call(method, path, body, query)
        except StationError as error:
            if error.status != 401 or not await self._has_new_token():
                raise
        return await self._call(method, path, body, query)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    async def _has_new_token(self) -> bool:
        """Return whether there is another token than ours, and use it."""
        if self._reread is None:
            return False
        before, self._token = self._token, await asyncio.to_thread(self._reread)
        return self._token not in ("", before)

    async def _call(
        self,
        method: str,
        path: str,
        body: JsonValue,
        query: Mapping[str, str | int] | Sequence[tuple[str, str]],
    ) -> JsonValue:
        url = self._base.joinpath("api/0/" + path.lstrip("/")).with_query(query or None)
        data = None if body is None else orjson.dumps(body)
        try:
            timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
            async with self._session().request(
                method, url, data=data, headers=self._headers, timeout=timeout
            ) as response:
                text = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise StationError(0, f"The station at {self._base} does not answer.") from error
        answer = _read(text)
        if response.status >= 400:
            raise StationError(response.status, _detail(answer, response), answer)
        return answer

    async def update_issues(self, ids: Sequence[int], **change: Unpack[IssueChange]) -> JsonObject:
        """Change issues; returns what each was before, by id, in a form ``restore_issues`` takes."""
        before: JsonObject = {}
        for some in _portions(ids):
            answer = await self.call("PUT", "/organizations/desk/issues/", dict(change), query=some)
            before |= (answer or {}).get("before") or {}
        return before

    async def restore_issues(self, before: JsonObject) -> None:
        """Undo: give issues back what ``update_issues`` said they were."""
        alike: dict[bytes, list[int]] = {}
        for number, state in before.items():
            alike.setdefault(orjson.dumps(state, option=orjson.OPT_SORT_KEYS), []).append(int(number))
        for state, ids in alike.items():
            for some in _portions(ids):
                await self.call("PUT", "/organizations/desk/issues/", orjson.loads(state), query=some)

    async def send_test_event(self, dsn: str) -> str:
        """Send an error with a short trace as an SDK would, through the same door; returns the error's id.

        Raises StationError.
        """
        try:
            target = parse_dsn(dsn)
        except IngestError as error:
            raise StationError(0, error.detail) from error
        sending = build_sending(dsn, now())
        for body in sending.envelopes:
            await self._post_envelope(target, body)
        return sending.event_id

    async def _post_envelope(self, target: Dsn, body: bytes) -> None:
        auth = f"Sentry sentry_version=7, sentry_client={CLIENT}, sentry_key={target.public_key}"
        headers = {
            "X-Sentry-Auth": auth,
            "Content-Type": "application/x-sentry-envelope",
        }
        url = target.envelope_url
        try:
            timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
            async with self._session().post(url, data=body, headers=headers, timeout=timeout) as response:
                text = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise StationError(0, f"{url} does not answer.") from error
        if response.status >= 400:
            raise StationError(response.status, _detail(_read(text), response))

    async def changes(self, after: int | None = None) -> AsyncIterator[ChangeBatch]:
        """Yield what changes in the station's store, for ever; reconnects by itself and resumes where it was.

        The first batch after each connection that could not resume has ``missed`` set and may be empty.
        Raises StationError only when the token is refused.
        """
        last, wait = after, FIRST_WAIT
        while True:
            try:
                async with aclosing(self._feed(last)) as feed:
                    async for batch in feed:
                        last, wait = (batch.seq if batch.seq >= 0 else last), FIRST_WAIT
                        if batch.changes or batch.missed:
                            yield batch
            except StationError as error:
                if error.status != 401 or not await self._has_new_token():
                    raise
            except (
                aiohttp.ClientError,
                TimeoutError,
                OSError,
                ValueError,
            ):  # ValueError: a line beyond MAX_LINE
                pass
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    async def close(self) -> None:
        """Close the connections. May be called twice."""
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(read_bufsize=MAX_LINE)
        return self._http

    async def _feed(self, last: int | None) -> AsyncGenerator[ChangeBatch, None]:
        headers = {**self._headers, "Accept": "text/event-stream"}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CALL_SECONDS, sock_read=SILENCE_SECONDS)
        url = self._base.joinpath("api/0/feed/")
        async with self._session().get(url, headers=headers, timeout=timeout) as response:
            if response.status in (401, 403):
                raise StationError(response.status, _detail(_read(await response.read()), response))
            response.raise_for_status()
            if last is None:
                # What was committed between the caller's last look and now was told to nobody here.
                yield ChangeBatch(NO_SEQ, (), missed=True)
            expected = last
            async for data in _events(response.content):
                batch = _batch(data, expected)
                if batch is not None:
                    expected = batch.seq
                    yield batch


def _portions(ids: Sequence[int]) -> Iterator[list[tuple[str, str]]]:
    """Yield *ids* as URL parameters, as many at a time as a request line holds."""
    for at in range(0, len(ids), IDS_A_CALL):
        yield [("id", str(number)) for number in ids[at : at + IDS_A_CALL]]


async def _events(content: aiohttp.StreamReader) -> AsyncIterator[bytes]:
    """Yield the data of each server-sent event; comments, which keep the line open, are passed over."""
    data: list[bytes] = []
    async for line in content:
        text = line.rstrip(b"\r\n")
        if text.startswith(b"data:"):
            data.append(text[5:].removeprefix(b" "))
        elif not text and data:
            yield b"\n".join(data)
            data = []


def _batch(data: bytes, last: int | None) -> ChangeBatch | None:
    message = _read(data)
    if not isinstance(message, dict) or not isinstance(message.get("seq"), int):
        return None
    changes = []
    for change in message.get("changes") or ():
        try:
            changes.append(Change.from_json(change))
        except (ValueError, IndexError, TypeError):
            continue  # a kind of change this version does not know
    seq = message["seq"]
    missed = bool(message.get("missed")) or (last is not None and seq not in (last, last + 1))
    return ChangeBatch(seq, tuple(changes), missed)


def _read(text: bytes) -> JsonValue:
    try:
        return orjson.loads(text) if text else None
    except orjson.JSONDecodeError:
        return None


def _detail(answer: JsonValue, response: aiohttp.ClientResponse) -> str:
    if isinstance(answer, dict):
        detail = answer.get("detail")
        if isinstance(detail, dict):
            detail = detail.get("message")
        if detail:
            return str(detail)
        if answer:
            return "; ".join(f"{name}: {text}" for name, text in answer.items())
    return f"The station answered {response.status} {response.reason}."
