"""The HTTP request an event happened in, in canonical form: lists of pairs, one spelling of header names."""

from functools import lru_cache
from urllib.parse import parse_qsl, unquote_plus

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.faults import Faults
from vedette.processing.shapes import ARRAY, MAPPING, TEXT, UNSIGNED, Shape, as_object, json_text

Pairs = list[list[JsonValue]]

_REQUEST = Shape(
    url=TEXT,
    method=TEXT,
    protocol=TEXT,
    fragment=TEXT,
    body_size=UNSIGNED,
    env=MAPPING,
    inferred_content_type=TEXT,
    api_target=TEXT,
    headers=ARRAY,
    cookies=ARRAY,
    query_string=ARRAY,
)


def settle_request(event: JsonObject, faults: Faults) -> None:
    """Put ``request`` into canonical form: URL without query and fragment, pairs, decoded body."""
    if "request" not in event:
        return
    request = as_object(event["request"], faults, ("request",), "request")
    if request is None:
        event["request"] = None
        return
    for name, reader in (
        ("headers", _read_headers),
        ("cookies", _read_cookies),
        ("query_string", _read_query),
    ):
        if request.get(name) is not None:
            request[name] = reader(request[name])
    _REQUEST.check(request, faults, ("request",))
    _split_url(request)
    _settle_method(request, faults)
    _move_cookies(request)
    if type(request.get("data")) is str:
        _decode_body(request)


def header(request: JsonObject, name: str) -> str:
    """Return the header *name* (Title-Case) of a settled request, "" if it has none."""
    for pair in request.get("headers") or ():
        if pair[0] == name:
            return pair[1] or ""
    return ""


def _split_url(request: JsonObject) -> None:
    url = request.get("url")
    if not url:
        return
    rest, _, fragment = url.partition("#")
    rest, _, query = rest.partition("?")
    if fragment and not request.get("fragment"):
        request["fragment"] = fragment
    if query and not request.get("query_string"):
        request["query_string"] = _read_query(query)
    request["url"] = rest


def _settle_method(request: JsonObject, faults: Faults) -> None:
    method = request.get("method")
    if method is None:
        return
    upper = method.strip().upper()
    if 3 <= len(upper) <= 32 and upper.isascii() and upper.replace("-", "A").replace("_", "A").isalpha():
        request["method"] = upper
    else:
        request["method"] = None
        faults.invalid(("request", "method"), method, "invalid http method")


def _move_cookies(request: JsonObject) -> None:
    headers = request.get("headers")
    if not headers:
        return
    sent = [pair for pair in headers if pair[0] == "Cookie"]
    if sent:
        request["headers"] = [pair for pair in headers if pair[0] != "Cookie"]
        if not request.get("cookies"):
            request["cookies"] = _read_cookies(sent[0][1] or "")


def _pairs(value: JsonValue) -> Pairs | None:
    """Return a map or a list of pairs as pairs; entries of another shape are left out. None: neither."""
    if type(value) is dict:
        return [[key, item] for key, item in value.items()]
    if type(value) is list:
        return [[str(pair[0]), pair[1]] for pair in value if type(pair) is list and len(pair) == 2]
    return None


def _read_headers(value: JsonValue) -> JsonValue:
    pairs = _pairs(value)
    if pairs is None:
        return value
    settled = [[_title_case(key), _header_text(item)] for key, item in pairs]
    if type(value) is dict:  # a client that sends a list has an order of its own
        settled.sort(key=lambda pair: str(pair[0]))
    return settled


def _header_text(value: JsonValue) -> str | None:
    if type(value) is str or value is None:
        return value
    if type(value) is list:
        return ",".join(json_text(item) for item in value)
    return json_text(value)


@lru_cache(maxsize=1024)
def _title_case(name: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in name[:1024].split("-"))


def _read_cookies(value: JsonValue) -> JsonValue:
    if type(value) is str:
        parts = (part.strip().partition("=") for part in value.split(";"))
        return [[name, text] for name, _, text in parts if name]
    pairs = _pairs(value)
    if pairs is None:
        return value
    return [[key, None if item is None else json_text(item)] for key, item in pairs]


def _read_query(value: JsonValue) -> JsonValue:
    if type(value) is str:
        parts = (part.partition("=") for part in value.removeprefix("?").split("&") if part)
        return [[unquote_plus(name), unquote_plus(text)] for name, _, text in parts]
    pairs = _pairs(value)
    if pairs is None:
        return value
    return [[key, "" if item is None else json_text(item)] for key, item in pairs]


def _decode_body(request: JsonObject) -> None:
    """A body that is JSON or an urlencoded form is shown decoded, and says which it was."""
    body = request["data"]
    if body[:1] in "{[" and body:
        try:
            request["data"] = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        request["inferred_content_type"] = "application/json"
    elif _looks_like_form(body):
        request["data"] = dict(parse_qsl(body, keep_blank_values=True))
        request["inferred_content_type"] = "application/x-www-form-urlencoded"


def _looks_like_form(body: str) -> bool:
    if "=" not in body or not body.isascii() or not body.isprintable() or " " in body:
        return False
    return all(pair.partition("=")[1] and pair[:1] not in "=<" for pair in body.split("&"))
