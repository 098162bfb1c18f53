"""Rules drafted from a part of an explanation: beginnings that a person changes in the rules editor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.desktop.issue.grouping.parts import Part
from vedette.desktop.language import tr

_VARIES = re.compile(r"<[a-z0-9_]+>|\d+")
_LONGEST = 200
_MOST_TAGS = 30


class RuleKind(StrEnum):
    """Which of a project's two texts a rule belongs to; spelled as the API does."""

    STACK_TRACE = "groupingEnhancements"
    FINGERPRINT = "fingerprintingRules"


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule to begin with, and what it would do in words."""

    kind: RuleKind
    rule: str
    title: str
    is_by_tag: bool = False


def drafts_for(
    above: Sequence[Part], exception_type: str, message: str, tags: Sequence[tuple[str, str]]
) -> list[Draft]:
    """Return the rules that make sense for the last of *above*, the parts from the variant down to it.

    *exception_type* and *message* are the event's, "" for none.
    """
    found: list[Draft] = []
    frame = next((part for part in reversed(above) if part.id == "frame"), None)
    if frame is not None:
        found += _of_frame(frame)
    found += _of_event(exception_type, message)
    found += [_with_tag(key, exception_type, message) for key, _ in tags[:_MOST_TAGS]]
    return found


def _of_frame(frame: Part) -> list[Draft]:
    facts = {part.id: part.value for part in frame.children if part.value}
    module, function, filename = facts.get("module"), facts.get("function"), facts.get("filename")
    found: list[Draft] = []
    place = (
        f"stack.module:{quoted(module)}"
        if module
        else f"stack.abs_path:{quoted('**/' + filename)}"
        if filename
        else ""
    )
    named = f" stack.function:{quoted(function)}" if function else ""
    if place or named:
        exact = f"{place}{named}".strip()
        found.append(Draft(RuleKind.STACK_TRACE, f"{exact} -group", tr("Leave this frame out")))
    if module:
        package = module.partition(".")[0]
        whole = f"stack.module:{quoted(package + '.*' if '.' in module else module)}"
        found.append(
            Draft(RuleKind.STACK_TRACE, f"{whole} -group", tr("Leave out all of {name}").format(name=package))
        )
        found.append(
            Draft(RuleKind.STACK_TRACE, f"{whole} -app", tr("{name} is not the app's").format(name=package))
        )
        found.append(
            Draft(RuleKind.STACK_TRACE, f"{whole} +app", tr("{name} is the app's").format(name=package))
        )
    return found


def _of_event(exception_type: str, message: str) -> list[Draft]:
    found: list[Draft] = []
    if exception_type:
        matcher = f"error.type:{quoted(exception_type)}"
        found.append(Draft(RuleKind.FINGERPRINT, f"{matcher} -> {{{{ error.type }}}}", tr("By type only")))
        found.append(
            Draft(
                RuleKind.FINGERPRINT,
                f"{matcher} -> {{{{ error.type }}}}, {{{{ stack.function }}}}",
                tr("By type and function"),
            )
        )
    pattern = without_values(message)
    if pattern:
        name = re.sub(r"[^a-z0-9]+", "-", pattern.lower()).strip("-")[:60] or "message"
        kind = "error.value" if exception_type else "message"
        found.append(
            Draft(
                RuleKind.FINGERPRINT,
                f"{kind}:{quoted(pattern)} -> {name}",
                tr("All messages like this are one issue"),
            )
        )
    return found


def _with_tag(key: str, exception_type: str, message: str) -> Draft:
    pattern = without_values(message)
    matcher = (
        f"error.type:{quoted(exception_type)}" if exception_type else f"message:{quoted(pattern or '*')}"
    )
    rule = f"{matcher} -> {{{{ default }}}}, {{{{ tags.{key} }}}}"
    return Draft(RuleKind.FINGERPRINT, rule, tr("Apart by tag {key}").format(key=key), is_by_tag=True)


def without_values(message: str) -> str:
    """Return the first line of *message* with stars where numbers and the like stand, "" without letters."""
    line = message.strip().partition("\n")[0][:_LONGEST]
    pattern = re.sub(r"\*[\s*]*\*", "*", _VARIES.sub("*", line.replace("*", "?")))
    return pattern if any(character.isalpha() for character in pattern) else ""


def quoted(text: str) -> str:
    """Return *text* as the argument of a matcher."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
