"""Erlang and Elixir: ``Exception.format`` and formatted stack traces."""

import re

from vedette.processing.stack_texts.values import MOST_FRAMES, Printed, frame

_HEADING = re.compile(r"\*\* \((?P<type>[\w.]+)\) (?P<value>.*)")
_FRAME = re.compile(
    r"\s+(?:\((?P<package>[\w-]+)(?: [\w.+-]+)?\) )?(?P<path>[^\s:]+):(?P<line>\d{1,9}): (?P<call>.+)"
)


def parse_beam(lines: list[str]) -> list[Printed]:
    """Return the one exception a text tells of."""
    matches = [match for line in lines if (match := _FRAME.fullmatch(line)) is not None][:MOST_FRAMES]
    if not matches:
        return []
    frames = []
    for match in matches:
        module, _, function = match["call"].rpartition(".")
        one = frame(function, match["path"], int(match["line"]), module=module)
        if match["package"]:
            one["package"] = match["package"]
        frames.append(one)
    heading = next((match for line in lines if (match := _HEADING.fullmatch(line))), None)
    kind, value = (heading["type"], heading["value"]) if heading else ("", "")
    return [Printed(kind, value, tuple(reversed(frames)))]
