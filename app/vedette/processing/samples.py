"""A profile's samples as columns: checked, sorted, without idle ends and threads seen only once.

Source: getsentry/relay, relay-profiling (the sample format). Sizes are bounded; nothing is read twice.
"""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.profiles import SampleTable

MOST_SAMPLES = 1_000_000
MOST_STACKS = 500_000
MOST_FRAMES = 500_000
DEEPEST = 2_048
_LATEST = 1 << 63
LONGEST_TEXT = 1_024

_ALIASES = {"name": "function", "file": "filename", "line": "lineno", "column": "colno"}


def bad_profile(what: str) -> IngestError:
    return IngestError(Reason.BAD_PROFILE, f"invalid profile: {what}")


def read_table(profile: JsonValue, time_of: Callable[[list[JsonObject]], list[int]]) -> SampleTable:
    """Return the samples of a ``profile`` object, sorted by time; *time_of* gives theirs in nanoseconds.

    Raises IngestError(BAD_PROFILE) for what is no list, points nowhere, or is too much.
    """
    if type(profile) is not dict:
        raise bad_profile("profile is missing or no object")
    samples = _list(profile, "samples", MOST_SAMPLES)
    stacks = _list(profile, "stacks", MOST_STACKS)
    frames = _list(profile, "frames", MOST_FRAMES)
    if not samples:
        raise bad_profile("it has no samples")
    _check_stacks(stacks, len(frames))
    try:
        at = time_of(samples)
        stack = [sample["stack_id"] for sample in samples]
        thread = [sample["thread_id"] for sample in samples]
        outside = not all(0 <= moment < _LATEST for moment in (min(at), max(at)))
    except (KeyError, TypeError, ValueError, OverflowError):
        raise bad_profile("a sample has no usable stack_id, thread_id or time") from None
    if outside or not {type(number) for number in stack} <= {int}:
        raise bad_profile("a sample has no usable stack_id or time")
    if min(stack) < 0 or max(stack) >= len(stacks):
        raise bad_profile("a sample names a stack that is not there")
    thread = _thread_ids(thread)
    order = _order(at)
    if order is not None:
        at = [at[n] for n in order]
        stack = [stack[n] for n in order]
        thread = [thread[n] for n in order]
    return SampleTable(at, stack, thread, stacks, frames, _thread_names(profile.get("thread_metadata")))


def _list(profile: JsonObject, name: str, most: int) -> list[Any]:
    found = profile.get(name)
    if type(found) is not list:
        raise bad_profile(f"{name} is missing or no list")
    if len(found) > most:
        raise bad_profile(f"it has {len(found):,} {name}, at most {most:,} are read")
    return found


def _check_stacks(stacks: list[Any], frames: int) -> None:
    for stack in stacks:
        if type(stack) is not list:
            raise bad_profile("a stack is no list")
        if not stack:
            continue
        if not {type(index) for index in stack} <= {int}:
            raise bad_profile("a stack holds something else than frame numbers")
        if min(stack) < 0 or max(stack) >= frames:
            raise bad_profile("a stack names a frame that is not there")
        if len(stack) > DEEPEST:
            del stack[DEEPEST:]


def _thread_ids(threads: list[Any]) -> list[str]:
    if {type(thread) for thread in threads} <= {str}:
        return [thread[:64] for thread in threads] if max(map(len, threads)) > 64 else threads
    if not {type(thread) for thread in threads} <= {str, int}:
        raise bad_profile("a sample has no usable thread_id")
    return [str(thread)[:64] for thread in threads]


def _order(at: list[int]) -> list[int] | None:
    """Return the indices of *at* sorted by value, None if they are already."""
    if all(earlier <= later for earlier, later in pairwise(at)):
        return None
    return sorted(range(len(at)), key=at.__getitem__)


def _thread_names(metadata: JsonValue) -> dict[str, str]:
    if type(metadata) is not dict:
        return {}
    return {
        thread[:64]: entry["name"][:LONGEST_TEXT].encode("utf-8", "replace").decode()
        for thread, entry in metadata.items()
        if type(entry) is dict and type(entry.get("name")) is str
    }


def trim(table: SampleTable) -> SampleTable:
    """Return *table* without idle samples at a thread's ends, and without threads of a single sample.

    Raises IngestError(BAD_PROFILE) if nothing is left.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    stacks = table.stacks
    for n, (stack, thread) in enumerate(zip(table.stack, table.thread, strict=True)):
        if stacks[stack]:
            first.setdefault(thread, n)
            last[thread] = n
    kept = [
        n for n, thread in enumerate(table.thread) if thread in first and first[thread] <= n <= last[thread]
    ]
    counts = Counter(table.thread[n] for n in kept)
    kept = [n for n in kept if counts[table.thread[n]] > 1]
    if not kept:
        raise bad_profile("no samples are left without the idle ones and threads sampled once")
    if len(kept) == len(table.at):
        return table
    return SampleTable(
        [table.at[n] for n in kept],
        [table.stack[n] for n in kept],
        [table.thread[n] for n in kept],
        stacks,
        table.frames,
        table.names,
    )


def weights(table: SampleTable) -> list[int]:
    """Return the nanoseconds each sample stands for: until the next of its thread; the last for none."""
    found = [0] * len(table.at)
    previous: dict[str, int] = {}
    for n, (at, thread) in enumerate(zip(table.at, table.thread, strict=True)):
        before = previous.get(thread)
        if before is not None:
            found[before] = at - table.at[before]
        previous[thread] = n
    return found


def settle_frame(frame: JsonValue) -> JsonObject:
    """Return *frame* with the current names of its members; an empty one for what is no object."""
    if type(frame) is not dict:
        return {}
    settled = dict(frame)
    for old, name in _ALIASES.items():
        if old in settled:
            value = settled.pop(old)
            settled.setdefault(name, value)
    return settled
