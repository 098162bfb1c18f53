"""Posts a user's files to an ingest endpoint as an SDK does. Waits, so it runs in a worker."""

import http.client
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from vedette import __version__
from vedette.desktop.connect.dropped import NotTakenError, Sendable, read_file
from vedette.desktop.language import tr
from vedette.protocol.dsn import Dsn, parse_dsn

CLIENT = f"vedette.file/{__version__}"
_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: "" or why it was not taken."""

    name: str
    why: str = ""


def send_files(paths: Sequence[Path], dsn: str) -> list[FileResult]:
    """Send what is in *paths* to where *dsn* points; one result for each, in order."""
    target = parse_dsn(dsn)
    with _connection(target) as connection:
        return [_send_file(connection, target, path) for path in paths]


def _send_file(connection: http.client.HTTPConnection, target: Dsn, path: Path) -> FileResult:
    try:
        for sendable in read_file(path):
            if why := _post(connection, target, sendable):
                return FileResult(path.name, why)
    except NotTakenError as error:
        return FileResult(path.name, str(error))
    except (ConnectionError, TimeoutError, http.client.HTTPException):
        connection.close()
        where = f"{target.host}:{target.port}"
        return FileResult(path.name, tr("The station at {address} does not answer.").format(address=where))
    except OSError as error:
        return FileResult(path.name, error.strerror or str(error))
    return FileResult(path.name)


@contextmanager
def _connection(target: Dsn) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(target.host.strip("[]"), target.port, timeout=_SECONDS)
    try:
        yield connection
    finally:
        connection.close()


def _post(connection: http.client.HTTPConnection, target: Dsn, sendable: Sendable) -> str:
    """Return "" once *sendable* is taken, else why it was not."""
    headers = {
        "Content-Type": "application/x-sentry-envelope",
        "X-Sentry-Auth": f"Sentry sentry_version=7, sentry_client={CLIENT}, sentry_key={target.public_key}",
        **sendable.headers,
    }
    path = f"{target.prefix}/api/{target.project}/envelope/"
    connection.request("POST", path, sendable.body, headers)
    response = connection.getresponse()
    text = response.read()
    return "" if response.status == 200 else _why(response.status, text)


def _why(status: int, text: bytes) -> str:
    try:
        answer = orjson.loads(text)
    except orjson.JSONDecodeError:
        answer = None
    detail = answer.get("detail") if isinstance(answer, dict) else None
    said = tr("The station answered {status}").format(status=status)
    return f"{said}: {detail}" if detail else f"{said}."
