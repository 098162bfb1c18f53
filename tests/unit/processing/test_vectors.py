"""Every measured input of the published normaliser gives the same output here.

Two of them measure trimming, which is left out unless a project asks for it: there the whole text must come
through, and be trimmed as measured when it is asked for. The vectors of scrubbing have a test of their own.
"""

import copy
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from vedette.domain.outcomes import IngestError, Reason
from vedette.domain.processed import Arrival
from vedette.processing.normalise import normalise_event
from vedette.processing.releases import parse_release
from vedette.processing.shapes import UnfitError
from vedette.processing.trimming import trim_event

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "vectors.json").read_text(encoding="utf-8"))
ADDED = {"event_id": "0123456789abcdef0123456789abcdef", "timestamp": 1795414600.5}
TRANSACTION = {
    "type": "transaction",
    "start_timestamp": 1795414599.5,
    "contexts": {"trace": {"trace_id": "a" * 32, "span_id": "b" * 16}},
}
ARRIVAL = Arrival(received=1795414601_000000)
REJECTED = {"transaction without trace": Reason.BAD_TRANSACTION}
"""Measured as rejected; here with the reason people see."""


def present(value: Any) -> Any:
    """Return *value* without null members: absent and null are the same to the published normaliser."""
    if isinstance(value, dict):
        return {key: present(item) for key, item in value.items() if item is not None}
    return [present(item) for item in value] if isinstance(value, list) else value


def check(output: dict[str, Any], expected: dict[str, Any]) -> None:
    for name, wanted in expected.items():
        if name == "contexts" and "trace" not in wanted:
            output = {**output, "contexts": {key: output["contexts"][key] for key in wanted}}
        assert present(output.get(name)) == present(wanted), name


@pytest.mark.parametrize("vector", VECTORS["normalize"], ids=lambda vector: vector["name"])
def test_an_event_comes_out_as_from_the_published_normaliser(vector: dict[str, Any]) -> None:
    sent = copy.deepcopy(vector["input"]) | ADDED
    if vector["name"] in REJECTED:
        with pytest.raises(IngestError) as caught:
            normalise_event(sent, ARRIVAL)
        assert caught.value.reason is REJECTED[vector["name"]]
        return
    output = normalise_event(sent, ARRIVAL)
    if vector["name"] == "long message":
        assert output["logentry"] == {"formatted": vector["input"]["message"]}
        assert "_meta" not in output
    elif vector["name"] == "deep extra":
        assert output["extra"] == vector["input"]["extra"]
    else:
        check(output, vector["output"])
    trim_event(output)
    check(output, vector["output"])


@pytest.mark.parametrize("vector", VECTORS["transaction"], ids=lambda vector: vector["name"])
def test_a_transaction_comes_out_as_from_the_published_normaliser(vector: dict[str, Any]) -> None:
    sent = copy.deepcopy(TRANSACTION) | copy.deepcopy(vector["input"]) | ADDED
    output = normalise_event(sent, ARRIVAL)
    check(output, vector["output"])
    trim_event(output)
    check(output, vector["output"])


@pytest.mark.parametrize("vector", VECTORS["release"], ids=lambda vector: vector["input"])
def test_a_release_is_taken_apart_as_measured(vector: dict[str, Any]) -> None:
    if "error" in vector:
        with pytest.raises(UnfitError):
            parse_release(vector["input"])
        return
    found = dataclasses.asdict(parse_release(vector["input"]))
    found["version_parsed"] = found.pop("version")
    if found["version_parsed"]:
        found["version_parsed"]["raw_quad"] = list(found["version_parsed"]["raw_quad"])
    assert found == vector["output"]


def test_all_vectors_are_here() -> None:
    assert {name: len(found) for name, found in VECTORS.items() if name != "about"} == {
        "normalize": 85,
        "transaction": 28,
        "release": 9,
        "scrub": 3,
        "rules": 25,
        "selector": 12,
    }
