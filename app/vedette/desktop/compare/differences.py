"""What differs between two events, part by part. Pure: events in, rows out; bounded whatever they hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from vedette.desktop.compare.volatile import is_noise, steady
from vedette.desktop.issue.facts.breadcrumbs import CrumbRow, crumb_rows
from vedette.desktop.issue.facts.contexts import flag_rows
from vedette.desktop.issue.facts.packages import packages_of
from vedette.desktop.issue.stack.frames import Frame, read_frames
from vedette.desktop.issue.stack.outline import exceptions_of
from vedette.desktop.language import mark, tr
from vedette.desktop.widgets.json_values import Step, as_text, children, is_container, path_text
from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.tags import event_tags

MOST_ROWS = 20_000
_MOST_LEAVES = 5_000
_DEEPEST = 12
_LONGEST = 4_000
_MOST_FRAMES = 250
_MOST_CRUMBS = 100


class Kind(StrEnum):
    """How the two sides of a row stand to each other; its value is the sign shown."""

    SAME = ""
    CHANGED = "~"
    ONLY_A = "-"
    ONLY_B = "+"


class Part(StrEnum):
    """The parts of an event in the order they are shown."""

    EVENT = mark("event")
    EXCEPTION = mark("exception")
    VARIABLE = mark("variable")
    FRAME = mark("frame")
    TAG = mark("tag")
    USER = mark("user")
    REQUEST = mark("request")
    FLAG = mark("feature flag")
    CONTEXT = mark("context")
    EXTRA = mark("additional data")
    BREADCRUMB = mark("breadcrumb")
    TRACE = mark("trace")
    SDK = mark("SDK")
    PACKAGE = mark("package")


@dataclass(frozen=True, slots=True)
class Difference:
    """One row. *a* and *b* are the values as text, None where a side has none."""

    part: Part
    label: str
    a: str | None
    b: str | None
    kind: Kind
    is_noise: bool = False
    at: int = 0  # its place, for lists to tell rows apart

    @property
    def sentence(self) -> str:
        """The row as it is read out."""
        words = {
            Kind.SAME: tr("the same"),
            Kind.CHANGED: tr("differs"),
            Kind.ONLY_A: tr("only in A"),
            Kind.ONLY_B: tr("only in B"),
        }[self.kind]
        sides = ", ".join(
            f"{name}: {value[:200]}" for name, value in (("A", self.a), ("B", self.b)) if value is not None
        )
        return f"{words}, {tr(self.part.value)} {self.label}, {sides}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are of each sort; noise is counted apart."""

    differ: int
    same: int
    only_a: int
    only_b: int
    noise: int


def counts(rows: Sequence[Difference]) -> Counts:
    """Return how many of *rows* differ, are the same, or stand on one side only."""
    told = [row.kind for row in rows if not row.is_noise]
    return Counts(
        told.count(Kind.CHANGED),
        sum(row.kind is Kind.SAME for row in rows),
        told.count(Kind.ONLY_A),
        told.count(Kind.ONLY_B),
        sum(row.is_noise for row in rows),
    )


def differences(a: JsonObject, b: JsonObject) -> tuple[Difference, ...]:
    """Return every part of two normalised events as rows, same ones included, in a fixed order."""
    found: list[Difference] = []
    for rows in (
        _facts(a, b),
        _exceptions(a, b),
        _frames(a, b),
        _pairs(Part.TAG, dict(event_tags(a)), dict(event_tags(b))),
        _values(Part.USER, _user(a), _user(b), ("user",)),
        _request(a, b),
        _pairs(Part.FLAG, _flags(a), _flags(b)),
        _contexts(a, b),
        _values(Part.EXTRA, a.get("extra"), b.get("extra"), ("extra",)),
        _crumbs(a, b),
        _values(Part.SDK, a.get("sdk"), b.get("sdk"), ("sdk",)),
        _pairs(Part.PACKAGE, packages_of(a), packages_of(b)),
    ):
        for row in rows:
            if len(found) == MOST_ROWS:
                return tuple(found)
            found.append(replace(row, at=len(found)))
    return tuple(found)


