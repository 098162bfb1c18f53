"""Profiles: what a row holds of one, and the samples in it, whichever format brought them.

Samples stay in the raw payload; a row says where and when they were taken.
"""

from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.json import JsonObject
from vedette.domain.times import Micros


class ProfileFormat(StrEnum):
    SAMPLE = "sample"
    ANDROID = "android"  # a method trace of Android's runtime
    PERFETTO = "perfetto"  # kept as it came


Thread = tuple[str, str]
"""A thread's id, and its name, "" where it has none."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile of one transaction. Ids are 16 bytes, of the segment 8; ``duration`` microseconds."""

    profile_id: bytes
    format: ProfileFormat
    started: Micros
    duration: int
    platform: str
    environment: str | None
    release: str | None
    transaction: str
    transaction_id: bytes | None
    trace_id: bytes | None
    segment_id: bytes | None
    active_thread: str | None
    threads: tuple[Thread, ...]
    samples: int
    sdk: str


@dataclass(frozen=True, slots=True)
class ProfileChunk:
    """A stretch of a continuous profile; spans find it by ``profiler_id``, thread and time."""

    profiler_id: bytes
    chunk_id: bytes
    format: ProfileFormat
    started: Micros
    finished: Micros
    platform: str
    environment: str | None
    release: str | None
    threads: tuple[Thread, ...]
    samples: int
    sdk: str


@dataclass(frozen=True, slots=True)
class SampleTable:
    """Samples of all threads in order of time, as columns of equal length.

    ``at`` is nanoseconds, since the profile's start or the epoch; ``stack`` an index into ``stacks``, which
    hold indices into ``frames``, the innermost call first.
    """

    at: list[int]
    stack: list[int]
    thread: list[str]
    stacks: list[list[int]]
    frames: list[JsonObject]
    names: dict[str, str]  # of threads

    @property
    def threads(self) -> tuple[Thread, ...]:
        """The threads that were sampled, in order of appearance."""
        return tuple((thread, self.names.get(thread, "")) for thread in dict.fromkeys(self.thread))

    @property
    def duration(self) -> int:
        """Nanoseconds from the first sample to the last."""
        return self.at[-1] - self.at[0] if self.at else 0
