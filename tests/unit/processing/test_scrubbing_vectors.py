"""What the published scrubber made of hand-written documents, rules and selectors comes out here as well.

Origin of tests/data/vectors.json: the scrubbing reference, measured.
"""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event
from vedette.processing.scrubbing.schema import EVENT
from vedette.processing.scrubbing.selectors import SelectorError, parse_selector
from vedette.processing.scrubbing.settings import Scrubbing, make_scrubber

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "vectors.json").read_text(encoding="utf-8"))
ADDED = {"event_id": "0123456789abcdef0123456789abcdef", "timestamp": 1795414600.5}
ARRIVAL = Arrival(received=1795414601_000000)
SETTINGS = {
    "scrubData": "scrub_data",
    "scrubDefaults": "scrub_defaults",
    "scrubIpAddresses": "scrub_ip_addresses",
    "sensitiveFields": "sensitive_fields",
    "excludeFields": "safe_fields",
}


def present(value: Any) -> Any:
    """Return *value* without null members: absent and null are the same to the published scrubber."""
    if isinstance(value, dict):
        return {key: present(item) for key, item in value.items() if item is not None}
    return [present(item) for item in value] if isinstance(value, list) else value


def scrubbed(vector: dict[str, Any], settings: Scrubbing) -> dict[str, Any]:
    event = normalise_event(copy.deepcopy(vector["input"]) | ADDED, ARRIVAL)
    make_scrubber(settings).scrub(event, EVENT)
    return event


@pytest.mark.parametrize("vector", VECTORS["scrub"], ids=lambda vector: vector["name"])
def test_an_event_is_scrubbed_as_measured(vector: dict[str, Any]) -> None:
    settings = Scrubbing(**{SETTINGS[name]: value for name, value in vector["settings"].items()})
    event = scrubbed(vector, settings)
    for name, wanted in vector["output"].items():
        assert present(event.get(name)) == present(wanted), name


@pytest.mark.parametrize("vector", VECTORS["rules"], ids=lambda vector: vector["rule"])
def test_a_built_in_rule_does_as_measured(vector: dict[str, Any]) -> None:
    config = {"applications": {"extra.*": [vector["rule"]]}}
    event = scrubbed({"input": {"extra": vector["input"]}}, Scrubbing(scrub_data=False, pii_config=config))
    assert event["extra"] == vector["output"]
    assert event.get("_meta") == vector["_meta"]


@pytest.mark.parametrize("vector", VECTORS["selector"], ids=lambda vector: vector["input"] or "empty")
def test_a_selector_is_taken_or_refused_as_measured(vector: dict[str, Any]) -> None:
    if vector["valid"] is True:
        parse_selector(vector["input"])
    else:
        with pytest.raises(SelectorError) as caught:
            parse_selector(vector["input"])
        assert str(caught.value) == vector["valid"]


def test_all_of_them_are_here() -> None:
    assert {name: len(VECTORS[name]) for name in ("scrub", "rules", "selector")} == {
        "scrub": 3,
        "rules": 25,
        "selector": 12,
    }
