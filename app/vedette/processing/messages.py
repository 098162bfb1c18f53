"""Log entries: the message of an event with its parameters put in."""

import re
from collections.abc import Iterator

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.faults import Faults
from vedette.processing.shapes import json_text, primitive_text

_PRINTF = re.compile(r"%(?:%|(?:\((?P<name>[^)]*)\))?[-#0+]*\d*(?:\.\d+)?[hlL]?(?P<type>[diouxXeEfFgGcrsa]))")
_CURLY = re.compile(r"\{\{|\}\}|\{(?P<key>[^{}:!]*)(?:[:!][^{}]*)?\}")


class _MissingError(Exception):
    """The text asks for a parameter that is not there."""


def settle_message(event: JsonObject, faults: Faults) -> None:
    """Put ``logentry`` (or the older ``message``) into ``{message?, params?, formatted}``.

    A text without parameters is only ``formatted``.
    """
    plain = event.pop("message", None)
    entry = event.pop("logentry", None)
    if entry is None:
        entry = plain
    if type(entry) is dict:
        settled = _settle_entry(entry, faults)
    elif entry is None or entry is False:
        return
    else:
        text = json_text(entry) if type(entry) in (dict, list) else _message_text(entry, faults, "formatted")
        settled = {"formatted": text} if text is not None else {}
    if settled:
        event["logentry"] = settled


def _message_text(value: JsonValue, faults: Faults, name: str) -> str | None:
    if value is None or value is False:
        return None
    if type(value) in (str, int, float, bool):
        return str(value) if type(value) is str else primitive_text(value)
    faults.invalid(("logentry", name), value, "expected a string")
    return None


def _settle_entry(entry: JsonObject, faults: Faults) -> JsonObject:
    message = _message_text(entry.get("message"), faults, "message")
    formatted = _message_text(entry.get("formatted"), faults, "formatted")
    params = entry.get("params")
    if type(params) not in (list, dict, type(None)):
        params = [params]
    if formatted is None and message is not None:
        formatted = format_message(message, params) if params else message
    settled = {key: value for key, value in entry.items() if key not in ("message", "formatted", "params")}
    if message is not None and message != formatted:
        settled["message"] = message
    if formatted is not None:
        settled["formatted"] = formatted
    if params is not None:
        settled["params"] = params
    return settled


def format_message(message: str, params: JsonValue) -> str:
    """Return *message* with ``%s``-like, or else ``{}``-like, places filled from *params* (list or object).

    Widths and precisions are not applied. If a parameter is missing, the message comes back unchanged.
    """
    try:
        if _PRINTF.search(message):
            return _fill_printf(message, params)
        if "{" in message:
            return _fill_curly(message, params)
    except _MissingError:
        pass
    return message


def _fill_printf(message: str, params: JsonValue) -> str:
    positions = iter(params) if type(params) is list else None

    def fill(match: re.Match[str]) -> str:
        if match["type"] is None:
            return "%"
        if match["name"] is not None:
            return _render(_named(params, match["name"]))
        return _render(_next(positions))

    return _PRINTF.sub(fill, message)


def _fill_curly(message: str, params: JsonValue) -> str:
    positions = iter(params) if type(params) is list else None

    def fill(match: re.Match[str]) -> str:
        key = match["key"]
        if key is None:
            return match[0][0]
        if key == "":
            return _render(_next(positions))
        return _render(_named(params, key))

    return _CURLY.sub(fill, message)


def _next(positions: Iterator[JsonValue] | None) -> JsonValue:
    if positions is None:
        raise _MissingError
    for value in positions:
        return value
    raise _MissingError


def _named(params: JsonValue, key: str) -> JsonValue:
    if type(params) is dict and key in params:
        return params[key]
    if type(params) is list and key.isdecimal() and int(key[:6]) < len(params):
        return params[int(key[:6])]
    raise _MissingError


def _render(value: JsonValue) -> str:
    return json_text(value)
