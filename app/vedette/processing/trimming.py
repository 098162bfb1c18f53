"""Trimming an event's long values as the protocol's server does, with a note of each in ``_meta``.

Off unless a project asks for it: here an item's size is bound anyway, and a value cut is a value lost. Limits
are in characters with an allowance (what is a little longer stays), or in bytes of JSON and depth for
free-form values.

Source: the limits in the protocol's event schema, measured where the vectors say so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.scrubbing.redaction import note

FRAMES = 250
FIRST_FRAMES = 50
DETAILED_FRAMES = 50
_DOTS = "..."
_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Chars:
    most: int
    allowance: int = 0


@dataclass(frozen=True, slots=True)
class _Bag:
    size: int  # bytes of JSON
    depth: int


_Limits = Mapping[str, _Chars | _Bag]

_MESSAGE = _Chars(8192, 200)
_SHORT = _Chars(256, 20)
_TRACE: _Limits = {
    "function": _Chars(512, 20),
    "raw_function": _Chars(512, 20),
    "symbol": _Chars(512),
    "filename": _Chars(256, 40),
    "abs_path": _Chars(256, 40),
    "trust": _Chars(128),
    "lang": _Chars(128),
    "vars": _Bag(2048, 5),
}
_EXCEPTION: _Limits = {"type": _SHORT, "value": _MESSAGE, "module": _SHORT}
_MECHANISM: _Limits = {
    "type": _Chars(128),
    "description": _MESSAGE,
    "help_link": _Chars(256, 40),
    "source": _Chars(128),
    "data": _Bag(2048, 5),
}
_THREAD: _Limits = {"id": _SHORT, "name": _Chars(1024, 100)}
_BREADCRUMB: _Limits = {
    "type": _Chars(128),
    "category": _Chars(128),
    "message": _MESSAGE,
    "data": _Bag(2048, 5),
}
_TOP: _Limits = {
    "culprit": _Chars(200),
    "transaction": _Chars(200),
    "logger": _Chars(64),
    "modules": _Bag(8192, 7),
    "server_name": _SHORT,
    "release": _Chars(200),
    "environment": _Chars(64),
    "site": _SHORT,
    "checksum": _Chars(128),
}
_LOGENTRY: _Limits = {"message": _MESSAGE, "formatted": _MESSAGE, "params": _Bag(2048, 5)}
_USER: _Limits = {"id": _Chars(128), "email": _Chars(75), "username": _Chars(128), "name": _Chars(128)}
_REQUEST: _Limits = {
    "url": _Chars(256, 40),
    "fragment": _Chars(1024, 100),
    "data": _Bag(8192, 7),
    "query_string": _Bag(1024, 3),
    "cookies": _Bag(2048, 5),
    "headers": _Bag(8192, 7),
    "env": _Bag(8192, 7),
}
_SDK: _Limits = {"name": _SHORT, "version": _SHORT}
_EXTRA = _Bag(262_144, 7)
_EXTRA_VALUE = 16_384
_CONTEXT = _Bag(8192, 7)
_FLAGS = _Bag(131_072, 7)
_SPANS = 819_200


def trim_event(event: JsonObject) -> None:
    """Trim a normalised *event* in place. Never raises."""
    _Trimmer(event).run()


class _Trimmer:
    def __init__(self, event: JsonObject) -> None:
        self._event = event
        sent = event.get("_meta")
        self._meta: JsonObject = sent if type(sent) is dict else {}

    def run(self) -> None:
        event = self._event
        self._record(event, _TOP, ())
        for name, limits in (("logentry", _LOGENTRY), ("user", _USER), ("request", _REQUEST), ("sdk", _SDK)):
            part = event.get(name)
            if type(part) is dict:
                self._record(part, limits, (name,))
        for place, entry in self._entries("exception"):
            self._record(entry, _EXCEPTION, place)
            self._part(entry, "mechanism", _MECHANISM, place)
            self._traces(entry, place)
        for place, entry in self._entries("threads"):
            self._record(entry, _THREAD, place)
            self._traces(entry, place)
        for place, entry in self._entries("breadcrumbs"):
            self._record(entry, _BREADCRUMB, place)
        self._traces(event, ())
        self._extra()
        self._contexts()
        self._spans()
        if self._meta:
            event["_meta"] = self._meta

    def _entries(self, name: str) -> Iterator[tuple[_Path, JsonObject]]:
        holder = self._event.get(name)
        values = holder.get("values") if type(holder) is dict else None
        for index, entry in enumerate(values if type(values) is list else ()):
            if type(entry) is dict:
                yield (name, "values", index), entry

    def _part(self, holder: JsonObject, name: str, limits: _Limits, path: _Path) -> None:
        part = holder.get(name)
        if type(part) is dict:
            self._record(part, limits, (*path, name))

    def _record(self, record: JsonObject, limits: _Limits, path: _Path) -> None:
        for name, limit in limits.items():
            value = record.get(name)
            if value is None:
                continue
            if isinstance(limit, _Bag):
                record[name] = self._bag(value, limit, (*path, name))
            elif type(value) is str and len(value) > limit.most + limit.allowance:
                record[name] = self._cut(value, limit.most, (*path, name))

    def _cut(self, text: str, most: int, path: _Path) -> str:
        kept = text[: max(0, most - len(_DOTS))] + _DOTS
        note(self._meta, _steps(path), [["!limit", "s", len(kept) - len(_DOTS), len(kept)]], len(text))
        return kept

    # ---------------------------------------------------------------- stack traces

    def _traces(self, holder: JsonObject, path: _Path) -> None:
        for name in ("stacktrace", "raw_stacktrace"):
            trace = holder.get(name)
            frames = trace.get("frames") if type(trace) is dict else None
            if type(trace) is dict and type(frames) is list:
                place = (*path, name, "frames")
                if len(frames) > FRAMES:
                    note(self._meta, _steps(place), [], len(frames))
                    frames = [*frames[:FIRST_FRAMES], *frames[-(FRAMES - FIRST_FRAMES) :]]
                    trace["frames"] = frames
                _slim(frames)
                for index, frame in enumerate(frames):
                    if type(frame) is dict:
                        self._record(frame, _TRACE, (*place, index))

    # ---------------------------------------------------------------- free-form values

    def _extra(self) -> None:
        extra = self._event.get("extra")
        if type(extra) is not dict:
            return
        for key, value in extra.items():
            extra[key] = self._bag(value, _Bag(_EXTRA_VALUE, _EXTRA.depth - 1), ("extra", key))
        self._event["extra"] = self._bag(extra, _EXTRA, ("extra",))

    def _contexts(self) -> None:
        contexts = self._event.get("contexts")
        if type(contexts) is not dict:
            return
        for name, context in contexts.items():
            if type(context) is dict and name != "trace":
                limit = _FLAGS if name == "flags" else _CONTEXT
                contexts[name] = self._bag(context, limit, ("contexts", name))

    def _spans(self) -> None:
        spans = self._event.get("spans")
        if type(spans) is not list:
            return
        size = 0
        for index, span in enumerate(spans):
            size += _size(span) + 1
            if size > _SPANS:
                note(self._meta, ("spans",), [], len(spans))
                self._event["spans"] = spans[:index]
                return

    def _bag(self, value: JsonValue, limit: _Bag, path: _Path) -> JsonValue:
        """Return the free-form *value* within *limit*; a container at its depth is put into a text."""
        if type(value) not in (dict, list, str):
            return value
        if _is_shallow(value, limit.depth - 1) and _size(value) <= limit.size:
            return value
        return self._fill(value, limit.depth - 1, [limit.size], path)

    def _fill(self, value: JsonValue, depth: int, room: list[int], path: _Path) -> JsonValue:
        """Return *value* as far as *room* (bytes, counted down) and *depth*, at most 7, go."""
        if type(value) in (dict, list) and depth <= 0:
            value = _json(value)
        if type(value) is str:
            if len(value) > room[0]:
                value = self._cut(value, max(len(_DOTS), room[0]), path)
            room[0] -= len(value) + 2
            return value
        if type(value) is dict:
            return self._fill_object(value, depth, room, path)
        if type(value) is list:
            return self._fill_list(value, depth, room, path)
        room[0] -= _size(value)
        return value

    def _fill_object(self, value: JsonObject, depth: int, room: list[int], path: _Path) -> JsonValue:
        room[0] -= 2
        kept: JsonObject = {}
        for key, inner in value.items():
            if room[0] <= 0:
                note(self._meta, _steps(path), [], len(value))
                break
            room[0] -= len(key) + 4
            kept[key] = self._fill(inner, depth - 1, room, (*path, key))
        return kept

    def _fill_list(self, value: list[JsonValue], depth: int, room: list[int], path: _Path) -> JsonValue:
        room[0] -= 2
        kept: list[JsonValue] = []
        for index, inner in enumerate(value):
            if room[0] <= 0:
                note(self._meta, _steps(path), [], len(value))
                break
            room[0] -= 1
            kept.append(self._fill(inner, depth - 1, room, (*path, index)))
        return kept


def _slim(frames: list[JsonValue]) -> None:
    """Take source lines and variables from all but 50 frames: the application's first, half from each end."""
    records: list[JsonObject] = [frame for frame in frames if type(frame) is dict]
    if len(records) <= DETAILED_FRAMES:
        return
    in_app = [frame for frame in records if frame.get("in_app")]
    kept = _ends(in_app, DETAILED_FRAMES)
    if len(kept) < DETAILED_FRAMES:
        kept += _ends([frame for frame in records if not frame.get("in_app")], DETAILED_FRAMES - len(kept))
    keep = {id(frame) for frame in kept}
    for frame in records:
        if id(frame) not in keep:
            for name in ("pre_context", "context_line", "post_context", "vars"):
                frame.pop(name, None)


def _ends(frames: list[JsonObject], count: int) -> list[JsonObject]:
    if len(frames) <= count:
        return frames
    return frames[: count // 2] + frames[len(frames) - (count - count // 2) :]


def _steps(path: _Path) -> list[str]:
    return [str(step) for step in path]


def _is_shallow(value: JsonValue, depth: int) -> bool:
    """Return whether containers in *value*, itself one of them, are at most *depth* levels deep."""
    level = [value]
    for _ in range(depth + 1):
        level = [one for one in level if type(one) in (dict, list)]
        if not level:
            return True
        level = [inner for one in level for inner in (one.values() if type(one) is dict else one)]
    return False


def _size(value: JsonValue) -> int:
    return len(_json(value))


def _json(value: JsonValue) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return "<nested too deeply>"
