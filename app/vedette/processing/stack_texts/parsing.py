"""Which parser reads a printed stack trace."""

from collections.abc import Callable

from vedette.processing.stack_texts.beam import parse_beam
from vedette.processing.stack_texts.dotnet import parse_dotnet
from vedette.processing.stack_texts.golang import parse_go
from vedette.processing.stack_texts.javascript import parse_javascript
from vedette.processing.stack_texts.jvm import parse_jvm
from vedette.processing.stack_texts.php import parse_php
from vedette.processing.stack_texts.python import parse_python
from vedette.processing.stack_texts.ruby import parse_ruby
from vedette.processing.stack_texts.values import Printed

LONGEST = 256 * 1024
"""Characters of a printed stack trace that are read."""

Parser = Callable[[list[str]], list[Printed]]

_OF_PLATFORM: dict[str, tuple[Parser, ...]] = {
    "python": (parse_python,),
    "java": (parse_jvm,),
    "javascript": (parse_javascript,),
    "node": (parse_javascript,),
    "go": (parse_go,),
    "csharp": (parse_dotnet,),
    "ruby": (parse_ruby,),
    "php": (parse_php, parse_jvm),
    "elixir": (parse_beam,),
}
# Where the platform is not known or prints otherwise: those whose lines are hardest to mistake come first.
_ALL: tuple[Parser, ...] = (
    parse_python, parse_go, parse_jvm, parse_javascript, parse_dotnet, parse_php, parse_beam, parse_ruby,
)  # fmt: skip


def parse_stack(text: str, platform: str) -> list[Printed]:
    """Return the exceptions *text* tells of, causes first, the one that was recorded last; [] for none.

    Where no frame can be read there is none. Never raises; only the first 256 kB are read.
    """
    return _parse(text, platform)[1]


def platform_of(text: str) -> str:
    """Return the platform that prints stack traces like *text*, ``other`` for none that is known."""
    parse, found = _parse(text, "")
    if parse is None:
        return "other"
    name = next(name for name, parsers in _OF_PLATFORM.items() if parse in parsers)
    is_page = any(frame.get("abs_path", "").startswith("http") for frame in found[-1].frames)
    return "node" if name == "javascript" and not is_page else name


def _parse(text: str, platform: str) -> tuple[Parser | None, list[Printed]]:
    lines = text[:LONGEST].splitlines()
    for parse in (*_OF_PLATFORM.get(platform, ()), *_ALL):
        found = parse(lines)
        if any(printed.frames for printed in found):
            return parse, found
    return None, []
