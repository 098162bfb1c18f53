"""A command with placeholders to the arguments of a process. Pure; there is never a shell in between."""

import re
import shlex
from collections.abc import Sequence

_PLACEHOLDER = re.compile("%[flc%]")


def split_command(text: str, *, windows: bool) -> list[str]:
    """Return the words of a command the user typed; quotes hold words together.

    On Windows a backslash is part of a path, elsewhere it takes away the next letter's meaning. Raises
    ValueError for quotes that are not closed.
    """
    words = shlex.shlex(text, posix=True, punctuation_chars=False)
    words.whitespace_split = True
    words.commenters = ""
    if windows:
        words.escape = ""
        words.quotes = '"'
    return list(words)


def fill(template: Sequence[str], path: str, line: int, column: int) -> list[str]:
    """Return the arguments of *template*; without a ``%f`` in it, the file comes last.

    A path that holds a percent sign itself is taken as it is.
    """
    values = {"%f": path, "%l": str(line), "%c": str(column), "%%": "%"}
    arguments = [_PLACEHOLDER.sub(lambda found: values[found[0]], word) for word in template]
    return arguments if names_file(template) else [*arguments, path]


def names_file(template: Sequence[str]) -> bool:
    """Return whether *template* says where the file goes."""
    return any("%f" in _PLACEHOLDER.findall(word) for word in template)
