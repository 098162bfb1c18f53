"""The rules that grouping follows for a project: its own, and those that are built in.

A value made of two texts, the way people write them; the same texts give the same value again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from vedette.processing.grouping.editions import CURRENT, Edition
from vedette.processing.grouping.fingerprint_rules import (
    Condition,
    Facts,
    FingerprintRule,
    Kinds,
    all_hold,
    by_kind,
    parse_fingerprint_rules,
    parse_matchers,
)
from vedette.processing.grouping.stack_matching import StackMatching
from vedette.processing.grouping.stack_rules import parse_stack_rules

_KEPT = 64  # projects have few sets of rules between them, and a compiled one takes some 200 kB


@dataclass(frozen=True)
class SplitRule:
    """Which events of an issue belong to another one. ``id`` is the caller's, and comes back in groupings."""

    id: int
    conditions: tuple[Condition, ...]

    @cached_property
    def _kinds(self) -> Kinds:
        return by_kind(self.conditions)

    def fits(self, facts: Facts) -> bool:
        """Whether the event that *facts* are of is one of them."""
        return all_hold(self._kinds, facts)


@dataclass(frozen=True, slots=True)
class GroupingRules:
    """Rules ready for use; made by `grouping_rules`."""

    edition: Edition
    stack_trace: StackMatching  # those that are built in, then the project's
    fingerprint: tuple[FingerprintRule, ...]  # the project's, then those that are built in
    splits: tuple[SplitRule, ...] = ()

    def fingerprint_rule(self, facts: Facts) -> FingerprintRule | None:
        """Return the first rule that counts for an event, None if none does."""
        return next((rule for rule in self.fingerprint if rule.fits(facts)), None)

    def fitting_splits(self, facts: Facts) -> tuple[int, ...]:
        """Return the ids of the splits whose matchers an event fits, in the order given."""
        return tuple(split.id for split in self.splits if split.fits(facts))


def split_rule(number: int, matchers: str) -> SplitRule:
    """Return the split *number* with *matchers* as in fingerprint rules. Raises RuleTextError."""
    return SplitRule(number, parse_matchers(matchers))


@lru_cache(maxsize=_KEPT)
def _stack_matching(edition: Edition, text: str) -> StackMatching:
    return StackMatching((*edition.stack_trace_rules(), *parse_stack_rules(text)))


@lru_cache(maxsize=_KEPT)
def grouping_rules(
    stack_trace_rules: str = "", fingerprint_rules: str = "", splits: tuple[SplitRule, ...] = ()
) -> GroupingRules:
    """Return the rules in the texts with those that are built in.

    Those built in come before a project's rules about stack traces and after its fingerprint rules.
    Raises RuleTextError for the first line that is no rule.
    """
    edition = CURRENT
    own = parse_fingerprint_rules(fingerprint_rules)
    return GroupingRules(
        edition, _stack_matching(edition, stack_trace_rules), (*own, *edition.fingerprint_rules()), splits
    )


def with_splits(rules: GroupingRules, splits: Sequence[SplitRule]) -> GroupingRules:
    """Return *rules* with *splits* instead of those it has."""
    return replace(rules, splits=tuple(splits))
