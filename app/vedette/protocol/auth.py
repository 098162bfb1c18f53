"""Who sends: credentials of a request, and the address it came from. Headers in, values out.

Source: getsentry/develop, "Authentication"; getsentry/relay for the order of sources and the texts.
"""

import ipaddress
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.outcomes import IngestError, Reason
from vedette.protocol.dsn import is_key, parse_dsn

PROTOCOL_VERSION = 7

# The only query parameters that are credentials: sentry_data, sentry_release and the like are not.
_PARAMETERS = frozenset(
    {"sentry_key", "sentry_version", "sentry_client", "sentry_secret", "sentry_timestamp"}
)
_SENTRY = re.compile(r"\s*sentry\s+", re.IGNORECASE)
_BASIC = re.compile(r"\s*basic\s+", re.IGNORECASE)
_NO_CACHE = ".no-cache"  # the one flag a key may carry
_ADDRESS_HEADERS = ("cf-connecting-ip", "x-vercel-forwarded-for", "x-sentry-forwarded-for", "x-forwarded-for")
_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](?::[0-9]+)?|(?P<v4>[0-9.]+):[0-9]+")


class AuthSource(StrEnum):
    """Where credentials were found."""

    HEADER = "x-sentry-auth"
    AUTHORIZATION = "authorization"
    BASIC = "basic"
    QUERY = "query"
    PATH = "path"
    ENVELOPE = "envelope"


@dataclass(frozen=True, slots=True)
class Auth:
    """Credentials of one request. ``client`` is ``name/version`` as sent, "" if it was not."""

    public_key: str
    version: int
    client: str
    source: str


def read_auth(
    headers: Mapping[str, str], query: Sequence[tuple[str, str]], path_key: str | None = None
) -> Auth | None:
    """Return the credentials of a request, or None when it carries none (the envelope header may).

    *headers* have lower-case names, *query* is decoded, *path_key* is the key segment of routes that
    have one. Raises IngestError: MULTIPLE_AUTH when more than one place holds credentials, BAD_AUTH when
    they are malformed, BAD_KEY, BAD_VERSION.
    """
    found: list[tuple[AuthSource, Mapping[str, str] | None]] = []
    if (text := headers.get("x-sentry-auth", "")).strip():
        found.append((AuthSource.HEADER, _read_pairs(text)))
    authorization = headers.get("authorization", "")
    if _SENTRY.match(authorization):
        found.append((AuthSource.AUTHORIZATION, _read_pairs(authorization)))
    elif _BASIC.match(authorization):
        found.append((AuthSource.BASIC, _read_basic(authorization)))
    if parameters := {name: value for name, value in query if name in _PARAMETERS}:
        found.append((AuthSource.QUERY, parameters))
    if path_key is not None:
        found.append((AuthSource.PATH, {"sentry_key": path_key}))
    if not found:
        return None
    if len(found) > 1:
        places = ", ".join(source.value for source, _ in found)
        raise IngestError(
            Reason.MULTIPLE_AUTH, f"multiple authorization payloads detected: found in {places}"
        )
    return _to_auth(*found[0])


def auth_from_dsn(dsn_text: str) -> Auth:
    """Return the credentials in an envelope header's ``dsn``. Raises as `parse_dsn`."""
    return Auth(parse_dsn(dsn_text).public_key, PROTOCOL_VERSION, "", AuthSource.ENVELOPE)


def client_address(headers: Mapping[str, str], peer: str) -> str:
    """Return the address a request says it came from, else *peer*. Any sender can forge it: show it only.

    The first element of the first forwarding header that is an IP address, without its port.
    """
    for name in _ADDRESS_HEADERS:
        if name not in headers:
            continue
        text = headers[name].split(",", 1)[0].strip()
        if match := _WITH_PORT.fullmatch(text):
            text = match["v6"] or match["v4"]
        try:
            ipaddress.ip_address(text)
        except ValueError:
            continue
        return text
    return peer


def _read_pairs(text: str) -> Mapping[str, str] | None:
    """Return the pairs of ``Sentry a=b, c=d``, or None when it is not of that form."""
    start = _SENTRY.match(text)
    if start is None:
        return None
    pairs: dict[str, str] = {}
    for part in text[start.end() :].split(","):
        name, equals, value = part.partition("=")
        if equals:
            pairs[name.strip().lower()] = value.strip()
        elif part.strip():
            return None
    return pairs


def _read_basic(text: str) -> Mapping[str, str] | None:
    """Return the user name as the key. A password is a DSN's old secret, ignored as ``sentry_secret`` is."""
    try:
        decoded = b64decode(text.split(maxsplit=1)[1].strip(), validate=True).decode()
    except (ValueError, IndexError):  # not base64, not UTF-8; nothing there
        return None
    return {"sentry_key": decoded.partition(":")[0]}


def _to_auth(source: AuthSource, pairs: Mapping[str, str] | None) -> Auth:
    if pairs is None:
        raise IngestError(Reason.BAD_AUTH, f"bad {source.value} authorization: not of the expected form")
    key = pairs.get("sentry_key", "")
    if not key:
        raise IngestError(Reason.BAD_AUTH, f"bad {source.value} authorization: missing sentry_key")
    key = key.removesuffix(_NO_CACHE)
    if not is_key(key):
        raise IngestError(Reason.BAD_KEY, "bad public key")
    version = _read_version(pairs.get("sentry_version", ""))
    return Auth(key, version, pairs.get("sentry_client", "")[:256], source)


def _read_version(text: str) -> int:
    whole = text.partition(".")[0].strip()
    if not whole:
        return PROTOCOL_VERSION
    if not (whole.isascii() and whole.isdigit()) or len(whole) > 4 or int(whole) > PROTOCOL_VERSION:
        raise IngestError(Reason.BAD_VERSION, f"unsupported protocol version ({text[:32]})")
    return int(whole)
