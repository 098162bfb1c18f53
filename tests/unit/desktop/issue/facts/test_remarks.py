"""What was done to values on the way."""

from typing import Any

import orjson

from vedette.desktop.issue.facts.remarks import Remark, remarks_of, summary
from vedette.domain.processed import Arrival
from vedette.domain.times import SECOND, Micros
from vedette.processing import pipeline

NOON = Micros(1_795_500_000 * SECOND)


def remarks(event: dict[str, Any]) -> tuple[Remark, ...]:
    payload = orjson.dumps({"event_id": "1" * 32, "platform": "python", **event})
    return remarks_of(pipeline.read_event(payload, Arrival(received=NOON)), payload)


def test_an_event_taken_as_it_came_has_none() -> None:
    assert remarks({"message": "fine"}) == ()
    assert summary(()) == ""


def test_what_the_sdk_cut_is_its_doing() -> None:
    meta = {"extra": {"cart": {"": {"len": 12, "rem": [["!limit", "x", 0, 3]]}}}}
    (remark,) = remarks({"extra": {"cart": "abc"}, "_meta": meta})
    assert (remark.place, remark.what, remark.by_sdk) == ("extra.cart", "cut, was 12 long", True)
    assert remark.by == "SDK"
    assert summary([remark]) == "The SDK cut or scrubbed 1 value."


def test_a_scrubbed_value_names_the_rule() -> None:
    meta = {"user": {"email": {"": {"rem": [["@email:mask", "m", 0, 5]]}}}}
    (remark,) = remarks({"user": {"email": "*****"}, "_meta": meta})
    assert remark.what == "masked by @email:mask"
    assert remark.by == "Vedette"  # its rules are called so, though the note stands in what was stored


def test_what_could_not_be_read_was_replaced_here() -> None:
    found = remarks({"message": "fine", "user": 7})
    assert any(one.place == "user" and not one.by_sdk for one in found)
    assert "Vedette scrubbed or changed" in summary(found)


def test_metadata_of_any_shape_is_survived() -> None:
    for odd in (
        {"": 7},
        {"a": {"": {"rem": [[], "x", 7], "err": [[], {}, "odd_kind"]}}},
        {"0": {"": {"len": "x"}}},
    ):
        payload = orjson.dumps({"_meta": odd})
        for remark in remarks_of({"_meta": odd, "errors": [7, {}]}, payload):
            assert isinstance(remark.what, str)
    assert remarks_of({"_meta": {"a": {"": {"len": 3}}}}, b'"_meta" but no JSON')[0].by_sdk is False
