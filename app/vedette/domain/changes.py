"""What the live feed says: ids and kinds of change, after the commit, never the payload.

On the wire a change is ``[kind, [ids…]]``; a batch is ``{"seq": n, "changes": [change…]}``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.json import JsonValue


class ChangeKind(StrEnum):
    """Whose rows changed. Ids are the store's row ids, but for TRACE (32 hex).

    Of LOG and METRIC, which come by the thousand, only the first and the last row of a batch are said.
    """

    ISSUE_NEW = "issue.new"
    ISSUE = "issue"  # new events, or another status
    EVENT = "event"
    TRACE = "trace"
    LOG = "log"
    METRIC = "metric"
    FEEDBACK = "feedback"
    PROFILE = "profile"
    PROFILE_CHUNK = "profile_chunk"
    REPLAY = "replay"
    REQUEST = "request"
    PROJECT = "project"
    RUN = "run"
    MONITOR = "monitor"
    SESSION = "session"  # sessions were counted; ids are projects
    SETTINGS = "settings"
    STATION = "station"  # listening addresses, digest restarted, disk guard; ids are empty


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    ids: tuple[int | str, ...] = ()

    def to_json(self) -> list[JsonValue]:
        return [self.kind.value, list(self.ids)]

    @classmethod
    def from_json(cls, value: Sequence[JsonValue]) -> "Change":
        return cls(ChangeKind(value[0]), tuple(value[1]))
