"""Client reports: what an SDK dropped before sending, and why. Bytes in, values out.

Source: getsentry/develop, "Client reports".
"""

from collections import Counter
from collections.abc import Sequence

import orjson

from vedette.domain.client_reports import Discard
from vedette.domain.json import JsonValue
from vedette.domain.outcomes import IngestError, Reason

# The field a row was in, and whose word it is. SDKs write the first; the others are a relay's.
_FIELDS = ("discarded_events", "rate_limited_events", "filtered_events", "filtered_sampling_events")
_NAME_LENGTH = 100
_SHOWN = 20


def parse_client_report(payload: bytes | memoryview) -> tuple[Discard, ...]:
    """Return the rows of a client report, equal ones added up, the largest first.

    Rows that are malformed or count nothing are left out. Raises IngestError(BAD_ITEM) when *payload* is
    no JSON object.
    """
    try:
        report = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise IngestError(Reason.BAD_ITEM, f"invalid client report: {error}") from error
    if not isinstance(report, dict):
        raise IngestError(Reason.BAD_ITEM, "invalid client report: not a JSON object")
    totals: Counter[tuple[str, str, str]] = Counter()
    for field in _FIELDS:
        rows = report.get(field)
        for row in rows if isinstance(rows, list) else ():
            if (found := _read_row(row)) is not None:
                reason, category, quantity = found
                totals[reason, category, field] += quantity
    return tuple(
        Discard(reason, category, quantity, field)
        for (reason, category, field), quantity in totals.most_common()
    )


def summarise_discards(rows: Sequence[Discard]) -> str:
    """Return a sentence for the ingest inspector.

    ``the SDK dropped 14 transaction: sample_rate; 2 error: before_send``
    """
    if not rows:
        return "the SDK dropped nothing"
    parts = [f"{row.quantity} {row.category}: {row.reason}" for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        parts.append(f"and {len(rows) - _SHOWN} more reasons")
    return f"the SDK dropped {'; '.join(parts)}"


def _read_row(row: JsonValue) -> tuple[str, str, int] | None:
    if not isinstance(row, dict):
        return None
    quantity = row.get("quantity")
    if not isinstance(quantity, int | float) or isinstance(quantity, bool) or quantity < 1:
        return None
    return _name(row.get("reason")), _name(row.get("category")), int(quantity)


def _name(value: JsonValue) -> str:
    return value[:_NAME_LENGTH] if isinstance(value, str) and value else "unknown"
