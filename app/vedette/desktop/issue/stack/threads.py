"""Threads of an event in the order a reader looks: crashed first, then by name. Pure."""

from dataclasses import dataclass

from vedette.desktop.issue.stack.frames import Frame, read_frames
from vedette.desktop.language import mark, tr
from vedette.domain.json import JsonObject


@dataclass(frozen=True, slots=True)
class ThreadChoice:
    """One thread, or several that stand at the same place (*alike* of them)."""

    at: int  # place in threads.values
    title: str
    frames: tuple[Frame, ...]
    crashed: bool
    alike: int = 1

    @property
    def text(self) -> str:
        """How the picker names it."""
        return f"{self.title}  × {self.alike}" if self.alike > 1 else self.title


_STATES = {
    "RUNNABLE": mark("running"),
    "RUNNING": mark("running"),
    "BLOCKED": mark("blocked"),
    "WAITING": mark("waiting"),
    "TIMED_WAITING": mark("waiting for a time"),
    "NEW": mark("not started"),
    "TERMINATED": mark("ended"),
    "NATIVE": mark("in native code"),
    "PARKED": mark("parked"),
    "SLEEPING": mark("sleeping"),
}


def _state(state: str) -> str:
    """Return an SDK's thread state in words; unknown ones as they are."""
    key = state.upper().replace(" ", "_").replace("-", "_")
    return tr(_STATES[key]) if key in _STATES else state.lower().replace("_", " ")


def thread_choices(event: JsonObject) -> tuple[ThreadChoice, ...]:
    """Return the threads of a normalised event; those with equal stacks and no name of their own as one."""
    values = (event.get("threads") or {}).get("values") or ()
    platform = str(event.get("platform") or "")
    found = [_choice(at, one, platform) for at, one in enumerate(values) if isinstance(one, dict)]
    found.sort(key=lambda pair: (not pair[1].crashed, not pair[0].get("current"), pair[1].title.lower()))
    kept: list[ThreadChoice] = []
    places: dict[tuple[str, ...], int] = {}
    for _, choice in found:
        stack = tuple(f"{frame.function} {frame.location}" for frame in choice.frames)
        known = None if choice.crashed or not stack else places.get(stack)
        if known is None:
            if not choice.crashed:
                places[stack] = len(kept)
            kept.append(choice)
        else:
            first = kept[known]
            kept[known] = ThreadChoice(first.at, first.title, first.frames, first.crashed, first.alike + 1)
    return tuple(kept)


def _choice(at: int, thread: JsonObject, platform: str) -> tuple[JsonObject, ThreadChoice]:
    crashed = bool(thread.get("crashed"))
    name = str(thread.get("name") or tr("Thread {id}").format(id=thread.get("id", at)))
    notes = [
        tr(note)
        for note, is_so in (
            (mark("crashed"), crashed),
            (mark("current"), thread.get("current") and not crashed),
            (mark("main"), thread.get("main") and "main" not in name.lower()),
        )
        if is_so
    ]
    if thread.get("state"):
        notes.append(_state(str(thread["state"])))
    if isinstance(thread.get("held_locks"), dict) and thread["held_locks"]:
        notes.append(tr("%n lock(s)", "", len(thread["held_locks"])))
    title = f"{name} ({', '.join(notes)})" if notes else name
    return thread, ThreadChoice(at, title, read_frames(thread.get("stacktrace"), platform), crashed)
