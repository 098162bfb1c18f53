"""Posts envelopes to an ingest endpoint as an SDK does. Waits, so it runs in a worker."""

import http.client
from collections.abc import Sequence

import orjson

from vedette.desktop.connect.sending import CLIENT
from vedette.protocol.dsn import parse_dsn

_SECONDS = 10.0
_CONTENT_TYPE = "application/x-sentry-envelope"


def post_envelopes(dsn: str, envelopes: Sequence[bytes]) -> str:
    """Send *envelopes* in order to where *dsn* points; return "" if all were taken, else why not.

    Raises IngestError when *dsn* is none.
    """
    target = parse_dsn(dsn)
    host = target.host.strip("[]")
    headers = {
        "Content-Type": _CONTENT_TYPE,
        "X-Sentry-Auth": f"Sentry sentry_version=7, sentry_client={CLIENT}, sentry_key={target.public_key}",
    }
    connection = http.client.HTTPConnection(host, target.port, timeout=_SECONDS)
    try:
        for body in envelopes:
            connection.request("POST", f"{target.prefix}/api/{target.project}/envelope/", body, headers)
            response = connection.getresponse()
            text = response.read()
            if response.status != 200:
                return _why(response.status, text)
    except (OSError, http.client.HTTPException):
        return f"The station at {target.host}:{target.port} does not answer."
    finally:
        connection.close()
    return ""


def _why(status: int, text: bytes) -> str:
    try:
        answer = orjson.loads(text)
    except orjson.JSONDecodeError:
        answer = None
    detail = answer.get("detail") if isinstance(answer, dict) else None
    return f"The station answered {status}: {detail}" if detail else f"The station answered {status}."
