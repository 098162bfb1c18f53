"""What lists and details show of issues beside their rows: how often they happened lately, and labels."""

from dataclasses import dataclass

from vedette.api.finding import AnyCall
from vedette.api.shapes.issue import Issue, Series
from vedette.domain.times import DAY, HOUR, SECOND, Micros, now
from vedette.store.queries import issue_details, labels


@dataclass(frozen=True, slots=True)
class Grain:
    name: str
    bucket: int  # microseconds
    buckets: int


DAY_BY_HOUR = Grain("24h", HOUR, 24)
FORTNIGHT_BY_DAY = Grain("14d", DAY, 14)
MONTH_BY_DAY = Grain("30d", DAY, 30)

GRAINS: dict[str, tuple[Grain, ...]] = {
    "": (),
    "24h": (DAY_BY_HOUR,),
    "14d": (FORTNIGHT_BY_DAY,),
    "auto": (FORTNIGHT_BY_DAY,),
}


async def add_stats(call: AnyCall, shaped: list[Issue], grains: tuple[Grain, ...]) -> None:
    """Give each issue its ``stats``; the last bucket is the one we are in."""
    ids = [int(issue["id"]) for issue in shaped]
    moment = now()
    for issue in shaped:
        issue["stats"] = {}
    for grain in grains:
        start, end = range_of(grain, moment)
        counts = await call.ask(issue_details.issue_trends, ids, start, end, grain.buckets)
        for issue in shaped:
            issue["stats"][grain.name] = series(counts[int(issue["id"])], grain, start)


def range_of(grain: Grain, moment: Micros) -> tuple[Micros, Micros]:
    """Return the whole buckets that end with the one *moment* is in."""
    end = (moment // grain.bucket + 1) * grain.bucket
    return Micros(end - grain.bucket * grain.buckets), Micros(end)


def series(counts: list[int], grain: Grain, start: Micros) -> Series:
    """Return *counts* with the start of each bucket in unix seconds."""
    return [((start + n * grain.bucket) // SECOND, count) for n, count in enumerate(counts)]


async def add_labels(call: AnyCall, shaped: list[Issue]) -> None:
    """Add to each issue the labels it carries."""
    found = await call.ask(labels.issue_labels, [int(issue["id"]) for issue in shaped])
    for issue in shaped:
        issue["labels"] = [
            {"id": str(row.id), "name": row.name, "colour": row.colour}
            for row in found.get(int(issue["id"]), ())
        ]
