"""Source lines to coloured runs. Text in, runs out: no Qt, never an exception, bounded work."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Token, _TokenType
from pygments.util import ClassNotFound

LONGEST_LINE = 2_000
"""Characters of a line that are lexed; what lies beyond is shown plain."""
MOST_CHARACTERS = 200_000
"""Sources longer than this are shown plain."""


class Run(NamedTuple):
    """A piece of a line and its colour token, one of the ``code.*`` tokens."""

    text: str
    token: str


# SDK platforms and the lexers that read their source best.
_PLATFORMS = {
    "python": "python",
    "javascript": "tsx",
    "node": "tsx",
    "typescript": "tsx",
    "java": "java",
    "kotlin": "kotlin",
    "android": "kotlin",
    "csharp": "csharp",
    "cocoa": "swift",
    "swift": "swift",
    "objc": "objective-c",
    "go": "go",
    "php": "php",
    "ruby": "ruby",
    "rust": "rust",
    "elixir": "elixir",
    "native": "cpp",
    "c": "cpp",
    "dart": "dart",
    "perl": "perl",
    "groovy": "groovy",
    "haskell": "haskell",
    "powershell": "powershell",
    "sql": "sql",
    "json": "json",
    "bash": "bash",
}
_EXTENSIONS = {
    "ts": "tsx",
    "tsx": "tsx",
    "js": "jsx",
    "jsx": "jsx",
    "mjs": "jsx",
    "cjs": "jsx",
    "vue": "vue",
    "svelte": "html",
    "h": "cpp",
    "hpp": "cpp",
    "mm": "objective-c",
    "m": "objective-c",
    "php": "php",
    # Pygments knows these by file name too, but tries its 500 patterns one by one; measured: 70 ms once.
    "py": "python",
    "pyi": "python",
    "rb": "ruby",
    "go": "go",
    "java": "java",
    "kt": "kotlin",
    "kts": "kotlin",
    "cs": "csharp",
    "rs": "rust",
    "swift": "swift",
    "c": "c",
    "cc": "cpp",
    "cpp": "cpp",
    "dart": "dart",
    "ex": "elixir",
    "exs": "elixir",
    "scala": "scala",
    "groovy": "groovy",
    "json": "json",
    "sql": "sql",
    "html": "html",
    "css": "css",
    "sh": "bash",
    "txt": "text",
}
_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "comment"),
    (Keyword.Constant, "constant"),
    (Keyword.Type, "type"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Name.Function, "function"),
    (Name.Class, "type"),
    (Name.Builtin.Pseudo, "constant"),
    (Name.Builtin, "function"),
    (Name.Exception, "type"),
    (Name.Namespace, "name"),
    (Name.Decorator, "decorator"),
    (Name.Attribute, "decorator"),
    (Name.Tag, "keyword"),
    (Name.Constant, "constant"),
    (String.Interpol, "number"),
    (String, "string"),
    (Number, "number"),
    (Operator, "operator"),
    (Punctuation, "operator"),
    (Token, "name"),
)


def highlight(
    source_lines: Sequence[str], filename: str, platform: str, *, most: int = MOST_CHARACTERS
) -> list[list[Run]]:
    """Return one list of runs for each line of *source_lines*; joined, the runs are the line.

    The language comes from *filename*'s extension, else from the SDK *platform*, else there is none.
    Answers are cached: the same frame shown again costs nothing. Longer sources than *most* characters stay
    plain; with a higher limit than usual, call it in a worker thread.
    """
    find = _highlight if most == MOST_CHARACTERS else _coloured
    return [list(runs) for runs in find(tuple(source_lines), filename, platform, most)]


def _coloured(lines: tuple[str, ...], filename: str, platform: str, most: int) -> tuple[tuple[Run, ...], ...]:
    lexer = _lexer(_language(filename, platform))
    plain = tuple((Run(line, "code.name"),) if line else () for line in lines)
    if lexer is None or sum(map(len, lines)) > most:
        return plain
    heads = [line[:LONGEST_LINE].replace("\r", " ").replace("\n", " ") for line in lines]
    try:
        coloured = _runs(lexer, heads)
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError):
        return plain  # a lexer that stumbles over half a file must not cost the reader the source
    return tuple(_fitted(line, runs) for line, runs in zip(lines, coloured, strict=True))


_highlight = lru_cache(maxsize=256)(_coloured)


def _runs(lexer: Lexer, lines: Sequence[str]) -> list[list[Run]]:
    found: list[list[Run]] = [[] for _ in lines]
    at = 0
    for kind, text in lexer.get_tokens("\n".join(lines)):
        token = _token(kind)
        for number, piece in enumerate(text.split("\n")):
            if number:
                at += 1
            if piece and at < len(found):
                _append(found[at], piece, token)
    return found


def _append(runs: list[Run], text: str, token: str) -> None:
    if runs and runs[-1].token == token:
        runs[-1] = Run(runs[-1].text + text, token)
    else:
        runs.append(Run(text, token))


def _fitted(line: str, runs: list[Run]) -> tuple[Run, ...]:
    """Return *runs* if they add up to *line*, with its uncoloured tail; else the plain line."""
    if not line:
        return ()
    text = "".join(run.text for run in runs)
    if not line.startswith(text):
        return (Run(line, "code.name"),)
    rest = line[len(text) :]
    return (*runs, Run(rest, "code.name")) if rest else tuple(runs)


@lru_cache(maxsize=512)
def _token(kind: _TokenType) -> str:
    return next((f"code.{name}" for parent, name in _CLASSES if kind in parent), "code.name")


def _language(filename: str, platform: str) -> str:
    """Return a name for ``_lexer``: a language, or a file name Pygments may know."""
    base = filename.replace("\\", "/").rsplit("/", 1)[-1].split("?", 1)[0].lower()
    extension = base.rsplit(".", 1)[-1] if "." in base else ""
    if extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    if extension and _lexer(f"file:x.{extension}") is not None:
        return f"file:x.{extension}"
    return _PLATFORMS.get(platform.lower().split("-", 1)[0], "")


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    if not language:
        return None
    options = {"stripnl": False, "ensurenl": False}
    if language == "php":
        options["startinline"] = True  # a frame's lines seldom begin with <?php
    try:
        if language.startswith("file:"):
            return get_lexer_for_filename(language.removeprefix("file:"), **options)
        return get_lexer_by_name(language, **options)
    except ClassNotFound:
        return None
