"""Which issue an event belongs to: normalised event in, hashes out. No store, no clock, no settings.

Edition A of the algorithm, Sentry's strategy configuration ``newstyle:2023-01-11``; `editions` says what
belongs to an edition, and an issue remembers which one made it.

The frames of an event are classified first (``classify_frames``), which rules about stack traces do.

An event is looked at in *variants*: ``system`` (all frames), ``app`` (in-app frames) or ``default`` (what has
no frames). ``group`` gives the hashes of those that contribute; ``explain`` the tree they were taken from.
"""

import re

from vedette.domain.json import JsonObject
from vedette.domain.processed import Grouping
from vedette.processing.grouping.classification import classify_frames
from vedette.processing.grouping.component import Component
from vedette.processing.grouping.editions import CURRENT
from vedette.processing.grouping.fields import text_of
from vedette.processing.grouping.fingerprint import BUILT_IN, CUSTOM, rule_title, with_fingerprint
from vedette.processing.grouping.fingerprint_rules import Facts, FingerprintRule
from vedette.processing.grouping.rule_text import RuleTextError
from vedette.processing.grouping.rules import (
    GroupingRules,
    SplitRule,
    grouping_rules,
    split_rule,
    with_splits,
)
from vedette.processing.grouping.stacktraces import How, Reasons
from vedette.processing.grouping.strategies import computed_variants

__all__ = [
    "CONFIG",
    "Component",
    "GroupingRules",
    "Reasons",
    "RuleTextError",
    "SplitRule",
    "classify_frames",
    "explain",
    "group",
    "grouping_rules",
    "hint_of",
    "ruled_title",
    "split_rule",
    "variant_hash",
    "with_splits",
]

CONFIG = CURRENT.name

_MD5 = re.compile("[0-9a-f]{32}")
_LONGEST_PLAIN_CHECKSUM = 32
_DECIDES = {CUSTOM: "fingerprint", BUILT_IN: "fingerprint", "hashed-checksum": "checksum"}


def group(event: JsonObject, rules: GroupingRules | None = None) -> Grouping:
    """Return the hashes by which *event* finds its issue, ``system`` last, and what decided.

    Any JSON object is taken; what has a shape it should not have is ignored. Without *rules* those that are
    built in count.
    """
    rules = rules or grouping_rules()
    facts = Facts(event)
    rule = rules.fingerprint_rule(facts)
    variants = _variants(event, rule, How(rules.stack_trace, detailed=False))
    hashes: dict[str, str] = {}
    for variant in sorted(variants, key=lambda each: each.id == "system"):
        found = variant_hash(variant)
        if found is not None and _MD5.fullmatch(found):
            hashes.setdefault(found, _deciding(variant))
    return Grouping(
        tuple(hashes),
        rules.edition.name,
        next(iter(hashes.values())),
        rules.fitting_splits(facts) if rules.splits else (),
        rule_title(event, rule),
    )


def explain(
    event: JsonObject, rules: GroupingRules | None = None, reasons: Reasons | None = None
) -> Component:
    """Return the tree behind ``group``: a part ``grouping`` with one child for each variant.

    With the *reasons* that ``classify_frames`` gave, frames say which rule made them in-app or not.

    A variant is a part named after it (app, system, default, custom-fingerprint, built-in-fingerprint,
    checksum, hashed-checksum, fallback); ``variant_hash`` gives its hash.
    """
    rules = rules or grouping_rules()
    rule = rules.fingerprint_rule(Facts(event))
    return Component(
        "grouping", True, None, tuple(_variants(event, rule, How(rules.stack_trace, reasons=reasons))), ""
    )


def ruled_title(event: JsonObject, rules: GroupingRules | None = None) -> str | None:
    """Return what a fingerprint rule calls *event*, None if none does."""
    return rule_title(event, (rules or grouping_rules()).fingerprint_rule(Facts(event)))


def hint_of(variant: Component) -> str | None:
    """Return why a variant counts or does not: its own hint, else that of the first part which has one."""
    if variant.hint is not None or variant.contributes:
        return variant.hint
    parts = (each for each in variant.values if isinstance(each, Component))
    return next((each.hint for each in parts if each.hint is not None), None)


def variant_hash(variant: Component) -> str | None:
    """Return the hash of a variant, None if it does not contribute. Only a checksum is not an MD5."""
    return variant.text if variant.id == "checksum" else variant.hash()


def _variants(event: JsonObject, rule: FingerprintRule | None, how: How) -> list[Component]:
    checksum = text_of(event.get("checksum"))
    if checksum is not None:
        return _checksum_variants(checksum)
    variants = with_fingerprint(event, computed_variants(event, how), rule)
    found = list(variants.values())
    if not any(variant.contributes for variant in found):
        found.append(Component("fallback", True, "nothing else contributes", (), ""))
    return found


def _checksum_variants(checksum: str) -> list[Component]:
    plain = Component("checksum", True, None, (checksum,), checksum)
    if _MD5.fullmatch(checksum):
        return [plain]
    hashed = Component("hashed-checksum", True, None, (checksum,), checksum)
    return [hashed, plain] if len(checksum) <= _LONGEST_PLAIN_CHECKSUM else [hashed]


def _deciding(variant: Component) -> str:
    if variant.id == "default" and any(
        isinstance(value, Component) and value.id == "message" and value.contributes
        for value in variant.values
    ):
        return "message"
    return _DECIDES.get(variant.id, variant.id)
