"""Exceptions: one, a chain of causes, or a group of several raised together."""

from collections.abc import Callable
from typing import NamedTuple

from vedette.domain.json import JsonObject
from vedette.processing.grouping.component import Component, build, part
from vedette.processing.grouping.fields import frames_of, number_of, object_of, scalar_of, text_of, values_of
from vedette.processing.grouping.parameterise import parameterise
from vedette.processing.grouping.stacktraces import EMPTY, How, Variants, stack_variants

# Repeated ids can make a small event describe a tree of any size, and a circle one without end.
_MOST_VISITS = 20_000


def exception_variants(event: JsonObject, how: How) -> Variants:
    """Return the variants of an event's exceptions, none if there are no exceptions.

    If they are not asked for in detail, values that do not contribute are left as they came.
    """
    platform = text_of(event.get("platform"))
    exceptions = values_of(event.get("exception"))
    counted = _without_group_copies(exceptions, lambda each: single_variants(each, platform, _comparing(how)))
    each_variants = [single_variants(each, platform, how) for each in counted]
    if len(each_variants) == 1:
        return each_variants[0]
    found: dict[str, list[Component]] = {}
    for variants in each_variants:
        for name, component in variants.items():
            found.setdefault(name, []).append(component)
    return {name: build("chained-exception", components) for name, components in found.items()}


def _comparing(how: How) -> How:
    """Return how exceptions are looked at to tell kinds apart: the same for people and without them."""
    return How(how.rules)


def single_variants(exception: JsonObject, platform: str | None, how: How) -> Variants:
    """Return the variants of one exception: those of its stack trace, else ``app`` alone."""
    stacktrace = exception.get("stacktrace")
    stacks = stack_variants(stacktrace, platform, how, exception) if frames_of(stacktrace) else {"app": EMPTY}
    mechanism = object_of(exception.get("mechanism"))
    kind = part("type", text_of(exception.get("type")))
    if mechanism.get("synthetic") is True and kind.contributes:
        kind = kind.off("made up by the SDK")
    ns_error = object_of(mechanism.get("meta")).get("ns_error")
    error = _ns_error(ns_error) if isinstance(ns_error, dict) else None
    variants = {}
    for name, stack in stacks.items():
        values = [stack, kind]
        if error is not None:
            values.append(error)
        values.append(_value(exception, stack, error, how.detailed))
        variants[name] = build("exception", values)
    return variants


def _ns_error(ns_error: JsonObject) -> Component:
    return build("ns-error", (scalar_of(ns_error.get("domain")), scalar_of(ns_error.get("code"))))


def _value(exception: JsonObject, stack: Component, error: Component | None, detailed: bool) -> Component:
    value = text_of(exception.get("value"))
    if value is None:
        return part("value", None)
    hint = None
    if stack.contributes:
        hint = "the stack trace says more"
    elif error is not None and error.contributes:
        hint = "the NSError says more"
    if hint is not None and not detailed:
        return Component("value", False, hint, (value,), "")
    text = parameterise(value)
    shown = part("value", text, "without what varies" if text != value else None)
    return shown.off(hint) if hint and shown.contributes else shown


class _Place(NamedTuple):
    """Where an exception says it stands among the others."""

    id: int
    parent: int | None


def _place_of(exception: JsonObject) -> _Place | None:
    mechanism = object_of(exception.get("mechanism"))
    own = number_of(mechanism.get("exception_id"))
    return None if own is None else _Place(own, number_of(mechanism.get("parent_id")))


def _without_group_copies(
    exceptions: list[JsonObject], variants_of: Callable[[JsonObject], Variants]
) -> list[JsonObject]:
    """Return the exceptions that tell a group from others: one of each kind, and what holds them."""
    places = [place for each in exceptions if (place := _place_of(each)) is not None]
    if len(exceptions) < 2 or len(places) < len(exceptions):
        return exceptions
    tree = _Tree(exceptions, places)
    leaves = tree.leaves()
    if leaves is None:
        return exceptions
    leaves.sort(key=lambda each: text_of(each.get("type")) or "None", reverse=True)
    kinds = leaves if len(leaves) < 2 else _first_of_equals(leaves, variants_of)
    if len(kinds) != 1:
        return [*kinds, tree.by_id[0]]
    return tree.first_path(kinds[0]) or exceptions


def _first_of_equals(
    exceptions: list[JsonObject], variants_of: Callable[[JsonObject], Variants]
) -> list[JsonObject]:
    kinds: list[JsonObject] = []
    last: Variants | None = None
    for exception in exceptions:
        variants = variants_of(exception)
        if variants != last:
            kinds.append(exception)
        last = variants
    return kinds


class _Tree:
    """Exceptions by id and parent. A repeated id stands for the one that comes first in the event."""

    def __init__(self, exceptions: list[JsonObject], places: list[_Place]) -> None:
        self.by_id: dict[int, JsonObject] = {}
        self._children: dict[int, list[tuple[int, JsonObject]]] = {}
        for exception, place in zip(reversed(exceptions), reversed(places), strict=True):
            self.by_id[place.id] = exception
            if place.parent is not None:
                self._children.setdefault(place.parent, []).append((place.id, exception))

    def leaves(self) -> list[JsonObject] | None:
        """Return what the groups from id 0 on hold, in order; None without an id 0 or an end."""
        if 0 not in self.by_id:
            return None
        leaves: list[JsonObject] = []
        ahead = [(0, self.by_id[0])]
        for _ in range(_MOST_VISITS):
            if not ahead:
                return leaves
            own, exception = ahead.pop()
            if object_of(exception.get("mechanism")).get("is_exception_group") is True:
                ahead.extend(reversed(self._children.get(own, ())))
            else:
                leaves.append(exception)
        return None

    def first_path(self, exception: JsonObject) -> list[JsonObject] | None:
        """Return *exception*, its first cause, that one's first cause and so on; None if it never ends."""
        path = [exception]
        place = _place_of(exception)
        own = 0 if place is None else place.id
        for _ in range(_MOST_VISITS):
            causes = self._children.get(own)
            if not causes:
                return path
            own, cause = causes[0]
            path.append(cause)
        return None
