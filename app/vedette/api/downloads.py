"""Bytes handed out: a request's body, an item's payload, an attachment."""

from aiohttp import web

from vedette.api.limits import DOWNLOAD_CHUNK


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
