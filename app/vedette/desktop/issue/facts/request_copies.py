"""A request of an event as a command for the shell. Pure."""

import json
from urllib.parse import urlencode

from vedette.desktop.issue.facts.request import RequestFacts

_PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,")


def curl_command(request: RequestFacts) -> str:
    """Return a ``curl`` command that repeats *request*, one option a line, for a POSIX shell.

    What an SDK scrubbed stays scrubbed. Lengths and encodings that curl works out itself are left out.
    """
    url = request.url
    if request.query:
        url += "?" + urlencode(request.query)
    parts = [f"curl {quote(url)}"]
    body = _body(request)
    if request.method and request.method != ("POST" if body else "GET"):
        parts.append(f"-X {quote(request.method)}")
    parts += [
        f"-H {quote(f'{name}: {value}')}"
        for name, value in request.headers
        if name.lower() not in ("content-length", "host", "accept-encoding", "connection")
    ]
    if request.cookies:
        parts.append("-b " + quote("; ".join(f"{name}={value}" for name, value in request.cookies)))
    if body:
        parts.append(f"--data-raw {quote(body)}")
    return " \\\n  ".join(parts)


def _body(request: RequestFacts) -> str:
    if request.body is None or request.body == "":
        return ""
    if isinstance(request.body, str):
        return request.body
    if request.content_type == "application/x-www-form-urlencoded" and isinstance(request.body, dict):
        return urlencode({name: str(value) for name, value in request.body.items()})
    return json.dumps(request.body, ensure_ascii=False)


def quote(text: str) -> str:
    """Return *text* as one word of a POSIX shell."""
    if text and set(text) <= _PLAIN:
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"
