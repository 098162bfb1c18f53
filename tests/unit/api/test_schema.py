"""Types as JSON Schema, and values held against them."""

from enum import StrEnum
from typing import Annotated, Any, Literal, NotRequired, TypedDict

import pytest

from vedette.api.schema import AtMost, Between, Fault, Help, describe, faults


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Leaf(TypedDict):
    """A leaf."""

    name: str
    size: NotRequired[Annotated[int, Between(1, 9)]]


class Branch(TypedDict):
    leaves: list[Leaf]
    above: "Branch | None"


def test_a_typed_dict_becomes_a_component_even_if_it_holds_itself() -> None:
    components: dict[str, Any] = {}
    assert describe(Branch, components) == {"$ref": "#/components/schemas/Branch"}
    assert components["Branch"]["required"] == ["above", "leaves"]
    assert components["Branch"]["properties"]["above"] == {
        "anyOf": [{"$ref": "#/components/schemas/Branch"}, {"type": "null"}]
    }
    assert components["Leaf"]["properties"]["size"] == {"type": "integer", "minimum": 1, "maximum": 9}
    assert components["Leaf"]["description"] == "A leaf."


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (
            Annotated[str, AtMost(3), Help("Short.")],
            {"type": "string", "maxLength": 3, "description": "Short."},
        ),
        (Annotated[list[int], AtMost(3)], {"type": "array", "items": {"type": "integer"}, "maxItems": 3}),
        (Colour, {"enum": ["red", "blue"]}),
        (Literal["a", "b"], {"enum": ["a", "b"]}),
        (dict[str, bool], {"type": "object", "additionalProperties": {"type": "boolean"}}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
        (
            tuple[int, str],
            {
                "type": "array",
                "prefixItems": [{"type": "integer"}, {"type": "string"}],
                "minItems": 2,
                "maxItems": 2,
            },
        ),
    ],
)
def test_each_kind_of_type_has_its_schema(kind: Any, schema: dict[str, Any]) -> None:
    assert describe(kind, {}) == schema


def test_a_type_nobody_can_describe_is_refused_when_the_document_is_made() -> None:
    with pytest.raises(TypeError, match="no JSON schema"):
        describe(set[int], {})


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"leaves": [{"name": "x", "size": 9, "more": 1}], "above": None}, Branch),
        ("red", Colour),
        (1, float),
        (None, int | None),
        ([1, "a"], tuple[int, str]),
        ({"a": [1]}, dict[str, list[int]]),
        ({"anything": object}, Any),
    ],
)
def test_values_that_fit_have_no_faults(value: Any, kind: Any) -> None:
    assert list(faults(value, kind)) == []


@pytest.mark.parametrize(
    ("value", "kind", "fault"),
    [
        (
            {"leaves": [{"size": 1}], "above": None},
            Branch,
            Fault("leaves[0].name", "This field is required."),
        ),
        (
            {"leaves": [{"name": "x", "size": 10}], "above": None},
            Branch,
            Fault("leaves[0].size", "Must be from 1 to 9."),
        ),
        ([], Branch, Fault("", "An object is required.")),
        (True, int, Fault("", "A valid integer is required.")),
        (1, bool, Fault("", "Must be a valid boolean.")),
        (1, Literal[True], Fault("", "'1' is not a valid choice.")),
        ("green", Colour, Fault("", "'green' is not a valid choice.")),
        ("x" * 4, Annotated[str, AtMost(3)], Fault("", "Must have no more than 3 characters.")),
        ([1], tuple[int, str], Fault("", "A list of 2 is required.")),
        ("ab", list[str], Fault("", "A list is required.")),
        ([], dict[str, int], Fault("", "An object is required.")),
        ("x", int | None, Fault("", "A valid integer is required.")),
        ("x", None, Fault("", "Must be null.")),
    ],
)
def test_a_value_that_does_not_fit_says_where_and_why(value: Any, kind: Any, fault: Fault) -> None:
    assert list(faults(value, kind)) == [fault]
