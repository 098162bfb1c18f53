"""`vedette group`: how events would be grouped, one JSON line in, one out. Nothing is stored.

Events are normalised as they are on ingest. Beside the rules given, an event may carry its own, the way
Sentry's test inputs do: ``_grouping.enhancements`` (text) and ``_fingerprinting_rules`` (a list of
``{"matchers": [[name, argument]], "fingerprint": […]}``).
"""

import io
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TextIO

import orjson

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError
from vedette.domain.processed import Arrival
from vedette.domain.times import Micros
from vedette.processing import pipeline
from vedette.processing.grouping import (
    Component,
    RuleTextError,
    grouping_rules,
    hint_of,
    variant_hash,
)
from vedette.processing.grouping.fingerprint_rules import FingerprintRule, make_rule
from vedette.processing.grouping.rule_text import Matcher

LONGEST_LINE = 64 * 1024 * 1024  # bytes


def run_group(
    source: str,
    *,
    explain: bool,
    stack_trace_rules: Path | None = None,
    fingerprint_rules: Path | None = None,
) -> int:
    """Group the events of the file *source*, ``-`` for standard input; returns the exit code.

    1 if a line held no event, 2 if the file or rules could not be read.
    """
    try:
        stack_text = _read_rules(stack_trace_rules, lambda text: grouping_rules(text))
        fingerprint_text = _read_rules(fingerprint_rules, lambda text: grouping_rules("", text))
        if isinstance(sys.stdout, io.TextIOWrapper):
            # JSON is UTF-8 wherever it is read, and the same bytes on every system.
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        if source == "-":
            return group_lines(sys.stdin.buffer, sys.stdout, stack_text, fingerprint_text, explain=explain)
        with open(source, "rb") as lines:
            return group_lines(lines, sys.stdout, stack_text, fingerprint_text, explain=explain)
    except (OSError, UnicodeDecodeError, RuleTextError) as error:
        sys.stderr.write(f"vedette: {error}\n")
        return 2


def _read_rules(path: Path | None, check: Callable[[str], object]) -> str:
    if path is None:
        return ""
    text = path.read_text("utf-8")
    try:
        check(text)
    except RuleTextError as error:
        raise RuleTextError(f"{error.sentence} (in {path})", error.line, error.column) from None
    return text


def group_lines(
    lines: BinaryIO,
    out: TextIO,
    stack_trace_rules: str = "",
    fingerprint_rules: str = "",
    *,
    explain: bool = False,
) -> int:
    """Write to *out* how the event in each of *lines* groups; returns 1 if one held none, else 0.

    Raises RuleTextError if the rules given are none.
    """
    grouping_rules(stack_trace_rules, fingerprint_rules)
    failed = 0
    for line in _lines(lines):
        try:
            found = _explained(line, stack_trace_rules, fingerprint_rules)
        except (IngestError, RuleTextError) as error:
            failed = 1
            out.write(_json_line({"error": str(error)}))
        else:
            out.write(_readable(found) if explain else _json_line(_shape(found)))
        out.flush()
    return failed