def swapped(rows: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return *rows* with their sides exchanged."""
    turned = {Kind.ONLY_A: Kind.ONLY_B, Kind.ONLY_B: Kind.ONLY_A}
    return tuple(replace(row, a=row.b, b=row.a, kind=turned.get(row.kind, row.kind)) for row in rows)


def row_of(part: Part, label: str, a: str | None, b: str | None, path: Sequence[Step] = ()) -> Difference:
    """Return the row for two values, at least one of which there is."""
    if a is None:
        kind = Kind.ONLY_B
    elif b is None:
        kind = Kind.ONLY_A
    else:
        kind = Kind.SAME if a == b else Kind.CHANGED
    noise = kind is not Kind.SAME and is_noise((part, *path), a, b)
    return Difference(part, label, a, b, kind, noise)


# -------------------------------------------------------------------- the parts

_FACTS = (
    "level", "logger", "platform", "environment", "release", "dist", "transaction", "type", "event_id",
    "timestamp", "start_timestamp", "fingerprint", "logentry", "server_name",
)  # fmt: skip


def _facts(a: JsonObject, b: JsonObject) -> Iterator[Difference]:
    for name in _FACTS:
        yield from _values(Part.EVENT, a.get(name), b.get(name), (name,), label=name)


def _exceptions(a: JsonObject, b: JsonObject) -> Iterator[Difference]:
    # Counted from the one that was raised, which is the last of a chain.
    sides = [[value for _, value in reversed(exceptions_of(event))] for event in (a, b)]
    for place, (first, second) in enumerate(zip_longest(*sides), start=1):
        number = f"{place} · " if max(map(len, sides)) > 1 else ""
        for name in ("type", "value", "module", "mechanism"):
            yield from _values(
                Part.EXCEPTION,
                (first or {}).get(name),
                (second or {}).get(name),
                ("exception", name),
                label=f"{number}{name}",
            )


def _frames(a: JsonObject, b: JsonObject) -> Iterator[Difference]:
    """Yield variables of frames both have, then frames only one has; innermost first."""
    first, second = _stack(a), _stack(b)
    keys = [[(frame.function, _file(frame)) for frame in stack] for stack in (first, second)]
    alone: list[Difference] = []
    for kind, low, high, start, end in _blocks(*keys):
        if kind == "equal":
            for one, other in zip(first[low:high], second[start:end], strict=True):
                yield from _frame_pair(one, other)
            continue
        alone += [row_of(Part.FRAME, frame.function, frame.location, None) for frame in first[low:high]]
        alone += [row_of(Part.FRAME, frame.function, None, frame.location) for frame in second[start:end]]
    yield from alone


def _frame_pair(one: Frame, other: Frame) -> Iterator[Difference]:
    yield row_of(Part.FRAME, one.function, one.location, other.location)
    sides = (one.variables, other.variables)
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        yield from _values(
            Part.VARIABLE,
            sides[0].get(name),
            sides[1].get(name),
            (one.function, name),
            label=f"{one.function} · {name}",
        )


def _stack(event: JsonObject) -> tuple[Frame, ...]:
    """Return the frames of what was raised, else of the event or a thread, innermost first."""
    platform = str(event.get("platform") or "")
    threads = (event.get("threads") or {}).get("values") or ()
    traces = [value.get("stacktrace") for _, value in reversed(exceptions_of(event))]
    traces += [event.get("stacktrace")]
    traces += [thread.get("stacktrace") for thread in threads if isinstance(thread, dict)]
    for trace in traces:
        if isinstance(trace, dict) and (frames := read_frames(trace, platform)):
            return frames[::-1][:_MOST_FRAMES]
    return ()


def _file(frame: Frame) -> str:
    data = frame.data
    return str(data.get("filename") or data.get("module") or data.get("package") or "")


def _request(a: JsonObject, b: JsonObject) -> Iterator[Difference]:
    sides = [_request_parts(event.get("request")) for event in (a, b)]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        yield from _values(
            Part.REQUEST, sides[0].get(name), sides[1].get(name), ("request", name), label=name
        )


def _request_parts(request: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(request, dict):
        return {}
    found: dict[str, JsonValue] = {}
    for name, value in request.items():
        if name in ("headers", "cookies", "query_string", "env") and isinstance(value, list):
            pairs = (pair for pair in value if isinstance(pair, list) and len(pair) == 2)
            value = {str(key): inner for key, inner in pairs}
        if value is not None:
            found[name] = value
    return found


def _user(event: JsonObject) -> JsonValue:
    """Return the user with what the normaliser put apart in its place, and without what it derived."""
    user = event.get("user")
    if not isinstance(user, dict):
        return None
    more = user.get("data")
    rest = {name: value for name, value in user.items() if name not in ("data", "sentry_user")}
    return {**rest, **more} if isinstance(more, dict) else rest


def _flags(event: JsonObject) -> dict[str, str]:
    return {name: as_text(value) for name, value in flag_rows(event)}


def _contexts(a: JsonObject, b: JsonObject) -> Iterator[Difference]:
    sides: list[JsonObject] = [event.get("contexts") or {} for event in (a, b)]
    for key in sorted({*sides[0], *sides[1]} - {"flags"}):
        yield from _values(Part.CONTEXT, sides[0].get(key), sides[1].get(key), ("contexts", key), label=key)


def _crumbs(a: JsonObject, b: JsonObject) -> Iterator[Difference]:
    """Yield the last breadcrumbs aligned by what they say, the newest first."""
    first, second = _last_crumbs(a), _last_crumbs(b)
    keys = [[(crumb.kind, steady(crumb.text)) for crumb in side] for side in (first, second)]
    for kind, low, high, start, end in _blocks(*keys):
        left, right = list(first[low:high]), list(second[start:end])
        for place, (one, other) in enumerate(zip_longest(left, right)):
            alike = kind == "equal" or (one and other and one.kind == other.kind)
            at = low + place if one else start + place
            if alike:
                yield _crumb_row(at, one, other)
                continue
            for lone in ((one, None), (None, other)):
                if lone[0] or lone[1]:
                    yield _crumb_row(at, *lone)


def _last_crumbs(event: JsonObject) -> tuple[CrumbRow, ...]:
    rows = [row for row in crumb_rows(event) if not row.is_event]
    return tuple(reversed(rows[-_MOST_CRUMBS:]))


def _crumb_row(at: int, one: CrumbRow | None, other: CrumbRow | None) -> Difference:
    crumb = one or other
    kind = crumb.kind if crumb is not None else ""
    return row_of(
        Part.BREADCRUMB,
        f"−{at + 1}  {kind}",
        None if one is None else one.text,
        None if other is None else other.text,
    )


# -------------------------------------------------------------------- values


def _pairs(part: Part, a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys([*a, *b]):
        yield row_of(part, name, a.get(name), b.get(name), (name,))


def _values(
    part: Part, a: JsonValue, b: JsonValue, path: tuple[Step, ...], *, label: str = ""
) -> Iterator[Difference]:
    """Yield a row for each plain value inside *a* and *b*, by their paths below *label*."""
    first, second = dict(_leaves(a)), dict(_leaves(b))
    for below in dict.fromkeys([*first, *second]):
        inner = path_text(below)
        joint = "" if not label or not inner or inner.startswith("[") else "."
        yield row_of(
            part, f"{label}{joint}{inner}" or path_text(path), first.get(below), second.get(below),
            (*path, *below),
        )  # fmt: skip


def _leaves(value: JsonValue) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the paths and texts of plain values inside *value*; empty containers count as such."""
    waiting: list[tuple[tuple[Step, ...], Any]] = [((), value)] if value is not None else []
    told = 0
    while waiting and told < _MOST_LEAVES:
        path, here = waiting.pop()
        inner = children(here) if is_container(here) and len(path) < _DEEPEST else []
        if inner:
            waiting += [((*path, step), one) for step, one in reversed(inner[:_MOST_LEAVES])]
            continue
        told += 1
        yield path, as_text(here)[:_LONGEST]


def _blocks(a: Sequence[object], b: Sequence[object]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())


# -------------------------------------------------------------------- within one row

Span = tuple[int, int]
_LONGEST_MARKED = 400


@lru_cache(maxsize=1_000)
def marks(a: str, b: str) -> tuple[list[Span], list[Span]]:
    """Return which parts of two texts differ, as [start, end) in each; all of both where little is alike."""
    if a == b:
        return [], []
    if max(len(a), len(b)) > _LONGEST_MARKED:
        return _around(a, b)
    matcher = SequenceMatcher(None, _words(a), _words(b), autojunk=False)
    if matcher.ratio() < 0.3:
        return _span(0, len(a)), _span(0, len(b))
    ends = [_ends(_words(text)) for text in (a, b)]
    found: tuple[list[Span], list[Span]] = ([], [])
    for kind, low, high, start, end in matcher.get_opcodes():
        if kind != "equal":
            for side, (first, last) in enumerate(((low, high), (start, end))):
                if first < last:
                    found[side].append((ends[side][first], ends[side][last]))
    return found


def _around(a: str, b: str) -> tuple[list[Span], list[Span]]:
    """Return the middles of two long texts that begin and end alike."""
    head = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return _span(head, len(a) - tail), _span(head, len(b) - tail)


def _span(start: int, end: int) -> list[Span]:
    return [(start, end)] if start < end else []


def _words(text: str) -> list[str]:
    words: list[str] = []
    for letter in text:
        if words and words[-1][-1].isalnum() and letter.isalnum():
            words[-1] += letter
        else:
            words.append(letter)
    return words


def _ends(words: Sequence[str]) -> list[int]:
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return ends
