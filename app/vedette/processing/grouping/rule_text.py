"""Reading the text of rules: one rule a line, ``#`` begins a comment, blank lines mean nothing.

Both kinds of rules, those for stack traces and those for fingerprints, consist of matchers
(``!function:"std::*"``) and of what to do. This module reads what they have in common.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

LONGEST_TEXT = 200_000  # characters of all rules of a kind
MOST_RULES = 1_000
MOST_PARTS = 50  # matchers or actions or entries of one rule
MOST_EXPRESSIONS = 10_000  # that the patterns of all rules come to; braces make several of one

T = TypeVar("T")

_NAME = re.compile(r"[A-Za-z0-9_.\-]+")
_QUOTED_NAME = re.compile(r'"([A-Za-z0-9_.:\- ]+)"')
_BARE = re.compile(r"\S+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r'\\([\\"])')
_BLANKS = re.compile(r"[ \t]*")


class RuleTextError(ValueError):
    """Text that is no rule: which line and column, counted from 1, and why."""

    def __init__(self, sentence: str, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {sentence}")
        self.sentence = sentence
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition as written: a name, its argument, and whether it is turned around by ``!``."""

    name: str
    argument: str
    is_negated: bool = False

    @property
    def text(self) -> str:
        """The matcher as it could be written in a rule."""
        escaped = self.argument.replace("\\", "\\\\").replace('"', '\\"')
        name = self.name if _NAME.fullmatch(self.name) else f'"{self.name}"'
        return f'{"!" if self.is_negated else ""}{name}:"{escaped}"'


class Line:
    """The text of one rule, read from left to right."""

    def __init__(self, text: str, number: int = 1) -> None:
        self.text = text
        self.at = 0
        self.expressions = 0  # of the patterns read so far
        self._number = number

    def error(self, sentence: str, at: int | None = None) -> RuleTextError:
        """Return the error *sentence* at position *at*, by default where reading stands."""
        return RuleTextError(sentence, self._number, (self.at if at is None else at) + 1)

    def skip_blanks(self) -> None:
        """Go on to what is no blank."""
        found = _BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def is_done(self) -> bool:
        """Whether nothing follows but blanks or a comment."""
        self.skip_blanks()
        return self.at >= len(self.text) or self.text[self.at] == "#"

    def takes(self, mark: str) -> bool:
        """Take *mark* if it follows; whether it did."""
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what fits *pattern*, if something does."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def matcher(self, *, in_brackets: bool = False) -> Matcher:
        """Read a matcher; its argument without quotes ends at a blank or, *in_brackets*, where they close."""
        is_negated = self.takes("!")
        start = self.at
        found = self.take(_QUOTED_NAME)
        name = found[1] if found else (plain[0] if (plain := self.take(_NAME)) else None)
        if name is None:
            raise self.error("expected a matcher like function:main")
        if not self.takes(":"):
            raise self.error(f"expected : and an argument after {name!r}", start)
        return Matcher(name, self.argument(in_brackets=in_brackets), is_negated)

    def argument(self, *, in_brackets: bool = False) -> str:
        """Read a text in quotes, or one up to the next blank or the bracket that closes."""
        if self.text.startswith('"', self.at):
            quoted = self.quoted()
            if not quoted:
                raise self.error("an argument is not empty", self.at - 2)
            return quoted
        found = self.take(_BARE)
        if found is None:
            raise self.error("expected an argument")
        text = found[0]
        if in_brackets:
            end = _closing_bracket(text)
            self.at -= len(text) - end
            text = text[:end]
        return text.replace("\\\\", "\\")

    def quoted(self) -> str:
        """Read a text in quotes, in which a backslash stands before a quote or a backslash."""
        found = self.take(_QUOTED)
        if found is None:
            raise self.error("a quote that is not closed")
        return _ESCAPED.sub(r"\1", found[1])


def _closing_bracket(text: str) -> int:
    """Return where *text* has a bracket that does not end a class ``[a-z]`` of a pattern, else its end."""
    is_in_class = False
    for at, character in enumerate(text):
        if character == "]" and not is_in_class:
            return at
        if character in "[]":
            is_in_class = character == "["
    return len(text)


def read_rules(text: str, read: Callable[[Line], T]) -> tuple[T, ...]:
    """Return what *read* makes of each line of *text* that holds a rule. Raises RuleTextError."""
    if len(text) > LONGEST_TEXT:
        raise RuleTextError(f"rules have at most {LONGEST_TEXT:,} characters altogether", 1, 1)
    found: list[T] = []
    expressions = 0
    for number, content in enumerate(text.splitlines(), 1):
        line = Line(content, number)
        if line.is_done():
            continue
        if len(found) == MOST_RULES:
            raise line.error(f"there are at most {MOST_RULES:,} rules")
        found.append(read(line))
        expressions += line.expressions
        if expressions > MOST_EXPRESSIONS:
            raise line.error(
                f"braces of all rules may stand for at most {MOST_EXPRESSIONS:,} alternatives", 0
            )
    return tuple(found)
