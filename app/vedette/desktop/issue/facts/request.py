"""The HTTP request an event tells of, its parts as texts. Pure."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from vedette.desktop.language import tr
from vedette.domain.json import JsonObject, JsonValue

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request; *body* is decoded where it is JSON or a form, else text, None without one."""

    method: str
    url: str
    query: Pairs
    fragment: str
    headers: Pairs
    cookies: Pairs
    body: JsonValue
    content_type: str
    environment: Pairs

    @property
    def line(self) -> str:
        """``POST http://shop.test/checkout``."""
        return f"{self.method or 'GET'} {self.url}".strip()

    def url_parts(self) -> Pairs:
        """Return scheme, host, port, path and fragment of the address, those that it has."""
        try:
            parts = urlsplit(self.url)
            port = str(parts.port) if parts.port is not None else ""
        except ValueError:  # brackets of no address, a port that is no number
            return ((tr("address"), self.url),)
        told = (
            (tr("scheme"), parts.scheme),
            (tr("host"), parts.hostname or ""),
            (tr("port"), port),
            (tr("path"), parts.path),
            (tr("fragment"), self.fragment or parts.fragment),
        )
        return tuple((name, value) for name, value in told if value)


def request_facts(event: JsonObject) -> RequestFacts | None:
    """Return the request of a normalised event, None if it has none worth showing."""
    request = event.get("request")
    if not isinstance(request, dict) or not any(request.values()):
        return None
    return RequestFacts(
        method=str(request.get("method") or ""),
        url=str(request.get("url") or ""),
        query=pairs(request.get("query_string")),
        fragment=str(request.get("fragment") or ""),
        headers=pairs(request.get("headers")),
        cookies=pairs(request.get("cookies")),
        body=request.get("data"),
        content_type=str(request.get("inferred_content_type") or ""),
        environment=pairs(request.get("env")),
    )


def pairs(value: JsonValue) -> Pairs:
    """Return a map or a list of pairs as pairs of texts; entries that are neither are left out."""
    found = list(value.items()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    return tuple(
        (str(pair[0]), "" if pair[1] is None else str(pair[1]))
        for pair in found
        if isinstance(pair, list | tuple) and len(pair) == 2
    )
