"""Members of an event by the names they are searched by, each with all its values: any exception, any frame.

The event is a normalised one. Names are Sentry's (getsentry/sentry `search/events`), as the store's table of
keys has them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from typing_extensions import override

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.search_members import LONGEST, MOST_VALUES, OF_FRAMES
from vedette.processing.exceptions import event_exceptions, event_stacktraces
from vedette.processing.heading import event_heading
from vedette.processing.search_text import body_text

Values = list[JsonValue]

_FRAME = ("abs_path", "filename", "function", "module", "package", "lineno", "colno", "in_app")
_USER = {"id": "id", "email": "email", "username": "username", "ip_address": "ip"}
_GEO = ("country_code", "region", "city")
# Contexts whose members are searched for under the context's own name.
_CONTEXTS = ("os", "device", "app", "browser", "runtime", "gpu")


class SearchMembers(Mapping[str, Values]):
    """The members of *event*; those of a sort are read when the first of them is asked for."""

    def __init__(self, event: JsonObject) -> None:
        self._event = event

    @override
    def __getitem__(self, name: str) -> Values:
        for sort in self._sort_of(name):
            if name in sort:
                return sort[name]
        raise KeyError(name)

    @override
    def __iter__(self) -> Iterator[str]:
        for sort in (self._errors, self._frames, self._others, self._words):
            yield from sort

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _sort_of(self, name: str) -> Iterable[Mapping[str, Values]]:
        if name.startswith("error."):
            yield self._errors
        elif name.startswith("stack."):
            yield self._frames
        elif name in ("text", "title"):
            yield self._words
        else:
            yield self._others

    @cached_property
    def _errors(self) -> dict[str, Values]:
        found: dict[str, Values] = {"error.type": [], "error.value": [], "error.mechanism": []}
        main: Values = []
        threads = self._event.get("threads")
        known = {
            thread.get("id"): thread.get("main") for thread in (threads or {}).get("values") or () if thread
        }
        for exception in event_exceptions(self._event):
            _put(found, "error.type", exception.get("type"))
            _put(found, "error.value", exception.get("value"))
            _put(found, "error.mechanism", (exception.get("mechanism") or {}).get("type"))
            is_main = (
                known.get(exception.get("thread_id")) if exception.get("thread_id") is not None else None
            )
            if is_main is not None:
                main.append(bool(is_main))
        found["error.main_thread"] = main
        return found

    @cached_property
    def _frames(self) -> dict[str, Values]:
        found: dict[str, Values] = {f"stack.{name}": [] for name in (*_FRAME, "stack_level")}
        for stacktrace in event_stacktraces(self._event):
            for level, frame in enumerate(stacktrace["frames"]):
                if frame:
                    found["stack.stack_level"].append(level)
                    for name in _FRAME:
                        _put(found, f"stack.{name}", frame.get(name))
        return found

    @cached_property
    def _others(self) -> dict[str, Values]:
        found: dict[str, Values] = {}
        user = self._event.get("user") or {}
        for member, name in _USER.items():
            _put(found, f"user.{name}", user.get(member))
        geo = user.get("geo") or {}
        for name in _GEO:
            _put(found, f"geo.{name}", geo.get(name))
        sdk = self._event.get("sdk") or {}
        for name in ("name", "version"):
            _put(found, f"sdk.{name}", sdk.get(name))
        self._add_request(found)
        self._add_contexts(found)
        return found

    def _add_request(self, found: dict[str, Values]) -> None:
        request = self._event.get("request") or {}
        _put(found, "http.method", request.get("method"))
        _put(found, "http.url", request.get("url"))
        for header in request.get("headers") or ():
            if isinstance(header, list) and len(header) == 2 and str(header[0]).lower() == "referer":
                _put(found, "http.referer", header[1])

    def _add_contexts(self, found: dict[str, Values]) -> None:
        for key, context in (self._event.get("contexts") or {}).items():
            if not isinstance(context, dict):
                continue
            kind = context.get("type") or key
            if kind == "response":
                _put(found, "http.status_code", context.get("status_code"))
            elif kind == "flags":
                _add_flags(found, context.get("values"))
            elif kind in _CONTEXTS:
                for name, value in context.items():
                    _put(found, f"{kind}.{name}", value)

    @cached_property
    def _words(self) -> dict[str, Values]:
        heading = event_heading(self._event)
        return {"title": [heading.title], "text": [heading.title, body_text(self._event, heading.culprit)]}


def _put(found: dict[str, Values], name: str, value: Any) -> None:
    if value is not None and value != "":
        found.setdefault(name, []).append(value)


def _add_flags(found: dict[str, Values], values: JsonValue) -> None:
    for entry in values if isinstance(values, list) else ():
        if isinstance(entry, dict) and type(entry.get("flag")) is str:
            _put(found, f"flags[{entry['flag']}]", entry.get("result"))


def indexed_members(event: JsonObject) -> tuple[tuple[str, str], ...]:
    """Return the members that are indexed with an event, those of OF_EVENTS: name and value, each once."""
    found: dict[tuple[str, str], None] = {}
    # Read one by one: reading all members of an event takes four times as long, for each event that comes.
    for exception in event_exceptions(event)[:MOST_VALUES]:
        _index(found, "error.type", exception.get("type"))
        mechanism = exception.get("mechanism")
        if mechanism:
            _index(found, "error.mechanism", mechanism.get("type"))
    user = event.get("user")
    if user:
        for member, name in _USER_NAMES:
            _index(found, name, user.get(member))
        geo = user.get("geo")
        if geo:
            for name in _GEO:
                _index(found, f"geo.{name}", geo.get(name))
    request = event.get("request")
    if request:
        _index(found, "http.method", request.get("method"))
    for key, context in (event.get("contexts") or {}).items():
        if context and (context.get("type") or key) == "response":
            _index(found, "http.status_code", context.get("status_code"))
    sdk = event.get("sdk")
    if sdk:
        _index(found, "sdk.name", sdk.get("name"))
        _index(found, "sdk.version", sdk.get("version"))
    return tuple(found)


_USER_NAMES = tuple((member, f"user.{name}") for member, name in _USER.items())
_FRAME_NAMES = tuple((name.removeprefix("stack."), name) for name in OF_FRAMES)


def indexed_frames(event: JsonObject) -> tuple[tuple[str, str], ...]:
    """Return the members of frames that are indexed with a stack: name and value, each once."""
    found: dict[tuple[str, str], None] = {}
    for stacktrace in event_stacktraces(event):
        for frame in stacktrace["frames"]:
            if frame:
                for member, name in _FRAME_NAMES:
                    _index(found, name, frame.get(member))
    return tuple(found)


def _index(found: dict[tuple[str, str], None], name: str, value: JsonValue) -> None:
    """Add *value* as terms have it, if it is a text or a whole number."""
    if type(value) is str:
        if value:
            found[name, value[:LONGEST]] = None
    elif type(value) is int:
        found[name, str(value)] = None
