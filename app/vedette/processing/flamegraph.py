"""Several sample tables as one: joined in time, or added up to a flame graph in speedscope's form.

Pure values. Frames that say the same are one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vedette.domain.json import JsonObject
from vedette.domain.profiles import SampleTable
from vedette.processing.samples import settle_frame, weights

MOST_EXAMPLES = 5
_IDENTITY = ("function", "module", "package", "filename", "abs_path", "lineno", "colno", "instruction_addr")


@dataclass(slots=True)
class _Frames:
    frames: list[JsonObject] = field(default_factory=list)
    known: dict[tuple[str, ...], int] = field(default_factory=dict)

    def numbers(self, table: SampleTable) -> list[int]:
        """Return for each frame of *table* its number among all."""
        found = []
        for sent in table.frames:
            frame = settle_frame(sent)
            key = tuple(str(frame.get(name)) for name in _IDENTITY)
            number = self.known.setdefault(key, len(self.frames))
            if number == len(self.frames):
                self.frames.append(frame)
            found.append(number)
        return found


def join_tables(tables: Sequence[SampleTable], since: int = 0, until: int | None = None) -> SampleTable:
    """Return the samples of all *tables* from *since* to *until* (nanoseconds), in order of time."""
    frames, stacks = _Frames(), dict[tuple[int, ...], int]()
    rows: list[tuple[int, int, str]] = []
    names: dict[str, str] = {}
    for table in tables:
        number = frames.numbers(table)
        own = [stacks.setdefault(tuple(number[f] for f in stack), len(stacks)) for stack in table.stacks]
        names |= table.names
        rows.extend(
            (at, own[stack], thread)
            for at, stack, thread in zip(table.at, table.stack, table.thread, strict=True)
            if at >= since and (until is None or at <= until)
        )
    rows.sort(key=lambda row: row[0])
    return SampleTable(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        [list(stack) for stack in stacks],
        frames.frames,
        names,
    )


def add_up(tables: Iterable[tuple[str, SampleTable]]) -> JsonObject:
    """Return one flame graph of all samples; each table comes with the id of its profile.

    ``weights`` are nanoseconds, ``sample_counts`` samples, ``samples`` frame numbers from the outermost in.
    """
    frames = _Frames()
    sums: dict[tuple[int, ...], list[int]] = {}
    examples: dict[tuple[int, ...], list[int]] = {}
    profiles: list[JsonObject] = []
    for profile_id, table in tables:
        profiles.append({"profile_id": profile_id})
        number = frames.numbers(table)
        own = [tuple(number[frame] for frame in reversed(stack)) for stack in table.stacks]
        for stack, weight in zip(table.stack, weights(table), strict=True):
            if not own[stack]:
                continue
            both = sums.setdefault(own[stack], [0, 0])
            both[0] += weight
            both[1] += 1
            seen = examples.setdefault(own[stack], [])
            if len(seen) < MOST_EXAMPLES and (len(profiles) - 1) not in seen:
                seen.append(len(profiles) - 1)
    order = sorted(sums)
    total = sum(both[0] for both in sums.values())
    return {
        "activeProfileIndex": 0,
        "metadata": {},
        "platform": "",
        "shared": {"frames": frames.frames, "profiles": profiles},
        "profiles": [
            {
                "type": "sampled",
                "name": "",
                "unit": "nanoseconds",
                "threadID": 0,
                "isMainThread": True,
                "startValue": 0,
                "endValue": total,
                "samples": [list(stack) for stack in order],
                "weights": [sums[stack][0] for stack in order],
                "sample_counts": [sums[stack][1] for stack in order],
                "samples_profiles": [examples[stack] for stack in order],
            }
        ],
    }
