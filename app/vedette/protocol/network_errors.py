"""Reports of Network Error Logging, read as log records. Values in, values out.

Source: the W3C's Network Error Logging (report fields and types); getsentry/relay for the attributes.
"""

from urllib.parse import urlsplit

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.times import Micros
from vedette.protocol.json_text import write_json

LOG_CONTENT_TYPE = "application/vnd.sentry.items.log+json"

_LONGEST_AGE = 7 * 24 * 3600 * 1000  # milliseconds; a browser keeps reports for days at most
_TYPES = {
    "dns.unreachable": "The DNS server could not be reached",
    "dns.name_not_resolved": "The DNS server knows no address for the name",
    "dns.failed": "Asking the DNS server failed",
    "dns.address_changed": "The server's address is another than the one the policy came from",
    "tcp.timed_out": "The TCP connection timed out",
    "tcp.closed": "The server closed the TCP connection",
    "tcp.reset": "The TCP connection was reset",
    "tcp.refused": "The server refused the TCP connection",
    "tcp.aborted": "The TCP connection was aborted",
    "tcp.address_invalid": "The server's IP address is invalid",
    "tcp.address_unreachable": "The server's IP address cannot be reached",
    "tcp.failed": "The TCP connection failed",
    "tls.version_or_cipher_mismatch": "Browser and server have no TLS version or cipher in common",
    "tls.bad_client_auth_cert": "The server refused the client's certificate",
    "tls.cert.name_invalid": "The server's certificate is for another name",
    "tls.cert.date_invalid": "The server's certificate is not valid at this time",
    "tls.cert.authority_invalid": "The server's certificate comes from an authority that is not trusted",
    "tls.cert.invalid": "The server's certificate is invalid",
    "tls.cert.revoked": "The server's certificate was revoked",
    "tls.cert.pinned_key_not_in_cert_chain": "The pinned key is not in the certificate chain",
    "tls.protocol.error": "The server broke the TLS protocol",
    "tls.failed": "The TLS connection failed",
    "http.error": "The server answered with an error",
    "http.protocol.error": "The server broke the HTTP protocol",
    "http.response.invalid": "The server's response is invalid",
    "http.response.redirect_loop": "The redirects lead in a circle",
    "http.failed": "The HTTP request failed",
    "abandoned": "The request was given up before it was complete",
    "unknown": "The request failed for an unknown reason",
    "ok": "The request succeeded",
}
_PROTOCOLS = {"h2": ("http", "2"), "h2c": ("http", "2"), "h3": ("http", "3")}


def log_of_report(report: JsonObject, received: Micros) -> JsonObject:
    """Return *report* as an item of a log container; malformed members are left out."""
    body = report.get("body")
    body = body if isinstance(body, dict) else {}
    kind = _text(body.get("type")) or "unknown"
    url = _text(report.get("url"))
    found: dict[str, JsonValue] = {
        "sentry.origin": "auto.http.browser_report.nel",
        "browser.report.type": "network-error",
        "url.domain": _host(url),
        "url.full": url,
        "http.request.duration": body.get("elapsed_time"),
        "http.request.method": body.get("method"),
        "http.request.header.referer": body.get("referrer"),
        "http.response.status_code": body.get("status_code"),
        "server.address": body.get("server_ip"),
        "user_agent.original": report.get("user_agent"),
        "nel.referrer": body.get("referrer"),
        "nel.phase": body.get("phase"),
        "nel.sampling_fraction": body.get("sampling_fraction"),
        "nel.type": kind,
    }
    found["network.protocol.name"], found["network.protocol.version"] = _protocol(_text(body.get("protocol")))
    return {
        "timestamp": (received - _age(report.get("age")) * 1000) / 1e6,
        "level": "info" if kind == "ok" else "warn",
        "body": _sentence(kind, body),
        "attributes": {name: made for name, value in found.items() if (made := attribute(value)) is not None},
    }


def attribute(value: JsonValue) -> JsonObject | None:
    """Return *value* as an attribute of a log, with its type; None for null and empty text.

    Raises IngestError(BAD_JSON) for what is nested too deeply to be written as text.
    """
    match value:
        case bool():
            return {"value": value, "type": "boolean"}
        case int():
            return {"value": value, "type": "integer"}
        case float():
            return {"value": value, "type": "double"}
        case str() if value:
            return {"value": value, "type": "string"}
        case list() | dict():
            return {"value": write_json(value).decode(), "type": "string"}
    return None


def _sentence(kind: str, body: JsonObject) -> str:
    text = _TYPES.get(kind, f"The request failed: {kind}")
    status = body.get("status_code")
    if kind == "http.error" and isinstance(status, int) and not isinstance(status, bool):
        return f"{text}: {status}"
    return text


def _age(value: JsonValue) -> int:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _LONGEST_AGE:
        return 0
    return int(value)


def _protocol(text: str) -> tuple[str | None, str | None]:
    if text in _PROTOCOLS:
        return _PROTOCOLS[text]
    name, _, version = text.partition("/")
    return name or None, version or None


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
