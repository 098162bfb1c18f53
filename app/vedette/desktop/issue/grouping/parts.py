"""The explanation tree of grouping as rows to be shown: what counted, what did not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vedette.desktop.language import mark, tr
from vedette.processing.grouping import Component, hint_of, variant_hash

_LONGEST = 300  # characters of a value in its row

_TITLES = {
    "app": mark("In-app frames"),
    "system": mark("All frames"),
    "default": mark("The event's content"),
    "fallback": mark("Nothing to group by"),
    "checksum": mark("Checksum from the SDK"),
    "hashed-checksum": mark("Checksum from the SDK, hashed"),
    "custom-fingerprint": mark("Fingerprint"),
    "built-in-fingerprint": mark("Built-in fingerprint rule"),
    "exception": mark("Exception"),
    "chained-exception": mark("Exceptions"),
    "stacktrace": mark("Stack trace"),
    "threads": mark("Thread"),
    "frame": mark("Frame"),
    "module": mark("Module"),
    "filename": mark("File"),
    "function": mark("Function"),
    "context-line": mark("Source line"),
    "type": mark("Type"),
    "value": mark("Message"),
    "ns-error": mark("Error code"),
    "message": mark("Message"),
    "template": mark("Template"),
    "csp": mark("Content policy report"),
    "fingerprint": mark("Fingerprint"),
}
_NAMING = {"frame": ("module", "filename", "function"), "exception": ("type", "value")}


@dataclass(frozen=True, slots=True)
class Part:
    """One row: its name and value, whether it decides, and why not (or what was done to it)."""

    id: str
    title: str
    value: str
    counts: bool
    hint: str
    children: tuple["Part", ...] = ()
    hash: str = ""  # of a variant that decides: 32 hex, or the checksum as sent

    @property
    def sentence(self) -> str:
        """All of it in words."""
        state = tr("counts") if self.counts else tr("does not count")
        return ", ".join(filter(None, (self.title, self.value, state, self.hint)))


def parts_of(tree: Component) -> tuple[Part, ...]:
    """Return the variants of `processing.grouping.explain`'s *tree*, those that decide first."""
    variants = [_variant(child) for child in tree.values if isinstance(child, Component)]
    return tuple(sorted(variants, key=lambda part: (not part.counts, part.id == "system")))


def _variant(component: Component) -> Part:
    part = _part(component, is_below_off=False)
    return replace(part, hint=hint_of(component) or "")


def only_counting(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return *parts* without what does not count."""
    return tuple(
        Part(part.id, part.title, part.value, part.counts, part.hint, only_counting(part.children), part.hash)
        for part in parts
        if part.counts
    )


def _part(component: Component, *, is_below_off: bool) -> Part:
    counts = component.contributes and not is_below_off
    below = [value for value in component.values if isinstance(value, Component)]
    scalars = [str(value) for value in component.values if not isinstance(value, Component)]
    known = _TITLES.get(component.id)
    return Part(
        component.id,
        tr(known) if known else component.id,
        _value(component, below, scalars),
        counts,
        component.hint or "",
        tuple(_children(component, counts=counts)) if below else (),
        (variant_hash(component) or "") if counts else "",
    )


def _children(component: Component, *, counts: bool) -> Iterator[Part]:
    """Yield the parts below; a text beside parts is what a fingerprint adds to them."""
    for value in component.values:
        if not isinstance(value, Component):
            yield Part("fingerprint", tr(_TITLES["fingerprint"]), _short(str(value)), counts, "")
        elif value.id == component.id:
            # The variant as it was before the fingerprint joined it: its parts say it all.
            yield from _children(value, counts=counts and value.contributes)
        else:
            yield _part(value, is_below_off=not counts)


def _value(component: Component, below: list[Component], scalars: list[str]) -> str:
    if scalars and not below:
        return _short(", ".join(scalars))
    if component.id == "stacktrace":
        counting = sum(frame.contributes for frame in below)
        return tr("{count} of {total} frames").format(count=counting, total=len(below)) if below else ""
    names = _NAMING.get(component.id, ())
    texts = [_scalar(child) for name in names for child in below if child.id == name]
    found = [text for text in texts if text]
    if component.id == "frame" and len(found) == 3:
        found = [found[0], found[2]]  # a module says more than the file's name
    return _short(" · ".join(found))


def _scalar(component: Component) -> str:
    return ", ".join(str(value) for value in component.values if not isinstance(value, Component))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
