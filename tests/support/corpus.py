"""Recorded requests of real clients, sent again as they were."""

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHOSEN = Path(__file__).parents[1] / "data" / "corpus"
"""A few scenarios that tests always have."""
WHOLE = Path(__file__).parents[3] / "shared" / "corpus" / "open"
"""The whole corpus, where it lies beside the project."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as a client sent it."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    chunked: bool
    status: int  # what the client was answered then


def scenarios() -> dict[str, Path]:
    """Return the folders of all scenarios there are by their ids: those tests always have, and the others."""
    found: dict[str, Path] = {}
    for corpus in (WHOLE, CHOSEN):
        found |= {path.parent.name: path.parent for path in corpus.glob("*/MANIFEST.json")}
    return dict(sorted(found.items()))


def manifest(scenario: Path) -> dict[str, Any]:
    """Return what the scenario's client was, and what its program did."""
    read: dict[str, Any] = json.loads((scenario / "MANIFEST.json").read_text(encoding="utf-8"))
    return read


def requests(scenario: Path) -> Iterator[Recorded]:
    """Yield the scenario's requests in order."""
    for file in sorted(scenario.glob("[0-9][0-9][0-9].json")):
        recorded = json.loads(file.read_text(encoding="utf-8"))
        body = scenario / recorded["body_file"]
        yield Recorded(
            recorded["method"],
            recorded["target"],
            [(name, value) for name, value in recorded["headers"]],
            body.read_bytes() if body.exists() else b"",
            bool(recorded.get("chunked")),
            recorded["response"]["status"],
        )


def send(port: int, request: Recorded) -> int:
    """Send *request* to the server on *port* as it was recorded, and return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers:
            if name.lower() not in ("host", "content-length", "transfer-encoding", "connection"):
                connection.putheader(name, value)
        connection.putheader("Host", f"127.0.0.1:{port}")
        if request.chunked:
            connection.putheader("Transfer-Encoding", "chunked")
            connection.endheaders()
            half = len(request.body) // 2
            for chunk in (request.body[:half], request.body[half:]):
                if chunk:
                    connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            connection.send(b"0\r\n\r\n")
        else:
            connection.putheader("Content-Length", str(len(request.body)))
            connection.endheaders(request.body)
        return connection.getresponse().status
    finally:
        connection.close()
