"""Finding the entry that kills digest: what it is working on is noted on disk before it begins.

The note survives the process, not a power loss, and need not: a power loss is nobody's fault. After a death
the noted range is walked one entry at a time; an entry at which digest has died three times is set aside.
"""

from dataclasses import dataclass
from pathlib import Path

import orjson

DEATHS = 3


@dataclass(slots=True)
class Suspect:
    """The range digest died in, [first, last], and how often it died at exactly `first`."""

    first: int
    last: int
    deaths: int


class WorkMark:
    """The note in the workspace's ``digest.mark``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.suspect = self._read()

    def _read(self) -> Suspect | None:
        """Return what the process before us died in; None if it ended well or nothing can be read."""
        try:
            note = orjson.loads(self._path.read_bytes())
            first, until, single, deaths = (int(note[key]) for key in ("first", "until", "single", "deaths"))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Suspect(first, until, deaths + 1 if single else 0)

    def begin(self, first: int, last: int) -> None:
        """Note that the entries from *first* to *last* are being worked on together."""
        self._write(first, last, single=False, deaths=0)

    def begin_single(self, entry: int, until: int) -> None:
        """Note that *entry* is worked on alone, as part of a suspect range that ends at *until*."""
        self._write(entry, until, single=True, deaths=self.deaths_at(entry))

    def _write(self, first: int, until: int, *, single: bool, deaths: int) -> None:
        note = {"first": first, "until": until, "single": int(single), "deaths": deaths}
        self._path.write_bytes(orjson.dumps(note))

    def deaths_at(self, entry: int) -> int:
        """Return how often digest has died at exactly *entry*."""
        suspect = self.suspect
        return suspect.deaths if suspect is not None and suspect.first == entry else 0

    def is_poison(self, entry: int) -> bool:
        """Whether *entry* has killed digest often enough to be set aside."""
        return self.deaths_at(entry) >= DEATHS

    def is_suspect(self, entry: int) -> bool:
        """Whether *entry* lies in the range that digest died in."""
        return self.suspect is not None and self.suspect.first <= entry <= self.suspect.last

    def end(self) -> None:
        """Note that nothing is being worked on."""
        self._path.unlink(missing_ok=True)
