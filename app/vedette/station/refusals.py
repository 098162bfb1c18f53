"""Refused requests, recorded for the inspector within a bound: a flood of them must not fill the disk."""

import time
from collections.abc import Callable
from dataclasses import replace

from vedette.domain.outcomes import IngestError
from vedette.station.arrivals import Arrival
from vedette.station.spooling import Spooler

ENTRIES_A_MINUTE = 3_000
BYTES_A_MINUTE = 64 << 20


class _Bucket:
    """Fills with time up to *most*, and is taken from."""

    def __init__(self, most: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._clock = clock
        self._level = most
        self._at = clock()

    def take(self, amount: float) -> bool:
        """Take *amount* if it is there."""
        at = self._clock()
        self._level = min(self._most, self._level + (at - self._at) * self._most / 60)
        self._at = at
        if self._level < amount:
            return False
        self._level -= amount
        return True


class Refusals:
    """Writes refused requests to the spool; what there is no room for is counted and told with the next."""

    def __init__(self, spooler: Spooler, clock: Callable[[], float] = time.monotonic) -> None:
        self._spooler = spooler
        self._entries = _Bucket(ENTRIES_A_MINUTE, clock)
        self._bytes = _Bucket(BYTES_A_MINUTE, clock)
        self.unrecorded = 0
        """Refused requests since the last recorded one."""

    def record(self, arrival: Arrival, error: IngestError) -> None:
        """Hand the refusal to the spool; nobody waits for it."""
        if not self._entries.take(1):
            self.unrecorded += 1
            return
        if self.unrecorded:
            more = f"{error.detail} (and {self.unrecorded} refused requests before it were not recorded)"
            error = IngestError(error.reason, more)
            self.unrecorded = 0
        entry = arrival.to_refusal(error)
        if entry.body and not self._bytes.take(len(entry.body)):
            entry = replace(entry, body=None)
        self._spooler.append(entry)
