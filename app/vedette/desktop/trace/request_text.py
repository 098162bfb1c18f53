"""A span's HTTP request as a command line. Pure."""

import shlex
from collections.abc import Mapping

from vedette.domain.json import JsonObject, JsonValue

_METHOD = ("http.request.method", "http.method", "method")
_URL = ("url.full", "http.url", "url", "http.request.url")
_HEADER = "http.request.header."
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "QUERY")


def request_of(op: str, description: str, data: Mapping[str, JsonValue]) -> tuple[str, str] | None:
    """Return method and whole URL of an HTTP span, None if it is none or its URL was not sent."""
    if op.split(".", 1)[0].lower() not in ("http", "fetch", "xhr", "resource"):
        return None
    verb, _, rest = description.partition(" ")
    method = next((str(data[name]) for name in _METHOD if data.get(name)), "")
    if not method:
        method = verb if verb in _VERBS else "GET"
    for url in (*(data.get(name) for name in _URL), rest if verb in _VERBS else description):
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            return method.upper(), _whole(url, data)
    return None


def curl_of(op: str, description: str, details: JsonObject) -> str:
    """Return the request as a cURL command, "" where there is none."""
    sent = details.get("data")
    data: Mapping[str, JsonValue] = sent if isinstance(sent, Mapping) else {}
    found = request_of(op, description, data)
    if found is None:
        return ""
    method, url = found
    parts = ["curl"] if method == "GET" else ["curl", "-X", method]
    parts.append(shlex.quote(url))
    for name, value in sorted(data.items()):
        if name.startswith(_HEADER):
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            parts += ["-H", shlex.quote(f"{name.removeprefix(_HEADER)}: {text}")]
    return " ".join(parts)


def _whole(url: str, data: Mapping[str, JsonValue]) -> str:
    """Return *url* with the query that some SDKs send apart."""
    query = data.get("http.query") or data.get("url.query")
    if isinstance(query, str) and query and "?" not in url:
        return f"{url}?{query.removeprefix('?')}"
    return url
