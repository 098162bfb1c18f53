"""Rules about frames, as people write them: ``family:native function:std::* -app -group``.

The syntax is Sentry's. ``[ matcher ] |`` in front looks at the caller, ``| [ matcher ]`` behind at the
callee; then come what is to be done: ``+app``, ``-group``, ``^-group`` for all frames after, ``v-group`` for
all before, ``category=ui``, ``max-frames=5``, ``min-frames=2``.
"""

import re
from dataclasses import dataclass
from enum import Enum

from vedette.processing.grouping.fingerprint_rules import read_families, read_flag
from vedette.processing.grouping.globs import PATH, PLAIN, Glob, GlobError, compile_glob
from vedette.processing.grouping.rule_text import MOST_PARTS, Line, Matcher, read_rules

_FRAME_FIELDS = {
    "stack.function": "function",
    "function": "function",
    "stack.module": "module",
    "module": "module",
    "stack.abs_path": "path",
    "path": "path",
    "stack.package": "package",
    "package": "package",
    "category": "category",
    "family": "family",
    "app": "app",
}
_EXCEPTION_FIELDS = {
    "error.type": "type",
    "type": "type",
    "error.value": "value",
    "value": "value",
    "error.mechanism": "mechanism",
    "mechanism": "mechanism",
}
PATH_FIELDS = ("path", "package")
LARGEST_LIMIT = 10_000  # frames

_FLAG = re.compile(r"([v^]?)([+-])(app|group|prefix|sentinel)(?![\w-])")
_SETTING = re.compile(r"(max-frames|min-frames|category|invert-stacktrace)[ \t]*=[ \t]*")
_WORD = re.compile(r"[A-Za-z0-9_.\-]+")
_NUMBER = re.compile(r"\d{1,9}(?![\w.-])")


class Offset(Enum):
    """Which frame a condition looks at."""

    CALLER = -1
    SELF = 0
    CALLEE = 1


@dataclass(frozen=True, slots=True)
class FrameCondition:
    """A matcher about a frame or one beside it. A frame that is not there satisfies none."""

    matcher: Matcher
    field: str
    offset: Offset
    glob: Glob | None = None  # None: what is compared is not text
    choices: tuple[str, ...] = ()  # families
    flag: bool = False  # app


@dataclass(frozen=True, slots=True)
class ExceptionCondition:
    """A matcher about the exception that holds the stack trace."""

    matcher: Matcher
    field: str
    glob: Glob


@dataclass(frozen=True, slots=True)
class Flagging:
    """Turns something on or off: of the frame (""), of all before it ("v"), of all after it ("^")."""

    subject: str  # app, group
    is_on: bool
    reach: str


@dataclass(frozen=True, slots=True)
class StackRule:
    """One rule. Of several actions of a kind the last one counts."""

    frame: tuple[FrameCondition, ...]
    exception: tuple[ExceptionCondition, ...]
    flaggings: tuple[Flagging, ...]
    category: str | None
    max_frames: int | None
    min_frames: int | None
    text: str

    @property
    def classifies(self) -> bool:
        """Whether it changes what frames are, before anything is grouped."""
        return self.category is not None or any(each.subject == "app" for each in self.flaggings)

    @property
    def selects(self) -> bool:
        """Whether it changes which frames count."""
        has_limit = self.max_frames is not None or self.min_frames is not None
        return has_limit or any(each.subject == "group" for each in self.flaggings)


def parse_stack_rules(text: str) -> tuple[StackRule, ...]:
    """Return the rules in *text*, one a line, in order. Raises RuleTextError."""
    return read_rules(text, _read_rule)


def _read_rule(line: Line) -> StackRule:
    start = line.at
    frame: list[FrameCondition] = []
    exception: list[ExceptionCondition] = []
    line.skip_blanks()
    if line.text.startswith("[", line.at):
        frame.append(_beside(line, Offset.CALLER))
        line.skip_blanks()
        if not line.takes("|"):
            raise line.error("expected | after the caller's matcher")
    _read_matchers(line, frame, exception)
    if line.takes("|"):
        line.skip_blanks()
        if not line.text.startswith("[", line.at):
            raise line.error("expected the callee's matcher in brackets after |")
        frame.append(_beside(line, Offset.CALLEE))
    return _read_actions(line, start, tuple(frame), tuple(exception))


