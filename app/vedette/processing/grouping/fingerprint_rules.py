"""Rules that set the fingerprint of events: ``type:TimeoutError logger:shop.* -> timeout, {{ logger }}``.

The syntax is Sentry's. A rule counts for an event if all of its matchers do; they are sorted into kinds, and
of each kind one record of the event (one exception, one frame …) must satisfy them all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping.fields import (
    deciding_thread,
    frames_of,
    object_of,
    tag_pairs,
    text_of,
    values_of,
)
from vedette.processing.grouping.functions import family_of, trim
from vedette.processing.grouping.globs import NEVER, Glob, GlobError, Style, compile_glob
from vedette.processing.grouping.rule_text import MOST_PARTS, Line, Matcher, read_rules

Record = dict[str, str | bool]

_ALIASES = {
    "error.type": "type",
    "error.value": "value",
    "stack.module": "module",
    "stack.abs_path": "path",
    "stack.package": "package",
    "stack.function": "function",
}
_KINDS = {
    "message": "message",
    "logger": "log",
    "level": "log",
    "type": "exception",
    "value": "exception",
    "sdk": "sdk",
    "family": "family",
    "release": "release",
    "module": "frame",
    "path": "frame",
    "package": "frame",
    "function": "frame",
    "app": "frame",
}
MATCHERS = (*_KINDS, *_ALIASES, "tags.NAME")
FAMILIES = ("native", "javascript", "other", "all")
TRUE, FALSE = ("1", "yes", "true"), ("0", "no", "false")

_PLAIN = Style(newlines=True)
_ANY_CASE = Style(newlines=True, ignores_case=True)
_PATH = Style(newlines=True, ignores_case=True, is_path=True)
_STYLES = {
    "message": _ANY_CASE,
    "value": _ANY_CASE,
    "level": _ANY_CASE,
    "path": _PATH,
    "package": _PATH,
    "release": _PATH,
}
_PATH_KEYS = tuple(key for key, style in _STYLES.items() if style is _PATH)
_UNKNOWN = "<unknown>"

_TITLE = re.compile(r"title\s*=\s*(?=\")")
_ENTRY = re.compile(r"(?:\{\{\s*[^\s{}]+\s*\}\}|[^\s{,]|\{(?!\{))+")
_SEPARATOR = re.compile(r"[ \t]*,?[ \t]*")
_MOST_RECORDS = 2_000  # frames of an event that are looked at


@dataclass(frozen=True, slots=True)
class Condition:
    """A matcher ready for use."""

    matcher: Matcher
    key: str  # the matcher's name without alias
    kind: str
    glob: Glob | None  # None: what is compared is not text
    choices: tuple[str, ...] = ()  # families, SDKs
    flag: bool = False  # app

    def holds(self, record: Record) -> bool:
        """Whether *record* of the condition's kind satisfies it."""
        return self._fits(record) is not self.matcher.is_negated

    def _fits(self, record: Record) -> bool:
        if self.key == "message":
            return any(self._fits_text(record.get(name)) for name in ("message", "value"))
        value = record.get(self.key)
        if self.key == "app":
            return value is self.flag
        if self.key == "path":
            return self._fits_text(value) or self._fits_text(record.get("filename"))
        if self.choices and ("all" in self.choices or value in self.choices):
            return True
        return self._fits_text(value)

    def _fits_text(self, value: str | bool | None) -> bool:
        if not isinstance(value, str) or self.glob is None:
            return False
        if self.key not in _PATH_KEYS:
            return self.glob.fits(value)
        path = value.replace("\\", "/")
        return self.glob.fits(path) or (not path.startswith("/") and self.glob.fits(f"/{path}"))


@dataclass(frozen=True)
class FingerprintRule:
    """One rule: when, and which fingerprint then. ``title`` is what events are called then."""

    conditions: tuple[Condition, ...]
    fingerprint: tuple[str, ...]
    title: str | None = None
    is_built_in: bool = False

    @property
    def text(self) -> str:
        """The rule as it could be written."""
        matchers = " ".join(each.matcher.text for each in self.conditions)
        title = f' title="{self.title}"' if self.title is not None else ""
        return f"{matchers} -> {', '.join(self.fingerprint)}{title}"

    @cached_property
    def _kinds(self) -> "Kinds":
        return by_kind(self.conditions)

    def fits(self, facts: "Facts") -> bool:
        """Whether the rule counts for the event that *facts* are of."""
        return all_hold(self._kinds, facts)


