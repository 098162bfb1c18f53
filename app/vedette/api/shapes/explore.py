"""Tables of answers as ``/events/`` shapes them."""

from typing import TypedDict

from vedette.domain.json import JsonValue
from vedette.store.explore.questions import Answer


class EventsMeta(TypedDict):
    """What the columns are. ``dataScanned`` is ``partial`` where only the newest rows were looked at."""

    fields: dict[str, str]
    units: dict[str, str | None]
    isMetricsData: bool
    isMetricsExtractedData: bool
    tips: dict[str, str | None]
    dataset: str
    datasetReason: str
    dataScanned: str


class Events(TypedDict):
    """Rows by column, and what the columns are."""

    data: list[dict[str, JsonValue]]
    meta: EventsMeta


def events_shape(answer: Answer, dataset: str) -> Events:
    """Return *answer* about *dataset*, as it was named, in the API's form."""
    return {
        "data": answer.rows,
        "meta": {
            "fields": {name: kind.value for name, kind in answer.fields.items()},
            "units": answer.units,
            "isMetricsData": False,
            "isMetricsExtractedData": False,
            "tips": {"query": None, "columns": None},
            "dataset": dataset,
            "datasetReason": "unchanged",
            "dataScanned": "partial" if answer.is_partial else "full",
        },
    }
