"""Globs of rules: ``*`` any run, ``?`` one byte, ``[a-z]``, ``{a,b}``, ``\\`` escapes, ``**`` path parts.

The dialect of Rust's globset crate, which Sentry's rules are read with; it works on UTF-8 bytes and on whole
texts. ``**`` is special only as a whole path part, anywhere else it is ``*``. A pattern becomes a regular
expression that looks at each byte a bounded number of times, whatever the pattern and the text: runs between
stars are taken where they fit first, which is right because a later star takes up whatever is left.

Different from globset: a class never matches a path separator in a path pattern, and ``**`` after a brace is
read as if the alternative were written out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_TEXT = 16_384  # bytes of a text that are looked at
MOST_ALTERNATIVES = 64  # that the braces of a pattern may stand for, all together
LONGEST_PATTERN = 2_000

_ANYTHING, _NO_SEPARATOR = rb".", rb"[^/]"


class GlobError(ValueError):
    """A pattern that is none; says why."""


@dataclass(frozen=True, slots=True)
class Style:
    """How patterns are read."""

    is_path: bool = False  # `*` and `?` stop at a separator, and `\` is one
    ignores_case: bool = False  # of ASCII letters
    newlines: bool = False  # a `*` goes on after the end of a line


PLAIN = Style()
PATH = Style(is_path=True, ignores_case=True)


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern ready for use.

    ``exact`` and ``prefix`` say the same in a quicker way, for texts without line ends, if they are set (in
    lower case where case does not count); ``needs`` is a text without which nothing fits.
    """

    pattern: str
    exact: str | None
    prefix: str | None
    needs: str
    expressions: tuple[re.Pattern[bytes], ...]

    def fits(self, text: str) -> bool:
        """Whether all of *text* is as the pattern says."""
        return self.fits_bytes(text[:LONGEST_TEXT].encode("utf-8", "replace")[:LONGEST_TEXT])

    def fits_bytes(self, text: bytes) -> bool:
        """Whether all of *text*, UTF-8 of at most LONGEST_TEXT, is as the pattern says."""
        return any(expression.match(text) for expression in self.expressions)


NEVER = Glob("", None, None, "", ())
"""Fits nothing: what a pattern that is none does where it cannot be refused."""


@lru_cache(maxsize=4096)
def compile_glob(pattern: str, style: Style = PLAIN) -> Glob:
    """Return *pattern* ready for use. Raises GlobError."""
    if len(pattern) > LONGEST_PATTERN:
        raise GlobError(f"a pattern has at most {LONGEST_PATTERN:,} characters")
    if style.is_path:
        pattern = pattern.replace("\\", "/")
    written_out = [_tokens(each) for each in _alternatives(pattern, style)]
    expressions = tuple(_expression(tokens, style) for tokens in written_out)
    exact = prefix = None
    needs = ""
    if len(written_out) == 1:
        tokens = written_out[0]
        needs = max((each.text for each in tokens if each.kind == "text"), key=len, default="")
        exact, prefix = _shortcut(tokens, style)
        if style.ignores_case:
            needs = _lower(needs)
    return Glob(pattern, exact, prefix, needs, expressions)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # text, any, class, star, first (**/), middle (/**/), below (/**)
    text: str = ""


