"""The splits of issues as rules that processing can ask about an event."""

import logging

import apsw
from sqlalchemy import select

from vedette.processing.grouping import RuleTextError, SplitRule
from vedette.processing.grouping.rules import split_rule
from vedette.store import schema
from vedette.store.engine import sql_of

log = logging.getLogger(__name__)


def split_rules(raw: apsw.Connection) -> dict[int, list[SplitRule]]:
    """Return the splits of every project that has any, the oldest first."""
    split = schema.split
    asked = select(split.c.id, split.c.project, split.c.matchers).order_by(split.c.id)
    found: dict[int, list[SplitRule]] = {}
    for number, project, matchers in raw.execute(sql_of(asked)):
        try:
            found.setdefault(project, []).append(split_rule(number, matchers))
        except RuleTextError:  # of a newer version: what fits it stays where it is until that is back
            log.warning("the matchers of split %s cannot be read: %s", number, matchers)
    return found
