"""Who sends, with all that can be told about them; asked in a worker thread."""

from dataclasses import dataclass
from typing import Any

from vedette.desktop.ingest.advice import Drop, added_up, advice, newer_seen, read_drops, sampling_advice
from vedette.desktop.language import tr
from vedette.domain.outcomes import IngestError
from vedette.domain.times import MINUTE, Micros
from vedette.domain.workspace import Workspace
from vedette.protocol.envelope import MAX_HEADER, read_envelope_header
from vedette.store.errors import StoreError
from vedette.store.queries.payloads import PayloadGoneError, find_body
from vedette.store.queries.requests import SenderRow, senders
from vedette.store.queries.sender_activity import SenderActivity, sender_activity

Db = Any  # the store's connection, which the desktop only hands through

RATE_OVER = 5 * MINUTE
_MOST_LOOKED_INTO = 30  # senders whose newest trace is opened for its sample rate


@dataclass(frozen=True, slots=True)
class Sending:
    """A sender with what it did lately.

    ``sample_rate`` is its newest trace's; ``newer`` a newer version of its SDK that was seen here.
    """

    row: SenderRow
    per_minute: float = 0.0
    drops: tuple[Drop, ...] = ()
    sample_rate: float | None = None
    newer: str = ""

    @property
    def advice(self) -> list[str]:
        """What the developer can do about it, in sentences."""
        found = advice(self.drops)
        sampling = sampling_advice(self.sample_rate)
        if sampling:
            found.insert(0, sampling)
        if self.newer:
            found.append(
                tr("Another program here uses version {version} of this SDK.").format(version=self.newer)
            )
        return found


def read_sendings(db: Db, workspace: Workspace, now: Micros) -> list[Sending]:
    """Return who sent something, latest first."""
    rows = senders(db)
    activity = sender_activity(db, Micros(now - RATE_OVER))
    clients = {row.client for row in rows}
    return [
        _sending(
            db,
            workspace,
            row,
            activity.get(row.id, SenderActivity()),
            clients,
            look_inside=n < _MOST_LOOKED_INTO,
        )
        for n, row in enumerate(rows)
    ]


def _sending(
    db: Db,
    workspace: Workspace,
    row: SenderRow,
    activity: SenderActivity,
    clients: set[str],
    *,
    look_inside: bool,
) -> Sending:
    drops = added_up(activity.reports) or read_drops(row.dropped)
    rate = None
    if look_inside and activity.traced is not None:
        rate = sample_rate(db, workspace, activity.traced)
    minutes = RATE_OVER / MINUTE
    return Sending(row, activity.recent / minutes, tuple(drops), rate, newer_seen(row.client, clients))


def sample_rate(db: Db, workspace: Workspace, request: int) -> float | None:
    """Return the rate the trace in *request* was sampled at, None if it does not tell."""
    try:
        header = read_envelope_header(find_body(db, workspace, request).part(0, MAX_HEADER + 1).read()).header
    except (PayloadGoneError, StoreError, IngestError):
        return None
    trace = header.get("trace")
    try:
        return float(trace["sample_rate"]) if isinstance(trace, dict) else None
    except (KeyError, TypeError, ValueError):
        return None