class Facts:
    """What of an event the matchers look at, each kind read when it is first asked for."""

    def __init__(self, event: JsonObject) -> None:
        self._event = event
        self._found: dict[str, Sequence[Record]] = {}

    def records(self, kind: str) -> Sequence[Record]:
        """Return the records of *kind*."""
        found = self._found.get(kind)
        if found is None:
            found = self._found[kind] = _READERS[kind](self._event)
        return found


Kinds = tuple[tuple[str, tuple[Condition, ...]], ...]


def by_kind(conditions: Sequence[Condition]) -> Kinds:
    """Return *conditions* sorted into kinds."""
    kinds: dict[str, list[Condition]] = {}
    for condition in conditions:
        kinds.setdefault(condition.kind, []).append(condition)
    return tuple((kind, tuple(found)) for kind, found in kinds.items())


def all_hold(kinds: Kinds, facts: Facts) -> bool:
    """Whether for each of *kinds* one record satisfies all conditions of that kind."""
    for kind, wanted in kinds:
        for record in facts.records(kind):
            for condition in wanted:
                if not condition.holds(record):
                    break
            else:
                break
        else:
            return False
    return True


def parse_fingerprint_rules(text: str) -> tuple[FingerprintRule, ...]:
    """Return the rules in *text*, one a line, in order. Raises RuleTextError."""
    return read_rules(text, _read_rule)


def parse_matchers(text: str) -> tuple[Condition, ...]:
    """Return the matchers in *text*, as on the left of a rule's arrow. Raises RuleTextError."""
    line = Line(text)
    found = _read_matchers(line)
    if not line.is_done():
        raise line.error("nothing but matchers is expected here")
    return found


def make_rule(matchers: Sequence[Matcher], fingerprint: Sequence[str]) -> FingerprintRule:
    """Return the rule of parts that are read already, the way Sentry stores rules. Raises RuleTextError.

    Patterns that are none fit nothing, as in Sentry: nobody is there to write them anew.
    """
    line = Line("")
    conditions = (_condition(each, line, 0, is_strict=False) for each in matchers)
    return FingerprintRule(tuple(conditions), tuple(fingerprint))


def _read_rule(line: Line) -> FingerprintRule:
    conditions = _read_matchers(line)
    if not line.takes("->"):
        raise line.error("expected -> and a fingerprint after the matchers")
    entries: list[str] = []
    title = None
    while not line.is_done():
        if line.take(_TITLE):
            title = line.quoted()
        elif line.text.startswith('"', line.at):
            entries.append(line.quoted())
        else:
            found = line.take(_ENTRY)
            if found is None:
                raise line.error("expected an entry of the fingerprint")
            entries.append(found[0])
        line.take(_SEPARATOR)
        if len(entries) > MOST_PARTS:
            raise line.error(f"a fingerprint has at most {MOST_PARTS} entries")
    if not entries:
        raise line.error("expected a fingerprint after ->")
    return FingerprintRule(conditions, tuple(entries), title)


def _read_matchers(line: Line) -> tuple[Condition, ...]:
    found: list[Condition] = []
    while not line.is_done() and not line.text.startswith("->", line.at):
        at = line.at
        found.append(_condition(line.matcher(), line, at))
        if len(found) > MOST_PARTS:
            raise line.error(f"a rule has at most {MOST_PARTS} matchers")
    if not found:
        raise line.error("expected a matcher like type:TimeoutError")
    return tuple(found)


