"""A request as a test fixture: a `.json` that says what it was beside a `.bin` with its body.

The same pair can be dropped on Vedette's window, which sends it again, and is read in three lines by a test
of the user's own.
"""

from collections.abc import Iterable
from pathlib import Path

import orjson

from vedette.desktop.widgets.relative_time import exact
from vedette.domain.json import JsonObject
from vedette.store.queries.requests import RequestRow

MARK = "vedette.request"
"""What ``format`` says in a fixture of ours."""


def fixture_of(row: RequestRow, body_file: str, public_key: str) -> JsonObject:
    """Return what the `.json` says of *row*, whose body lies in the file *body_file* beside it."""
    headers = {"Content-Type": row.content_type or "application/x-sentry-envelope"}
    if public_key:
        auth = f"Sentry sentry_version=7, sentry_key={public_key}"
        if row.client and "," not in row.client:
            auth += f", sentry_client={row.client}"
        headers["X-Sentry-Auth"] = auth
    return {
        "format": MARK,
        "method": row.method,
        "path": row.path,
        "headers": headers,
        "body": body_file,
        "received": exact(row.received),
        "status": row.status,
        "outcome": row.outcome.value,
        "reason": row.reason,
        "detail": row.detail,
        "items": row.kinds,
    }


def write_fixture(folder: Path, row: RequestRow, body: Iterable[bytes], public_key: str) -> tuple[str, str]:
    """Write the pair into *folder* and return both names. Raises OSError.

    *body* comes in pieces and decoded, so there is no Content-Encoding to mind.
    """
    stem = f"request-{row.id}"
    names = f"{stem}.json", f"{stem}.bin"
    document = fixture_of(row, names[1], public_key)
    with (folder / names[1]).open("wb") as file:
        file.writelines(body)
    (folder / names[0]).write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    return names


def is_fixture(document: JsonObject) -> bool:
    """Whether *document* is the `.json` of such a pair."""
    return document.get("format") == MARK and isinstance(document.get("body"), str)


def body_of_fixture(document: JsonObject, path: Path) -> tuple[bytes, dict[str, str]]:
    """Return the body of the fixture whose `.json` lies at *path*, and the headers to send it with.

    The key is left to who sends it. Raises OSError when the body is not beside it.
    """
    # Only the name: a fixture from elsewhere must not make us read other files.
    body = (path.parent / Path(str(document["body"])).name).read_bytes()
    headers = document.get("headers")
    kind = headers.get("Content-Type") if isinstance(headers, dict) else None
    return body, {"Content-Type": kind} if isinstance(kind, str) else {}


def pytest_snippet(json_name: str) -> str:
    """Return a test that posts the fixture *json_name* to an endpoint of the user's own."""
    return f'''\
import json
from pathlib import Path
from urllib.request import Request, urlopen

HERE = Path(__file__).parent


def test_the_recorded_request_is_taken() -> None:
    recorded = json.loads((HERE / "{json_name}").read_text())
    body = (HERE / recorded["body"]).read_bytes()
    url = "http://127.0.0.1:8969" + recorded["path"]
    with urlopen(Request(url, body, recorded["headers"], method=recorded["method"])) as response:
        assert response.status == 200
'''
