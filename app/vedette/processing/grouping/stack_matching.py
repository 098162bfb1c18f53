"""Stack-trace rules at work on the frames of one stack trace, in two passes.

First what frames are: in-app or not, of which category. Then, when a stack trace is grouped, which of them
count. A set of rules is an integer, bit *n* is rule *n*; which rules a frame's texts satisfy is remembered,
so that what is left for a stack trace are a few operations on integers for each frame.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping.fields import object_of, text_of
from vedette.processing.grouping.functions import family_of, trim
from vedette.processing.grouping.rule_index import FieldIndex, Value
from vedette.processing.grouping.stack_rules import Flagging, FrameCondition, Offset, StackRule

_STATIC = ("family", "function", "module", "package", "path")
_DYNAMIC = ("category", "app")  # what the first pass changes
_UNKNOWN = "<unknown>"
_REMEMBERED = 8192  # frames; the memory is emptied when it is full
_LONGEST_REMEMBERED = 2048  # characters of all texts of a frame


class _Bits(NamedTuple):
    """The rules whose conditions a frame satisfies as the one looked at, as its caller, as its callee."""

    own: int
    caller: int
    callee: int


class Class(NamedTuple):
    """What the first pass found a frame to be. ``in_app`` is None where neither SDK nor rule says."""

    in_app: bool | None
    category: str | None
    rule: StackRule | None = None  # the one that changed ``in_app`` last


class Selected(NamedTuple):
    """A frame that a rule says counts, or not."""

    counts: bool
    rule: StackRule


@dataclass(frozen=True, slots=True)
class Selection:
    """What rules say about which frames of a stack trace count."""

    frames: dict[int, Selected]
    max_frames: int = 0  # no limit
    min_frames: int = 0
    max_rule: StackRule | None = None
    min_rule: StackRule | None = None


NOTHING_SELECTED = Selection({})


class StackMatching:
    """Stack-trace rules ready for use, by any number of threads: what they remember is only ever added."""

    def __init__(self, rules: Sequence[StackRule]) -> None:
        """*rules* in the order they count in."""
        self._rules = tuple(rule for rule in rules if rule.classifies or rule.selects)
        self._every = (1 << len(self._rules)) - 1
        self._classifying = self._bits_of(lambda rule: rule.classifies)
        self._selecting = self._bits_of(lambda rule: rule.selects)
        self._of_exceptions = self._bits_of(lambda rule: bool(rule.exception))
        self._indexes = {
            offset: {field: index for field in (*_STATIC, *_DYNAMIC) if (index := self._index(offset, field))}
            for offset in Offset
        }
        self._without = {offset: self._every & ~self._looking(offset) for offset in Offset}
        self._static: dict[tuple[JsonValue, ...], _Bits] = {}
        self._dynamic: dict[tuple[str | None, bool], _Bits] = {}

    def _bits_of(self, is_one: Callable[[StackRule], bool]) -> int:
        return sum(1 << number for number, rule in enumerate(self._rules) if is_one(rule))

    def _looking(self, offset: Offset) -> int:
        return self._bits_of(lambda rule: any(each.offset is offset for each in rule.frame))

    def _index(self, offset: Offset, field: str) -> FieldIndex | None:
        found: list[tuple[int, list[FrameCondition]]] = []
        for number, rule in enumerate(self._rules):
            wanted = [each for each in rule.frame if each.offset is offset and each.field == field]
            if wanted:
                found.append((1 << number, wanted))
        return FieldIndex(field, found, self._every) if found else None

    # --- the two passes

    def classify(
        self, frames: Sequence[JsonObject], platform: str | None, exception: JsonObject | None
    ) -> list[Class]:
        """Return what each of *frames* is, starting from what the SDK said.

        *exception* is the one that holds the stack trace, if one does.
        """
        found = [Class(_in_app(frame), _category(frame)) for frame in frames]
        static = [self._frame_bits(frame, platform) for frame in frames]
        of_exception = self._exception_bits(exception)
        matching = [self._matching(static, found, at) for at in range(len(frames))]
        ahead = _union(matching) & self._classifying & of_exception
        while ahead:
            bit = ahead & -ahead
            fitting = [at for at, bits in enumerate(matching) if bits & bit]
            touched = self._apply(self._rules[bit.bit_length() - 1], fitting, found)
            # What changed may satisfy later rules, of the frames beside it too.
            for at in sorted({one + step for one in touched for step in (-1, 0, 1)}):
                if 0 <= at < len(frames):
                    matching[at] = self._matching(static, found, at)
                    ahead |= matching[at] & self._classifying & of_exception
            ahead &= ~((bit << 1) - 1)
        return found

    def select(
        self,
        frames: Sequence[JsonObject],
        platform: str | None,
        exception: JsonObject | None,
    ) -> Selection:
        """Return what the rules say about which of the classified *frames* count."""
        classes = [Class(_in_app(frame), _category(frame)) for frame in frames]
        static = [self._frame_bits(frame, platform) for frame in frames]
        matching = [self._matching(static, classes, at) for at in range(len(frames))]
        ahead = _union(matching) & self._selecting
        if ahead and self._of_exceptions & ahead:
            ahead &= self._exception_bits(exception)
        if not ahead:
            return NOTHING_SELECTED
        chosen: dict[int, Selected] = {}
        most = least = 0
        most_rule = least_rule = None
        while ahead:
            bit = ahead & -ahead
            ahead ^= bit
            rule = self._rules[bit.bit_length() - 1]
            flags = [each for each in rule.flaggings if each.subject == "group"]
            if flags:
                fitting = [at for at, bits in enumerate(matching) if bits & bit]
                for at, counts in _flagged(flags, fitting, len(frames)):
                    before = chosen.get(at)
                    if before is None or before.counts is not counts:
                        chosen[at] = Selected(counts, rule)
            if rule.max_frames is not None:
                most, most_rule = rule.max_frames, rule
            if rule.min_frames is not None:
                least, least_rule = rule.min_frames, rule
        return Selection(chosen, most, least, most_rule, least_rule)

    # --- what frames satisfy

    def _matching(self, static: list[_Bits], classes: list[Class], at: int) -> int:
        """Return the rules whose conditions about frames all hold for the frame *at*."""
        bits = static[at].own & self._class_bits(classes[at]).own
        if at:
            bits &= static[at - 1].caller & self._class_bits(classes[at - 1]).caller
        else:
            bits &= self._without[Offset.CALLER]
        if at + 1 < len(static):
            return bits & static[at + 1].callee & self._class_bits(classes[at + 1]).callee
        return bits & self._without[Offset.CALLEE]

    def _frame_bits(self, frame: JsonObject, platform: str | None) -> _Bits:
        get = frame.get
        key = (
            get("platform") or platform,
            get("function"),
            bool(get("raw_function")),
            get("module"),
            get("package"),
            get("abs_path") or get("filename"),
        )
        try:
            return self._static[key]
        except (KeyError, TypeError):  # not met before, or not hashable and so not a text
            pass
        texts = [text_of(value) for value in (key[0], key[1], key[3], key[4], key[5])]
        bits = self._read_frame(texts, has_raw=bool(key[2]))
        if len("".join(filter(None, texts))) <= _LONGEST_REMEMBERED and _is_hashable(key):
            if len(self._static) >= _REMEMBERED:
                self._static.clear()
            self._static[key] = bits
        return bits

    def _read_frame(self, texts: list[str | None], *, has_raw: bool) -> _Bits:
        platform, function, module, package, path = texts
        if function and not has_raw:
            function = trim(function, platform)
        return self._bits(
            _STATIC, (family_of(platform), function or _UNKNOWN, module, _as_path(package), _as_path(path))
        )

    def _class_bits(self, found: Class) -> _Bits:
        key = (found.category, found.in_app is True)
        bits = self._dynamic.get(key)
        if bits is None:
            bits = self._bits(_DYNAMIC, key)
            if len(self._dynamic) >= _REMEMBERED:
                self._dynamic.clear()
            self._dynamic[key] = bits
        return bits

    def _bits(self, fields: Sequence[str], values: Sequence[Value]) -> _Bits:
        given = dict(zip(fields, values, strict=True))
        found = []
        for offset in (Offset.SELF, Offset.CALLER, Offset.CALLEE):
            bits = self._every
            for field, index in self._indexes[offset].items():
                if field in given:
                    bits &= index.satisfied(given[field])
            found.append(bits)
        return _Bits(*found)

    def _exception_bits(self, exception: JsonObject | None) -> int:
        if not self._of_exceptions:
            return self._every
        found = self._every & ~self._of_exceptions
        held = exception or {}
        texts = {
            "type": text_of(held.get("type")) or _UNKNOWN,
            "value": text_of(held.get("value")) or _UNKNOWN,
            "mechanism": text_of(object_of(held.get("mechanism")).get("type")) or _UNKNOWN,
        }
        for number, rule in enumerate(self._rules):
            if rule.exception and all(
                each.glob.fits(texts[each.field]) is not each.matcher.is_negated for each in rule.exception
            ):
                found |= 1 << number
        return found

    @staticmethod
    def _apply(rule: StackRule, fitting: list[int], classes: list[Class]) -> set[int]:
        """Put into *classes* what *rule* says of the frames *fitting* it; returns which changed."""
        touched: set[int] = set()
        flags = [each for each in rule.flaggings if each.subject == "app"]
        for at, in_app in _flagged(flags, fitting, len(classes)) if flags else ():
            if classes[at].in_app is not in_app:
                classes[at] = Class(in_app, classes[at].category, rule)
                touched.add(at)
        if rule.category is not None:
            for at in fitting:
                if classes[at].category != rule.category:
                    classes[at] = classes[at]._replace(category=rule.category)
                    touched.add(at)
        return touched


def _flagged(flags: Sequence[Flagging], fitting: list[int], count: int) -> list[tuple[int, bool]]:
    """Return the frames, of *count*, that *flags* reach from those *fitting*, with what the last one says.

    A rule acts on one frame after the other, and for each its actions in order, so a later frame's word
    counts: what it says of all before it, then what a frame says of itself, then what an earlier one says.
    """
    if not fitting:
        return []
    last = {each.reach: each.is_on for each in flags}
    first, end = fitting[0], fitting[-1]
    found: dict[int, bool] = {}
    if "^" in last:
        found.update(dict.fromkeys(range(first + 1, count), last["^"]))
    if "" in last:
        found.update(dict.fromkeys(fitting, last[""]))
    if "v" in last:
        found.update(dict.fromkeys(range(end), last["v"]))
    return list(found.items())


def _in_app(frame: JsonObject) -> bool | None:
    value = frame.get("in_app")
    return value if isinstance(value, bool) else None


def _category(frame: JsonObject) -> str | None:
    data = frame.get("data")
    return text_of(data.get("category")) if isinstance(data, dict) else None


def _as_path(text: str | None) -> str | None:
    return text.lower().replace("\\", "/") if text else None


def _is_hashable(key: tuple[JsonValue, ...]) -> bool:
    try:
        hash(key)
    except TypeError:
        return False
    return True


def _union(parts: Sequence[int]) -> int:
    found = 0
    for part in parts:
        found |= part
    return found
