"""What a table or chart of answers is asked for, from URL parameters to the store's question."""

from dataclasses import dataclass
from typing import Annotated

from vedette.api.downloads import Raw
from vedette.api.errors import ApiError
from vedette.api.finding import AnyCall
from vedette.api.limits import MAX_QUERY_STRING
from vedette.api.period import read_range
from vedette.api.schema import AtMost, Help
from vedette.api.searching import chosen_projects
from vedette.domain.times import now
from vedette.store.explore.datasets import ERRORS, NAMES, TRANSACTIONS, Dataset, find_dataset
from vedette.store.explore.questions import Question

# `discover` means errors and transactions; these words tell that transactions are meant.
_TELLING = (
    "transaction.duration",
    "transaction.op",
    "transaction.status",
    "measurements.",
    "event.type:transaction",
    "apdex(",
    "user_misery(",
    "failure_rate(",
    "failure_count(",
    "tpm(",
    "tps(",
)
_DISCOVER = ("", "discover")


@dataclass(frozen=True, slots=True)
class AskedOf:
    """Which rows a question is about."""

    dataset: Annotated[str, Help(f"One of {', '.join(NAMES)}.")] = "discover"
    query: Annotated[str, Help("Search language: fields, attributes, `count():>5`, text.")] = ""
    statsPeriod: Annotated[str | None, Help("`24h`, `14d`, `30m`, `1w`; all time without it.")] = None
    start: Annotated[str | None, Help("ISO date, UTC.")] = None
    end: Annotated[str | None, Help("ISO date, UTC.")] = None
    environment: Annotated[tuple[str, ...], Help("Only these environments.")] = ()
    project: Annotated[tuple[str, ...], Help("Ids or slugs; -1 is all.")] = ()
    run: Annotated[tuple[int, ...], Help("Only what happened in one of these runs.")] = ()
    field: Annotated[tuple[str, ...], AtMost(50), Help("Fields, functions, equations; repeated.")] = ()
    sort: Annotated[tuple[str, ...], AtMost(5), Help("`-count()`, `timestamp`.")] = ()
    raw: Raw = False


def dataset_of(asked: AskedOf, *more: str) -> Dataset:
    """Return the data set *asked* names; *more* are functions beside its fields. Raises ApiError 400."""
    if asked.dataset in _DISCOVER:
        text = " ".join((asked.query, *asked.field, *more))
        return TRANSACTIONS if any(word in text for word in _TELLING) else ERRORS
    found = find_dataset(asked.dataset)
    if found is None:
        raise ApiError(400, f"dataset must be one of: {', '.join(NAMES)}")
    return found


async def question_of(call: AnyCall, asked: AskedOf, *more: str) -> Question:
    """Return what *asked* asks. Raises ApiError 400, 414."""
    if len(call.request.rel_url.raw_query_string) > MAX_QUERY_STRING:
        raise ApiError(414, f"The parameters may have {MAX_QUERY_STRING:,} characters in all.")
    span = read_range(asked.statsPeriod, asked.start, asked.end, now())
    return Question(
        dataset=dataset_of(asked, *more),
        fields=asked.field,
        query=asked.query,
        projects=await chosen_projects(call, asked.project),
        runs=asked.run,
        environments=asked.environment,
        since=span.since,
        until=span.until,
        sort=asked.sort,
    )
