"""Which of an issue's events fit the matchers of a split."""

from dataclasses import dataclass
from typing import Any

from vedette.api.reading import read_event
from vedette.domain.outcomes import IngestError
from vedette.domain.workspace import Workspace
from vedette.processing.grouping.fingerprint_rules import Facts
from vedette.processing.grouping.rule_text import RuleTextError
from vedette.processing.grouping.rules import split_rule
from vedette.store.errors import DamagedError
from vedette.store.queries.events import page_events
from vedette.store.queries.payloads import PayloadGoneError

Db = Any

MOST_READ = 500
"""Events that are read to say how many fit; some 2 ms each."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """How many of the events that were read fit; *sentence* says why the matchers cannot be read."""

    fit: int
    read: int
    is_all: bool  # whether the issue has no more events than were read
    sentence: str = ""


def count_fitting(db: Db, workspace: Workspace, issue: int, matchers: str) -> Fitting:
    """Return how many of the issue's newest events fit *matchers*, as in fingerprint rules."""
    try:
        rule = split_rule(0, matchers)
    except RuleTextError as error:
        return Fitting(0, 0, is_all=False, sentence=error.sentence)
    fit = read = 0
    rows = page_events(db, issue=issue, limit=MOST_READ + 1)
    for row in rows[:MOST_READ]:
        try:
            event = read_event(db, workspace, row)
        except (PayloadGoneError, DamagedError, IngestError):
            continue
        read += 1
        fit += rule.fits(Facts(event))
    return Fitting(fit, read, is_all=len(rows) <= MOST_READ)
