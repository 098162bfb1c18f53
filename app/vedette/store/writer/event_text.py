"""What the full text holds of an event: its title, its body, and its tags as tokens."""

from collections.abc import Iterable

from vedette.domain.processed import ProcessedEvent
from vedette.store import dialect

_BODY_CHARACTERS = 4_000
_TITLE_CHARACTERS = 1_000


def find_row(
    event: ProcessedEvent, number: int, project: int, run: int, issue: int, terms: Iterable[int]
) -> tuple[object, ...]:
    """Return what the full text holds of event *number*: its id, title, body and tags."""
    tags = (
        dialect.ANY,
        f"{dialect.PROJECT}{project}",
        f"{dialect.RUN}{run}",
        f"{dialect.ISSUE}{issue}",
        *(f"{dialect.TERM}{term}" for term in terms),
    )
    title, body = event.heading.title[:_TITLE_CHARACTERS], event.body[:_BODY_CHARACTERS]
    return number, title, body, " ".join(tags)
