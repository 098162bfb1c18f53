"""The bytes of two events, laid out as JSON and compared line by line. Pure; bounded for a worker thread."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import orjson

from vedette.desktop.language import tr
from vedette.desktop.theme.highlight import Run
from vedette.desktop.widgets.code_lines import CodeLine

MOST_LINES = 6_000
_LONGEST = 1_000
_AROUND = 3


@dataclass(frozen=True, slots=True)
class LineComparison:
    """Lines with signs: "-" only A has, "+" only B; *changes* are the places where a run of them begins."""

    lines: tuple[CodeLine, ...]
    changes: tuple[int, ...]
    is_cut: bool


def pretty(payload: bytes) -> list[str]:
    """Return *payload* as indented JSON in the order it was sent, or as it is if it is none."""
    try:
        text = json.dumps(orjson.loads(payload), ensure_ascii=False, indent=2)
    except orjson.JSONDecodeError:
        text = payload.decode("utf-8", errors="replace")
    return text.split("\n")


def compare_lines(a: bytes, b: bytes) -> LineComparison:
    """Return what differs between two payloads with a few lines around, the rest folded to a count."""
    first, second = pretty(a), pretty(b)
    is_cut = max(len(first), len(second)) > MOST_LINES
    first, second = first[:MOST_LINES], second[:MOST_LINES]
    lines: list[CodeLine] = []
    changes: list[int] = []
    for kind, low, high, start, end in _blocks(first, second):
        if kind == "equal":
            lines += _alike(
                second[start:end],
                start,
                is_first=not lines,
                is_last=high == len(first) and end == len(second),
            )
            continue
        changes.append(len(lines))
        lines += [_line(number + 1, text, "-") for number, text in enumerate(first[low:high], start=low)]
        lines += [_line(number + 1, text, "+") for number, text in enumerate(second[start:end], start=start)]
    return LineComparison(tuple(lines), tuple(changes), is_cut)


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield as SequenceMatcher does, but what begins and ends alike is not searched through."""
    least = min(len(a), len(b))
    head = next((at for at in range(least) if a[at] != b[at]), least)
    tail = 0
    while tail < least - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    if head:
        yield "equal", 0, head, 0, head
    middle = (a[head : len(a) - tail], b[head : len(b) - tail])
    for kind, low, high, start, end in SequenceMatcher(None, *middle).get_opcodes():
        yield kind, low + head, high + head, start + head, end + head
    if tail:
        yield "equal", len(a) - tail, len(a), len(b) - tail, len(b)


def _alike(lines: Sequence[str], start: int, *, is_first: bool, is_last: bool) -> Iterator[CodeLine]:
    before = 0 if is_first else _AROUND
    after = 0 if is_last else _AROUND
    hidden = len(lines) - before - after
    for at, text in enumerate(lines):
        if hidden > 1 and before <= at < len(lines) - after:
            if at == before:
                yield CodeLine(None, (Run(f"⋯  {tr('%n line(s) the same', '', hidden)}", "code.comment"),))
            continue
        yield _line(start + at + 1, text, "")


def _line(number: int, text: str, sign: str) -> CodeLine:
    return CodeLine(number, (Run(text[:_LONGEST] or " ", "code.name"),), sign=sign)
