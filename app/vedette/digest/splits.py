"""The splits of issues as rules that processing can ask about an event."""

import logging
from collections.abc import Iterable

from vedette.processing.grouping import RuleTextError, SplitRule
from vedette.processing.grouping.rules import split_rule

log = logging.getLogger(__name__)


def split_rules(splits: Iterable[tuple[int, int, str]]) -> dict[int, list[SplitRule]]:
    """Return *splits* (number, project, matchers) as rules, by project, in their order."""
    found: dict[int, list[SplitRule]] = {}
    for number, project, matchers in splits:
        try:
            found.setdefault(project, []).append(split_rule(number, matchers))
        except RuleTextError:  # of a newer version: what fits it stays where it is until that is back
            log.warning("the matchers of split %s cannot be read: %s", number, matchers)
    return found
