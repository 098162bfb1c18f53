"""Editions of the algorithm: a name, which issues remember, and the rules that come with it.

Other hashes for the same event are another edition, or another count behind the slash of its name. Rules are
read once a process and only when they are first needed.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from vedette.processing.grouping.fingerprint_rules import FingerprintRule, parse_fingerprint_rules
from vedette.processing.grouping.stack_rules import StackRule, parse_stack_rules

_FOLDER = Path(__file__).parent / "built_in"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition. Its rules lie in the files of its name in the folder ``built_in``."""

    name: str  # Sentry's name for the configuration, then what counts our own changes to it
    stack_trace_file: str
    fingerprint_file: str

    def stack_trace_rules(self) -> tuple[StackRule, ...]:
        """Return the rules about frames that count for every project, before its own."""
        return _stack_trace_rules(self.stack_trace_file)

    def fingerprint_rules(self) -> tuple[FingerprintRule, ...]:
        """Return the rules about fingerprints that count for every project, after its own."""
        return _fingerprint_rules(self.fingerprint_file)


A = Edition("newstyle:2023-01-11/2", "stack-trace-2023-01-11.txt", "fingerprint-2024-02-02.txt")
CURRENT = A


@cache
def _stack_trace_rules(name: str) -> tuple[StackRule, ...]:
    return parse_stack_rules((_FOLDER / name).read_text("utf-8"))


@cache
def _fingerprint_rules(name: str) -> tuple[FingerprintRule, ...]:
    rules = parse_fingerprint_rules((_FOLDER / name).read_text("utf-8"))
    return tuple(replace(rule, is_built_in=True) for rule in rules)