def _lower(text: str) -> str:
    """Lower case of ASCII letters only, as bytes are compared."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _shortcut(tokens: list[_Token], style: Style) -> tuple[str | None, str | None]:
    kinds = [each.kind for each in tokens]
    fold = _lower if style.ignores_case else str
    if kinds in ([], ["text"]):
        return fold(tokens[0].text if tokens else ""), None
    if kinds == ["text", "below"]:
        return None, fold(tokens[0].text) + "/"
    if not style.is_path and kinds == ["text", "star"]:
        return None, fold(tokens[0].text)
    return None, None


# --- braces


def _alternatives(pattern: str, style: Style) -> list[str]:
    """Return *pattern* written out for each way through its braces."""
    found: list[str] = [""]
    escapes = not style.is_path
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "{":
            choices, at = _choices(pattern, at, style)
            found = [before + choice for before in found for choice in choices]
            if len(found) > MOST_ALTERNATIVES:
                raise GlobError(f"braces may stand for at most {MOST_ALTERNATIVES} alternatives")
            continue
        if character == "}":
            raise GlobError("a closing brace without an opening one")
        end = _atom_end(pattern, at, escapes)
        found = [before + pattern[at:end] for before in found]
        at = end
    return found


def _choices(pattern: str, start: int, style: Style) -> tuple[list[str], int]:
    """Return what the brace at *start* chooses among, braces in it written out, and where it ends."""
    parts: list[str] = []
    depth, begin, at = 0, start + 1, start
    while at < len(pattern):
        character = pattern[at]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                parts.append(pattern[begin:at])
                written_out = [each for part in parts for each in _alternatives(part, style)]
                if len(written_out) > MOST_ALTERNATIVES:
                    raise GlobError(f"braces may stand for at most {MOST_ALTERNATIVES} alternatives")
                return written_out, at + 1
        elif character == "," and depth == 1:
            parts.append(pattern[begin:at])
            begin = at + 1
        at = _atom_end(pattern, at, not style.is_path)
        if depth > 8:
            raise GlobError("braces lie in each other at most eight deep")
    raise GlobError("an opening brace without a closing one")


def _atom_end(pattern: str, at: int, escapes: bool) -> int:
    """Return where what begins at *at* ends: an escape, a class, or one character."""
    if pattern[at] == "\\" and escapes:
        if at + 1 == len(pattern):
            raise GlobError("a backslash with nothing after it")
        return at + 2
    return _class_end(pattern, at) if pattern[at] == "[" else at + 1


def _class_end(pattern: str, at: int) -> int:
    end = at + 1
    if pattern[end : end + 1] in ("!", "^"):
        end += 1
    if pattern[end : end + 1] == "]":
        end += 1
    end = pattern.find("]", end)
    if end < 0:
        raise GlobError("a class [ without its end ]")
    return end + 1


# --- tokens


def _tokens(pattern: str) -> list[_Token]:
    """Return the tokens of *pattern*, which has no braces with a meaning any more."""
    found: list[_Token] = []
    text = ""

    def flush() -> None:
        nonlocal text
        if text:
            found.append(_Token("text", text))
        text = ""

    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "*":
            if pattern[at : at + 2] == "**":
                kind, width = _double_star(pattern, at, is_first=not found and not text)
                if kind in ("middle", "below"):
                    kind = _joined(found, kind, has_text=bool(text))
                    text = text.removesuffix("/")
                flush()
                found.append(_Token(kind))
                at += width
                continue
            flush()
            found.append(_Token("star"))
            at += 1
        elif character in "?[":
            end = _atom_end(pattern, at, escapes=False)
            flush()
            found.append(_Token("any") if character == "?" else _Token("class", pattern[at:end]))
            at = end
        else:
            end = _atom_end(pattern, at, escapes=True)
            text += pattern[end - 1]
            at = end
    flush()
    return [each for index, each in enumerate(found) if not _repeats(found, index)]


def _repeats(found: list[_Token], index: int) -> bool:
    """Whether a star follows a star, which is none the more."""
    return index > 0 and found[index].kind == "star" == found[index - 1].kind


def _double_star(pattern: str, at: int, *, is_first: bool) -> tuple[str, int]:
    """Return which kind of token ``**`` at *at* is, and how many characters belong to it."""
    after = pattern[at + 2 : at + 3]
    if is_first and after in ("", "/"):
        return "first", 2 + len(after)
    if not is_first and pattern[at - 1] == "/":
        if after == "":
            return "below", 2
        if after == "/":
            return "middle", 3
    return "star", 2


def _joined(found: list[_Token], kind: str, *, has_text: bool) -> str:
    """Several whole parts ``**`` in a row are one. The one before is taken from *found*."""
    if has_text or not found or found[-1].kind not in ("first", "middle"):
        return kind
    return "first" if found.pop().kind == "first" else kind


# --- regular expressions


def _expression(tokens: list[_Token], style: Style) -> re.Pattern[bytes]:
    flags = (re.IGNORECASE if style.ignores_case else 0) | (re.DOTALL if style.newlines else 0)
    if [each.kind for each in tokens] == ["first"]:
        return re.compile(rb".*\Z", flags)
    body = _path_body(tokens) if style.is_path else _plain_body(tokens)
    try:
        return re.compile(body + rb"\Z", flags)
    except re.error as error:
        raise GlobError(f"not a pattern: {error}") from None


_GAPS = {"star": rb".*?", "first": rb"(?:|/|.*?/)", "middle": rb"/(?:|.*?/)", "below": rb"/.*?"}


def _plain_body(tokens: list[_Token]) -> bytes:
    """A star goes anywhere: what follows it is taken where it fits first, the last part at the end."""
    begin, *rest = _chunks(tokens, ("star", "first", "middle", "below"))
    body = _fixed(begin[1], _ANYTHING)
    for index, (gap, fixed) in enumerate(rest):
        text = _GAPS[gap] + _fixed(fixed, _ANYTHING)
        body += text if index == len(rest) - 1 else rb"(?>" + text + rb")"
    return body


def _path_body(tokens: list[_Token]) -> bytes:
    begin, *rest = _chunks(tokens, ("first", "middle", "below"))
    body = _parts(begin[1])
    for index, (gap, region) in enumerate(rest):
        text = _GAPS[gap] + (_parts(region) if gap != "below" else b"")
        body += text if index == len(rest) - 1 else rb"(?>" + text + rb")"
    return body


def _parts(tokens: list[_Token]) -> bytes:
    """Path parts with stars in them. A part ends where the path's does, whichever star takes what."""
    return rb"/".join(_part(part) for part in _split_parts(tokens))


