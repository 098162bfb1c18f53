"""A request of an event as a command for the shell, as JavaScript, and as the lines sent. Pure."""

import json
from urllib.parse import urlencode, urlsplit

from vedette.desktop.issue.facts.request import Pairs, RequestFacts

_PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,")
_WORKED_OUT = ("content-length", "host", "accept-encoding", "connection")
_FORM = "application/x-www-form-urlencoded"


def curl_command(request: RequestFacts) -> str:
    """Return a ``curl`` command that repeats *request*, one option a line, for a POSIX shell.

    What an SDK scrubbed stays scrubbed. Lengths and encodings that curl works out itself are left out.
    """
    parts = [f"curl {quote(full_url(request))}"]
    body = body_text(request)
    if request.method and request.method != ("POST" if body else "GET"):
        parts.append(f"-X {quote(request.method)}")
    parts += [f"-H {quote(f'{name}: {value}')}" for name, value in _headers(request)]
    if request.cookies:
        parts.append(f"-b {quote(_cookie(request.cookies))}")
    if body:
        parts.append(f"--data-raw {quote(body)}")
    return " \\\n  ".join(parts)


def httpie_command(request: RequestFacts) -> str:
    """Return an ``http`` command of HTTPie that repeats *request*, for a POSIX shell."""
    body = body_text(request)
    parts = ["http", *(["--raw", quote(body)] if body else []), request.method or ("POST" if body else "GET")]
    lines = [" ".join([*parts, quote(full_url(request))])]
    lines += [quote(f"{name}:{value}" if value else f"{name};") for name, value in _headers(request)]
    if request.cookies:
        lines.append(quote(f"Cookie:{_cookie(request.cookies)}"))
    return " \\\n  ".join(lines)


def fetch_call(request: RequestFacts) -> str:
    """Return a ``fetch`` call in JavaScript that repeats *request*."""
    options: dict[str, object] = {}
    body = body_text(request)
    if request.method and request.method != "GET":
        options["method"] = request.method
    elif body:
        options["method"] = "POST"
    if headers := dict(_headers(request)):
        options["headers"] = headers
    if request.cookies:
        options["credentials"] = "include"
    if body:
        options["body"] = body
    url = json.dumps(full_url(request), ensure_ascii=False)
    told = json.dumps(options, ensure_ascii=False, indent=2) if options else ""
    return f"await fetch({url}, {told});" if told else f"await fetch({url});"


def raw_request(request: RequestFacts) -> str:
    """Return *request* as HTTP/1.1 writes it: request line, headers, an empty line, the body."""
    parts = urlsplit(full_url(request))
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    body = body_text(request)
    lines = [f"{request.method or ('POST' if body else 'GET')} {target} HTTP/1.1"]
    if parts.netloc and not any(name.lower() == "host" for name, _ in request.headers):
        lines.append(f"Host: {parts.netloc}")
    lines += [f"{name}: {value}" for name, value in request.headers]
    if request.cookies:
        lines.append(f"Cookie: {_cookie(request.cookies)}")
    return "\n".join([*lines, "", body])


def full_url(request: RequestFacts) -> str:
    """Return the address with its query."""
    return f"{request.url}?{urlencode(request.query)}" if request.query else request.url


def body_text(request: RequestFacts) -> str:
    """Return the body as it may have been sent: a form or JSON written again, a text as it is."""
    if request.body is None or request.body == "":
        return ""
    if isinstance(request.body, str):
        return request.body
    if request.content_type == _FORM and isinstance(request.body, dict):
        return urlencode({name: str(value) for name, value in request.body.items()})
    return json.dumps(request.body, ensure_ascii=False)


def _headers(request: RequestFacts) -> Pairs:
    return tuple(pair for pair in request.headers if pair[0].lower() not in _WORKED_OUT)


def _cookie(cookies: Pairs) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies)


def quote(text: str) -> str:
    """Return *text* as one word of a POSIX shell."""
    if text and set(text) <= _PLAIN:
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"
