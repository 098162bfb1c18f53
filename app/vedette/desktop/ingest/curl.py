"""A request as a command that sends it again. Pure."""

import shlex

from vedette.store.queries.requests import RequestRow

MOST_INLINE = 16_000
"""Bytes of a body that may stand in the command itself; a terminal takes little more."""


def curl_command(row: RequestRow, body: bytes, base_url: str, public_key: str) -> str:
    """Return a POSIX shell command that sends *row*'s request to *base_url*, its content encoding undone.

    A body that is no text, or a long one, is named as a file to be saved beside.
    """
    parts = ["curl", "-X", row.method, shlex.quote(base_url.rstrip("/") + (row.path or "/"))]
    if row.content_type:
        parts += ["-H", shlex.quote(f"Content-Type: {row.content_type}")]
    if public_key:
        auth = f"X-Sentry-Auth: Sentry sentry_version=7, sentry_key={public_key}"
        if row.client and "," not in row.client:
            auth += f", sentry_client={row.client}"
        parts += ["-H", shlex.quote(auth)]
    if body:
        parts += ["--data-binary", _data(body, row.id)]
    return " ".join(parts)


def _data(body: bytes, number: int) -> str:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = ""
    # curl reads a value that begins with @ as the name of a file.
    if not text or len(body) > MOST_INLINE or "\0" in text or text.startswith("@"):
        return f"@request-{number}.bin"
    return shlex.quote(text)