def _read_matchers(line: Line, frame: list[FrameCondition], exception: list[ExceptionCondition]) -> None:
    count = 0
    while not line.is_done() and line.text[line.at] != "|" and not _is_action(line):
        at = line.at
        condition = _condition(line.matcher(), Offset.SELF, line, at)
        if isinstance(condition, FrameCondition):
            frame.append(condition)
        else:
            exception.append(condition)
        count += 1
        if count > MOST_PARTS:
            raise line.error(f"a rule has at most {MOST_PARTS} matchers")
    if not count:
        raise line.error("expected a matcher like function:main")


def _is_action(line: Line) -> bool:
    return any(pattern.match(line.text, line.at) for pattern in (_FLAG, _SETTING))


def _beside(line: Line, offset: Offset) -> FrameCondition:
    line.takes("[")
    line.skip_blanks()
    at = line.at
    matcher = line.matcher(in_brackets=True)
    line.skip_blanks()
    if not line.takes("]"):
        raise line.error("expected ] after the matcher")
    condition = _condition(matcher, offset, line, at)
    if not isinstance(condition, FrameCondition):
        raise line.error(f"{matcher.name!r} is about an exception, which a caller or callee has not", at)
    return condition


def _condition(matcher: Matcher, offset: Offset, line: Line, at: int) -> FrameCondition | ExceptionCondition:
    name, argument = matcher.name, matcher.argument
    field = _FRAME_FIELDS.get(name)
    if field == "family":
        return FrameCondition(matcher, field, offset, choices=read_families(argument, line, at))
    if field == "app":
        return FrameCondition(matcher, field, offset, flag=read_flag(argument, line, at))
    try:
        if field is not None:
            style = PATH if field in PATH_FIELDS else PLAIN
            glob = compile_glob(argument, style)
            line.expressions += len(glob.expressions)
            return FrameCondition(matcher, field, offset, glob)
        if name in _EXCEPTION_FIELDS:
            glob = compile_glob(argument)
            line.expressions += len(glob.expressions)
            return ExceptionCondition(matcher, _EXCEPTION_FIELDS[name], glob)
    except GlobError as error:
        raise line.error(f"the pattern {argument!r} is none: {error}", at) from None
    known = ", ".join((*_FRAME_FIELDS, *_EXCEPTION_FIELDS))
    raise line.error(f"there is no matcher {name!r}, only {known}", at)


def _read_actions(
    line: Line, start: int, frame: tuple[FrameCondition, ...], exception: tuple[ExceptionCondition, ...]
) -> StackRule:
    flaggings: list[Flagging] = []
    settings: dict[str, str | int] = {}
    count, end = 0, line.at
    while not line.is_done():
        if (found := line.take(_FLAG)) is not None:
            flaggings.append(Flagging(found[3], found[2] == "+", found[1]))
        elif (named := line.take(_SETTING)) is not None:
            settings[named[1]] = _setting(named[1], line)
        else:
            raise line.error("expected an action like -app, ^-group, category=ui or max-frames=5")
        count, end = count + 1, line.at
        if count > MOST_PARTS:
            raise line.error(f"a rule has at most {MOST_PARTS} actions")
    if not count:
        raise line.error("expected an action like -app or +group after the matchers")
    category, most, least = (settings.get(name) for name in ("category", "max-frames", "min-frames"))
    return StackRule(
        frame,
        exception,
        tuple(flaggings),
        category if isinstance(category, str) else None,
        most if isinstance(most, int) else None,
        least if isinstance(least, int) else None,
        line.text[start:end].strip(),
    )


def _setting(name: str, line: Line) -> str | int:
    at = line.at
    if name in ("max-frames", "min-frames"):
        number = line.take(_NUMBER)
        if number is None or int(number[0]) > LARGEST_LIMIT:
            raise line.error(f"{name} is a number of at most {LARGEST_LIMIT:,}", at)
        return int(number[0])
    word = line.take(_WORD)
    if word is None:
        raise line.error(f"expected a name after {name}=", at)
    if name == "invert-stacktrace":
        return str(read_flag(word[0], line, at))
    return word[0]
