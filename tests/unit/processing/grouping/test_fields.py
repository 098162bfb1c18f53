"""Values of the wrong type count as absent."""

import pytest

from vedette.domain.json import JsonValue
from vedette.processing.grouping import fields

ODD: list[JsonValue] = [None, "", 0, 1.5, True, [], {}, [None], {"a": 1}, "text"]


@pytest.mark.parametrize("value", ODD)
def test_any_value_can_be_read_as_anything(value: JsonValue) -> None:
    assert fields.text_of(value) == ("text" if value == "text" else None)
    assert fields.object_of(value) == (value if isinstance(value, dict) else {})
    assert fields.objects_of(value) == []
    assert fields.values_of(value) == fields.frames_of(value) == []


def test_objects_are_picked_out_of_a_list() -> None:
    assert fields.objects_of([1, {"a": 1}, None, {}]) == [{"a": 1}, {}]
    assert fields.values_of({"values": [{"a": 1}, 3]}) == [{"a": 1}]
    assert fields.frames_of({"frames": [{"a": 1}, 3]}) == [{"a": 1}]


def test_true_is_not_a_number() -> None:
    assert fields.number_of(3) == fields.scalar_of(3) == 3
    assert (
        fields.number_of(True)
        is fields.scalar_of(True)
        is fields.number_of("3")
        is fields.scalar_of(1.5)
        is None
    )
    assert fields.scalar_of("domain") == "domain"
