"""Bytes handed out: a request's body, an item's payload, an attachment. Scrubbed, unless asked for raw."""

from dataclasses import dataclass
from typing import Annotated

from aiohttp import web

from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall
from vedette.api.limits import DOWNLOAD_CHUNK
from vedette.api.schema import Help

RAW_SCOPES = ("event:admin",)
"""Who may have what came in as it came: the project's rules for what leaves do not count then."""

Raw = Annotated[
    bool, Help("As it came, byte for byte, instead of scrubbed by the project's rules; takes `event:admin`.")
]


@dataclass(frozen=True, slots=True)
class RawQuery:
    """How what is handed out may look."""

    raw: Raw = False


def wants_raw(call: AnyCall) -> bool:
    """Return whether the bytes are wanted as they came. Raises ApiError 403 if the token may not."""
    if not call.query.raw:
        return False
    if not call.token.may(RAW_SCOPES):
        raise ApiError(403, "This token may not read what came in as it came: that takes event:admin.")
    return True


async def send_bytes(request: web.Request, data: bytes, headers: dict[str, str]) -> web.StreamResponse:
    """Send *data* piece by piece, so that a slow client does not make the socket's buffer grow with it."""
    response = web.StreamResponse(headers=headers)
    response.content_length = len(data)
    await response.prepare(request)
    view = memoryview(data)
    for at in range(0, len(view), DOWNLOAD_CHUNK):
        await response.write(view[at : at + DOWNLOAD_CHUNK])
    await response.write_eof()
    return response