def _lines(lines: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that are not blank; of one that is too long its beginning, which is no JSON."""
    while line := lines.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = lines.readline(LONGEST_LINE)
        if stripped := line.strip():
            yield stripped


def _explained(line: bytes, stack_trace_rules: str, fingerprint_rules: str) -> pipeline.Explained:
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:
        event = None  # the pipeline says what is wrong with it
    stack_texts, own = _own_rules(event) if isinstance(event, dict) else ("", ())
    rules = grouping_rules(f"{stack_trace_rules}\n{stack_texts}", fingerprint_rules)
    if own:
        rules = replace(rules, fingerprint=(*own, *rules.fingerprint))
    arrival = Arrival(received=Micros(time.time_ns() // 1000))
    return pipeline.explain_event(line, arrival, rules)


def _own_rules(event: JsonObject) -> tuple[str, tuple[FingerprintRule, ...]]:
    held = event.get("_grouping")
    text = held.get("enhancements") if isinstance(held, dict) else None
    listed = event.get("_fingerprinting_rules")
    rules = (_own_rule(each) for each in listed) if isinstance(listed, list) else ()
    return text if isinstance(text, str) else "", tuple(rules)


def _own_rule(rule: JsonValue) -> FingerprintRule:
    if not isinstance(rule, dict):
        raise RuleTextError("a rule in _fingerprinting_rules is an object", 1, 1)
    matchers: list[Matcher] = []
    for pair in _list_of(rule, "matchers"):
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
            raise RuleTextError("a matcher in _fingerprinting_rules is a list of name and argument", 1, 1)
        name, argument = pair
        matchers.append(Matcher(name.removeprefix("!"), argument, name.startswith("!")))
    attributes = rule.get("attributes")
    title = attributes.get("title") if isinstance(attributes, dict) else None
    fingerprint = [text for text in _list_of(rule, "fingerprint") if isinstance(text, str)]
    made = make_rule(matchers, fingerprint)
    return replace(made, title=title if isinstance(title, str) else None)


def _list_of(rule: JsonObject, name: str) -> list[JsonValue]:
    found = rule.get(name)
    if not isinstance(found, list) or not found:
        raise RuleTextError(f"{name} of a rule in _fingerprinting_rules is missing or empty", 1, 1)
    return found


def _json_line(value: JsonObject) -> str:
    return orjson.dumps(value).decode() + "\n"


def _shape(found: pipeline.Explained) -> JsonObject:
    variants = [each for each in found.tree.values if isinstance(each, Component)]
    return {
        "variants": {
            each.id: {
                "contributes": each.contributes,
                "hash": variant_hash(each),
                "hint": hint_of(each),
            }
            for each in variants
        },
        "hashes": _hashes(variants),
        "title": found.heading.title,
        "culprit": found.heading.culprit,
    }


def _hashes(variants: Sequence[Component]) -> list[JsonValue]:
    """Return the hashes of the *variants* that contribute, ``system`` last.

    A checksum that is no MD5 is among them; issues are found by the others only.
    """
    found = (variant_hash(each) for each in sorted(variants, key=lambda each: each.id == "system"))
    return list(dict.fromkeys(each for each in found if each is not None))


# --- for reading


def _readable(found: pipeline.Explained) -> str:
    heading = found.heading
    lines = [_quoted(heading.title), *([_quoted(heading.culprit)] if heading.culprit else [])]
    lines.append(f"grouped by {found.grouping.variant}, edition {found.grouping.config}")
    for variant in found.tree.values:
        if isinstance(variant, Component):
            number = variant_hash(variant)
            lines += ["", f"{variant.id}  {number or 'does not contribute'}{_why(variant.hint)}"]
            for value in variant.values:
                _draw(value, 1, lines)
    return "\n".join(lines) + "\n\n"


def _draw(value: Component | str | int | None, depth: int, lines: list[str]) -> None:
    """Add *value* and what is in it to *lines*; parts that hold nothing and have no hint are left out."""
    before = "  " * depth
    if not isinstance(value, Component):
        lines.append(f"{before}  {_quoted(value)}")
        return
    if not value.values and value.hint is None:
        return
    mark = "+" if value.contributes else "-"
    single = len(value.values) == 1 and not isinstance(value.values[0], Component)
    text = f"  {_quoted(value.values[0])}" if single else ""
    lines.append(f"{before}{mark} {value.id}{text}{_why(value.hint)}")
    if not single:
        for each in value.values:
            _draw(each, depth + 1, lines)


def _why(hint: str | None) -> str:
    return f"  ({hint})" if hint else ""


def _quoted(value: Component | str | int | None) -> str:
    """Return *value* so that it stays on its line and does nothing to a terminal."""
    if isinstance(value, str) and value.isprintable():
        return f'"{value}"'
    return ascii(value)
