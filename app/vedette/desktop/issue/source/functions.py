"""Where the function around a line begins and ends. Pure: lines in, a range out; never raises."""

import re
from collections.abc import Iterator, Sequence

AROUND = 5
LONGEST = 400
"""A function of more lines is cut around its line."""

_CHARACTERS = frozenset(
    {"c", "cc", "cpp", "cxx", "cs", "go", "h", "hh", "hpp", "hxx", "java", "kt", "kts", "m", "mm", "rs"}
    | {"scala", "swift"}
)
"""Languages in which a single quote begins one character, or stands for something else."""
_BRACES = _CHARACTERS | {"cjs", "cts", "dart", "groovy", "js", "jsx", "mjs", "mts", "php", "ts", "tsx"}
_LONGEST_HEAD = 12  # lines
_PYTHON_HEAD = re.compile(r"\s*(async\s+)?def\b")
_RUBY_HEAD = re.compile(r"\s*def\b")
_CONTROL = re.compile(
    r"^[\s})]*(?:(?:\w+|'\w+)\s*:\s*)?(?:else\s+)?"
    r"(?:if|for|foreach|while|switch|catch|else|do|try|finally|synchronized|using|lock|match|loop|select|with"
    r"|unsafe|guard|repeat|defer|when|case|default|class|struct|interface|enum|namespace|trait|impl|mod|object"
    r"|extension|protocol|record|union|return|import|export\s*\{|const\s+\{|static\s*$)\b"
)
_HEAD = re.compile(r"\)[^;{}=]*$|=>\s*$|\bfun(?:ction)?\b[^;{}]*$|\b(?:init|deinit|get|set)\s*$")


def function_range(lines: Sequence[str], at: int, filename: str) -> tuple[int, int]:
    """Return the first and the last index of the function around index *at*, else of some lines around it.

    Python and Ruby are read by indentation, languages with braces by matching them.
    """
    extension = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    found = None
    if extension in ("py", "pyi", "pyx"):
        found = _by_indentation(lines, at, _PYTHON_HEAD, closes="")
    elif extension in ("rb", "rake"):
        found = _by_indentation(lines, at, _RUBY_HEAD, closes="end")
    elif extension in _BRACES:
        found = _by_braces(lines, at, extension)
    start, end = found or (at - AROUND, at + AROUND)
    if end - start >= LONGEST:
        start, end = max(start, at - LONGEST // 2), min(end, at + LONGEST // 2)
    return max(0, min(start, at)), min(len(lines) - 1, max(end, at))


def _indent(line: str) -> int:
    wide = line.expandtabs(8)
    return len(wide) - len(wide.lstrip())


def _by_indentation(
    lines: Sequence[str], at: int, head: re.Pattern[str], closes: str
) -> tuple[int, int] | None:
    start = _head_above(lines, at, head)
    if start is None:
        return None
    deep, end = _indent(lines[start]), start
    for place in range(start + 1, len(lines)):
        text = lines[place].strip()
        if not text:
            continue
        if _indent(lines[place]) <= deep and not text.startswith((")", "]", "}", "#")):
            if closes and text.startswith(closes):
                end = place
            break
        if not text.startswith("#") or _indent(lines[place]) > deep:
            end = place
    while start > 0 and lines[start - 1].strip().startswith("@") and _indent(lines[start - 1]) == deep:
        start -= 1
    return (start, end) if end >= at else None


def _head_above(lines: Sequence[str], at: int, head: re.Pattern[str]) -> int | None:
    """Return where the innermost function that holds *at* begins."""
    place = at
    while place < len(lines) - 1 and (not lines[place].strip() or lines[place].strip().startswith("@")):
        place += 1  # a decorator belongs to the function below it
    if head.match(lines[place]):
        return place
    deep = _indent(lines[place]) + (1 if lines[place].strip().startswith((")", "]")) else 0)
    for above in range(place - 1, -1, -1):
        text = lines[above].strip()
        if not text or _indent(lines[above]) >= deep or text.startswith((")", "]", "}", "#")):
            continue
        if head.match(lines[above]):
            return above
        deep = _indent(lines[above])
        if deep == 0:
            return None
    return None


def _by_braces(lines: Sequence[str], at: int, extension: str) -> tuple[int, int] | None:
    around = [one for one in _blocks(lines, extension) if one[0] <= at + _LONGEST_HEAD and one[2] >= at]
    for start, column, end in sorted(around, reverse=True):
        first = _first_line(lines, start, column)
        if first <= at and _is_function(" ".join([*lines[first:start], lines[start][:column]])):
            return first, end
    return None


def _blocks(lines: Sequence[str], extension: str) -> Iterator[tuple[int, int, int]]:
    """Yield for each pair of braces the line and the column of the first, and the line of the second."""
    opened: list[tuple[int, int]] = []
    for number, column, brace in _braces("\n".join(lines), extension):
        if brace == "{":
            opened.append((number, column))
        elif opened:
            yield *opened.pop(), number


def _is_function(head: str) -> bool:
    """Return whether a brace after *head* opens a function rather than a loop, a class or an object."""
    head = head.strip()
    return not _CONTROL.match(head) and bool(_HEAD.search(head))


def _first_line(lines: Sequence[str], number: int, column: int) -> int:
    """Return where the head of a block begins: arguments and results may stand on lines of their own."""
    text = lines[number][:column]
    first = number
    while first > 0 and number - first < _LONGEST_HEAD:
        stripped = text.strip()
        unbalanced = text.count(")") > text.count("(")
        if stripped and not unbalanced and not stripped.startswith((")", "->", ":", "where", "throws")):
            break
        first -= 1
        text = lines[first] + " " + text
    return first


def _braces(text: str, extension: str) -> Iterator[tuple[int, int, str]]:
    """Yield the braces of *text* outside comments and strings with their line and column."""
    number, last = 0, 0
    pattern = _CHARACTER_TOKENS if extension in _CHARACTERS else _STRING_TOKENS
    if extension == "php":
        pattern = _HASH_TOKENS
    for token in pattern.finditer(text):
        if token.lastgroup == "brace":
            number += text.count("\n", last, token.start())
            last = token.start()
            yield number, last - text.rfind("\n", 0, last) - 1, token[0]


_COMMENTS = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
_DOUBLE = r'"""(?:.*?)(?:"""|\Z)|"(?:\\.|[^"\\\n])*(?:"|$)'
_SINGLE = r"'(?:\\.|[^'\\\n])*(?:'|$)"
_TEMPLATE = r"`(?:\\.|[^`\\])*(?:`|\Z)"
_REGULAR = r"(?<=[=(,:!&|?\[;])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/"
_CHARACTER = r"'(?:\\[^\n']+|[^'\\\n])'"
_FLAGS = re.DOTALL | re.MULTILINE
_STRING_TOKENS = re.compile(
    f"{_COMMENTS}|{_DOUBLE}|{_SINGLE}|{_TEMPLATE}|{_REGULAR}|(?P<brace>[{{}}])", _FLAGS
)
_HASH_TOKENS = re.compile(rf"#(?!\[)[^\n]*|{_COMMENTS}|{_DOUBLE}|{_SINGLE}|(?P<brace>[{{}}])", _FLAGS)
_CHARACTER_TOKENS = re.compile(f"{_COMMENTS}|{_DOUBLE}|{_CHARACTER}|{_TEMPLATE}|(?P<brace>[{{}}])", _FLAGS)
