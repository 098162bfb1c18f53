"""What a printed stack trace says."""

from dataclasses import dataclass

from vedette.domain.json import JsonObject

MOST_FRAMES = 2_000
MOST_CHAINED = 50


@dataclass(frozen=True, slots=True)
class Printed:
    """One exception of a printed chain. ``frames`` are as an SDK sends them, the call that failed last."""

    type: str  # as printed, "" where the text does not say
    value: str
    frames: tuple[JsonObject, ...]


def frame(
    function: str = "",
    path: str = "",
    line: int | None = None,
    column: int | None = None,
    *,
    module: str = "",
    filename: str = "",
    source: str | None = None,
) -> JsonObject:
    """Return a frame with what is known."""
    known: JsonObject = {
        "function": function,
        "module": module,
        "filename": filename,
        "abs_path": path,
        "lineno": line,
        "colno": column,
        "context_line": source,
    }
    return {name: value for name, value in known.items() if value not in ("", None)}