def _condition(matcher: Matcher, line: Line, at: int, *, is_strict: bool = True) -> Condition:
    key = _ALIASES.get(matcher.name, matcher.name)
    argument = matcher.argument

    def glob(style: Style) -> Glob:
        try:
            compiled = compile_glob(argument, style)
        except GlobError as error:
            if is_strict:
                raise line.error(f"the pattern {argument!r} is none: {error}", at) from None
            return NEVER
        line.expressions += len(compiled.expressions)
        return compiled

    if key.startswith("tags.") and key != "tags.":
        return Condition(matcher, key, "tags", glob(_PLAIN))
    kind = _KINDS.get(key)
    if kind is None:
        raise line.error(f"there is no matcher {matcher.name!r}, only {', '.join(MATCHERS)}", at)
    if key == "family":
        return Condition(matcher, key, kind, None, read_families(argument, line, at))
    if key == "sdk":
        return Condition(matcher, key, kind, glob(_PLAIN), tuple(argument.split(",")))
    if key == "app":
        return Condition(matcher, key, kind, None, flag=read_flag(argument, line, at))
    return Condition(matcher, key, kind, glob(_STYLES.get(key, _PLAIN)))


def read_families(argument: str, line: Line, at: int) -> tuple[str, ...]:
    """Return the families in *argument*, names with commas between. Raises RuleTextError."""
    names = tuple(argument.split(","))
    for name in names:
        if name not in FAMILIES:
            raise line.error(f"there is no family {name!r}, only {', '.join(FAMILIES)}", at)
    return names


def read_flag(argument: str, line: Line, at: int) -> bool:
    """Return yes or no as *argument* says it. Raises RuleTextError."""
    if argument not in (*TRUE, *FALSE):
        raise line.error(f"expected yes or no, not {argument!r}", at)
    return argument in TRUE


# --- what is looked at


def _log(event: JsonObject) -> list[Record]:
    return [_texts(logger=event.get("logger"), level=event.get("level"))]


def _exceptions(event: JsonObject) -> list[Record]:
    values = values_of(event.get("exception"))
    return [_texts(type=each.get("type"), value=each.get("value")) for each in values]


def _messages(event: JsonObject) -> list[Record]:
    formatted = object_of(event.get("logentry")).get("formatted")
    records = [_texts(message=formatted)] if text_of(formatted) else []
    return [*records, *_exceptions(event)]


def _tags(event: JsonObject) -> list[Record]:
    return [{f"tags.{key}": value for key, value in tag_pairs(event.get("tags"))}]


def _sdk(event: JsonObject) -> list[Record]:
    return [_texts(sdk=object_of(event.get("sdk")).get("name"))]


def _family(event: JsonObject) -> list[Record]:
    return [{"family": family_of(text_of(event.get("platform")))}]


def _release(event: JsonObject) -> list[Record]:
    release = text_of(event.get("release"))
    return [{"release": release.strip()}] if release else [{}]


def _frames(event: JsonObject) -> list[Record]:
    platform = text_of(event.get("platform"))
    frames: list[JsonObject] = []
    for exception in values_of(event.get("exception")):
        frames += frames_of(exception.get("stacktrace"))
    frames = frames or frames_of(event.get("stacktrace"))
    if not frames:
        thread = deciding_thread(values_of(event.get("threads")))
        frames = frames_of(thread.get("stacktrace")) if thread is not None else []
    return [_frame(frame, platform) for frame in frames[:_MOST_RECORDS]]


def _frame(frame: JsonObject, platform: str | None) -> Record:
    function = text_of(frame.get("function"))
    if function and not text_of(frame.get("raw_function")):
        function = trim(function, text_of(frame.get("platform")) or platform)
    return {
        "function": function or _UNKNOWN,
        "path": text_of(frame.get("abs_path")) or text_of(frame.get("filename")) or _UNKNOWN,
        "filename": text_of(frame.get("filename")) or _UNKNOWN,
        "module": text_of(frame.get("module")) or _UNKNOWN,
        "package": text_of(frame.get("package")) or _UNKNOWN,
        "app": frame.get("in_app") is True,
    }


def _texts(**values: JsonValue) -> Record:
    return {name: value for name, value in values.items() if isinstance(value, str) and value}


_READERS: dict[str, Callable[[JsonObject], list[Record]]] = {
    "message": _messages,
    "log": _log,
    "exception": _exceptions,
    "tags": _tags,
    "sdk": _sdk,
    "family": _family,
    "release": _release,
    "frame": _frames,
}
