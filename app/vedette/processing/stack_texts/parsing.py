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
    parse_python, parse_go, parse_dotnet, parse_jvm, parse_javascript, parse_php, parse_ruby, parse_beam,
)  # fmt: skip


def parse_stack(text: str, platform: str) -> list[Printed]:
    """Return the exceptions *text* tells of, causes first, the one that was recorded last; [] for none.

    None is returned without frames but a cause's. Never raises; only the first 256 kB are read.
    """
    lines = text[:LONGEST].splitlines()
    for parse in (*_OF_PLATFORM.get(platform, ()), *_ALL):
        found = parse(lines)
        if any(printed.frames for printed in found):
            return found
    return []
