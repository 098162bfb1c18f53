"""The text of the filter field to what the store is asked. Pure."""

import re
from dataclasses import replace

from vedette.desktop.widgets.query_terms import split_terms
from vedette.store.queries.traces import TraceFilter

_LENGTH = re.compile(r"^>=?(\d+(?:\.\d+)?)(us|µs|ms|s|m|min)?$")
_MICROS = {"us": 1, "µs": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "min": 60_000_000}
EVERYTHING = TraceFilter()
_FAILED = ("error", "errors", "failed")


class FilterError(ValueError):
    """A term means nothing; the text says what would."""


def read_filter(text: str, within: TraceFilter = EVERYTHING) -> TraceFilter:
    """Return the traces *text* asks for, among those of *within*.

    Words are looked for in the names of segments; ``is:error`` keeps what failed, ``duration:>200ms``
    what took longer. Raises FilterError for a term that is neither.
    """
    words: list[str] = []
    found = within
    for term in split_terms(text):
        if term.key == "is:" and term.value in _FAILED:
            found = replace(found, only_failed=True)
        elif term.key == "duration:":
            found = replace(found, min_duration=_length(term.value))
        elif term.key and not term.key.startswith(("http", "https")):
            raise FilterError(f"“{term}” is no filter of traces. Use words, is:error or duration:>200ms.")
        else:
            words.append(str(term).strip('"'))
    return replace(found, text=" ".join(words) or None)


def _length(value: str) -> int:
    fits = _LENGTH.match(value)
    if fits is None:
        raise FilterError(
            f"“duration:{value}” is no length of time. Write duration:>200ms or duration:>1.5s."
        )
    return round(float(fits[1]) * _MICROS[fits[2] or "ms"])
