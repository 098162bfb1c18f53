"""What browsers report by themselves, made into an envelope: security policies, network errors and the rest.

``report-uri`` posts one object, the Reporting API an array; a page's reports of all kinds may come together.
Source: the W3C's Reporting API, CSP 3 and Network Error Logging; getsentry/relay for what becomes of them.
"""

from collections.abc import Mapping

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.times import Micros
from vedette.protocol.envelope import MAX_ITEMS, join_envelope
from vedette.protocol.json_text import write_json
from vedette.protocol.network_errors import LOG_CONTENT_TYPE, log_of_report

SECURITY = "raw_security"
NETWORK = "nel"
OTHER = "browser_report"

_JSON = "application/json"
_LONGEST = 200  # characters of a release or environment


def wrap_reports(body: bytes, query: Mapping[str, str], received: Micros) -> bytes:
    """Return an envelope with one item a report, and besides one ``log`` for all network errors.

    Items are ``raw_security`` (policies, with ``sentry_release`` and ``sentry_environment`` of *query* in
    their headers), ``nel``, and ``browser_report`` for all other kinds. Raises IngestError(BAD_JSON) for a
    *body* that is neither an object nor an array of them, TOO_MANY_ITEMS for a longer array than an
    envelope can hold.
    """
    try:
        document: JsonValue = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_JSON, f"invalid JSON data: {error.msg}", offset=error.pos) from error
    reports = document if isinstance(document, list) else [document]
    if len(reports) >= MAX_ITEMS:
        raise IngestError(Reason.TOO_MANY_ITEMS, f"too many reports ({len(reports)})")
    about = {
        name: query[name][:_LONGEST] for name in ("sentry_release", "sentry_environment") if query.get(name)
    }
    items: list[tuple[JsonObject, bytes]] = []
    logs: list[JsonObject] = []
    for report in reports:
        if not isinstance(report, dict):
            raise IngestError(Reason.BAD_JSON, "invalid JSON data: a report is not an object")
        kind = kind_of(report)
        header: JsonObject = {"type": kind, "content_type": _JSON}
        if kind == SECURITY:
            header |= about
        if kind == NETWORK:
            logs.append(log_of_report(report, received))
        items.append((header, body if document is report else write_json(report)))
    if logs:
        container = {"type": "log", "content_type": LOG_CONTENT_TYPE, "item_count": len(logs)}
        items.append((container, write_json({"items": logs})))
    return join_envelope({}, items)


def kind_of(report: JsonObject) -> str:
    """Return the type of the item a report becomes."""
    match report.get("type"):
        case "network-error":
            return NETWORK
        case str(kind) if kind != "csp-violation" and isinstance(report.get("body"), dict):
            return OTHER
    return SECURITY
