"""What the API needs of the process it lives in."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from vedette.api.access import Token, Tokens
from vedette.api.readers import ReaderPool
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.workspace import Workspace


class Command(Protocol):
    """Hands a command to digest, the only writer, and returns its answer after the commit."""

    def __call__(self, name: str, arguments: JsonObject, /) -> Awaitable[JsonValue]: ...


class Submit(Protocol):
    """Takes an envelope into a project as if an SDK had posted it; done when it is on the disk."""

    def __call__(self, project: str, envelope: bytes, /) -> Awaitable[None]: ...


class CommandError(Exception):
    """Digest refused a command; *code* is its word for why, `detail` its sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail

    @property
    def status(self) -> int:
        """The HTTP status this is answered with."""
        return _STATUS.get(self.code, 400)


_STATUS = {"not_found": 404, "taken": 409, "unknown_command": 501}


@dataclass(frozen=True, slots=True)
class ApiContext:
    """The parts the station gives.

    ``call`` raises CommandError when digest says no, and TimeoutError when it does not answer.
    ``base_url`` returns the origin the client reached us by, ``http://host:port`` without a slash.
    ``check_access`` returns a sentence when the request's Host or Origin is foreign, else None.
    ``feed`` serves the live feed; it is called after the token was checked.
    """

    readers: ReaderPool
    call: Command
    workspace: Workspace
    tokens: Tokens
    base_url: Callable[[web.Request], str]
    check_access: Callable[[web.Request], str | None]
    feed: Callable[[web.Request], Awaitable[web.StreamResponse]]
    submit: Submit
    version: str = ""


def local_tokens(secret: str) -> Tokens:
    """Return the tokens of a station that knows only the local user's, which may do everything."""
    return Tokens([Token(secret)])
