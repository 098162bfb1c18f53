"""Which part of an event decides its group: the first of a fixed order that has something to say."""

from collections.abc import Callable

from vedette.domain.json import JsonObject
from vedette.processing.grouping.component import Component, build, part
from vedette.processing.grouping.exceptions import exception_variants
from vedette.processing.grouping.fields import deciding_thread, frames_of, object_of, text_of, values_of
from vedette.processing.grouping.parameterise import parameterise
from vedette.processing.grouping.security import (
    csp_variants,
    expect_ct_variants,
    expect_staple_variants,
    hpkp_variants,
)
from vedette.processing.grouping.stacktraces import EMPTY, How, Variants, holds_stack_trace, stack_variants

Strategy = Callable[[JsonObject, How], Variants]


def computed_variants(event: JsonObject, how: How) -> Variants:
    """Return the variants of *event* as its content gives them, before its fingerprint is looked at.

    A variant holds the parts that all strategies found for it. Unless asked for in detail, strategies after
    the one that decides are left out: they would be switched off.
    """
    found: dict[str, list[Component]] = {}
    winner: str | None = None
    for name, strategy in _STRATEGIES:
        variants = _weighed(strategy(event, how))
        names = "/".join(sorted(each for each, part_of in variants.items() if part_of.contributes))
        for variant, component in variants.items():
            if winner and component.contributes:
                component = component.off(f"{winner} decides")
            found.setdefault(variant, []).append(component)
        if not winner and names:
            winner = f"{name} of {names}"
            if not how.detailed:
                break
    return {name: build(name, components) for name, components in found.items()}


def _weighed(variants: Variants) -> Variants:
    """Switch off what a variant beside it makes superfluous: ``system`` leads in edition A."""
    if len(variants) < 2:
        return variants
    system, app = variants["system"], variants["app"]
    if app.contributes and not system.contributes:
        app = app.off("system does not contribute")
    elif app.contributes and app.text == system.text:
        app = app.off("the same as system")
    weighed = {"system": system, "app": app}
    with_stack = {name for name, each in weighed.items() if each.contributes and holds_stack_trace(each)}
    if with_stack:
        for name, each in weighed.items():
            if each.contributes and name not in with_stack:
                weighed[name] = each.off("the other variant has a stack trace that contributes")
    return weighed


def _stacktrace_variants(event: JsonObject, how: How) -> Variants:
    stacktrace = event.get("stacktrace")
    if not isinstance(stacktrace, dict):
        return {}
    return stack_variants(stacktrace, text_of(event.get("platform")), how)


def _thread_variants(event: JsonObject, how: How) -> Variants:
    threads = values_of(event.get("threads"))
    if not threads:
        return {}
    chosen = deciding_thread(threads)
    if chosen is None:
        return {"app": Component("threads", False, "none of several threads stands out", (EMPTY,), "")}
    stacktrace = chosen.get("stacktrace")
    if not frames_of(stacktrace):
        return {"app": Component("threads", False, "the thread has no stack trace", (EMPTY,), "")}
    stacks = stack_variants(stacktrace, text_of(event.get("platform")), how)
    return {name: build("threads", (stack,)) for name, stack in stacks.items()}


def _template_variants(event: JsonObject, _how: How) -> Variants:
    template = object_of(event.get("template"))
    if not template:
        return {}
    keys = (("filename", "filename"), ("context-line", "context_line"))
    texts = [part(name, text) for name, key in keys if (text := text_of(template.get(key)))]
    return {"default": build("template", texts)}


def _message_variants(event: JsonObject, _how: How) -> Variants:
    entry = object_of(event.get("logentry"))
    message = text_of(entry.get("message")) or text_of(entry.get("formatted"))
    if message is None:
        return {}
    text = parameterise(message)
    return {"default": part("message", text, "without what varies" if text != message else None)}


_STRATEGIES: tuple[tuple[str, Strategy], ...] = (
    ("exception", exception_variants),
    ("threads", _thread_variants),
    ("stacktrace", _stacktrace_variants),
    ("template", _template_variants),
    ("csp", csp_variants),
    ("hpkp", hpkp_variants),
    ("expect-staple", expect_staple_variants),
    ("expect-ct", expect_ct_variants),
    ("message", _message_variants),
)