def _split_parts(tokens: list[_Token]) -> list[list[_Token]]:
    parts: list[list[_Token]] = [[]]
    for token in tokens:
        if token.kind != "text":
            parts[-1].append(token)
            continue
        first, *others = token.text.split("/")
        if first:
            parts[-1].append(_Token("text", first))
        parts.extend([_Token("text", other)] if other else [] for other in others)
    return parts


def _part(tokens: list[_Token]) -> bytes:
    begin, *rest = _chunks(tokens, ("star",))
    body = _fixed(begin[1], _NO_SEPARATOR)
    if not rest:
        return body
    for _, fixed in rest[:-1]:
        body += rb"(?>[^/]*?" + _fixed(fixed, _NO_SEPARATOR) + rb")"
    return rb"(?>" + body + rb"[^/]*" + _fixed(rest[-1][1], _NO_SEPARATOR) + rb"(?=/|\Z))"


def _chunks(tokens: list[_Token], gaps: tuple[str, ...]) -> Iterator[tuple[str, list[_Token]]]:
    """Yield what stands before the first gap with an empty name, then each gap's name and what follows."""
    name: str = ""
    chunk: list[_Token] = []
    for token in tokens:
        if token.kind in gaps:
            yield name, chunk
            name, chunk = token.kind, []
        else:
            chunk.append(token)
    yield name, chunk


def _fixed(tokens: list[_Token], one: bytes) -> bytes:
    found = b""
    for token in tokens:
        if token.kind == "text":
            found += re.escape(token.text.encode("utf-8", "replace"))
        else:
            found += one if token.kind == "any" else _class(token.text, one)
    return found


def _class(text: str, one: bytes) -> bytes:
    """Return the class *text*, ``[a-z]`` or ``[!a-z]``, over bytes."""
    inner = text[1:-1]
    is_negated = inner[:1] in ("!", "^")
    inner = inner[1:] if is_negated else inner
    members: set[int] = set()
    at = 0
    while at < len(inner):
        low = high = inner[at]
        if inner[at + 1 : at + 2] == "-" and at + 2 < len(inner):
            high = inner[at + 2]
            at += 2
        if ord(low) > ord(high):
            raise GlobError(f"the range {low}-{high} goes backwards")
        if high.isascii():
            members.update(range(ord(low), ord(high) + 1))
        else:
            members.update((low if low == high else f"{low}{high}").encode("utf-8", "replace"))
        at += 1
    if one == _NO_SEPARATOR:
        if is_negated:
            members.add(ord("/"))
        else:
            members.discard(ord("/"))
    written = b"".join(b"\\x%02x" % each for each in sorted(members))
    if not written:
        return rb"[\x00-\xff]" if is_negated else rb"(?!)"
    return (rb"[^" if is_negated else rb"[") + written + rb"]"
