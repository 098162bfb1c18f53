from typing import Any

import pytest

from vedette.domain.processed import Arrival
from vedette.processing.messages import format_message
from vedette.processing.normalise import normalise_event


@pytest.mark.parametrize(
    ("message", "params", "formatted"),
    [
        ("%s of %d", ["a", 3], "a of 3"),
        ("%5.2f%%", [1.5], "1.5%"),
        ("%r and %x", ["a", 255], "a and 255"),
        ("%(who)s", {"who": "x"}, "x"),
        ("{} {}", ["x", "y"], "x y"),
        ("{1} {0}", ["x", "y"], "y x"),
        ("{name!r} {{}}", {"name": "x"}, "x {}"),
        ("%s %s", ["only one"], "%s %s"),
        ("%s", {"a": 1}, "%s"),
        ("{missing}", {"a": 1}, "{missing}"),
        ("100 % sure", ["x"], "100 % sure"),
        ("%s", [{"a": [1]}], '{"a":[1]}'),
        ("%s %s", [None, True], "null true"),
        ("%99999999d", [1], "1"),
    ],
)
def test_parameters_are_put_in(message: str, params: Any, formatted: str) -> None:
    assert format_message(message, params) == formatted


@pytest.mark.parametrize(
    ("event", "entry"),
    [
        ({"message": "a"}, {"formatted": "a"}),
        (
            {"message": {"message": "a %s", "params": ["b"]}},
            {"message": "a %s", "formatted": "a b", "params": ["b"]},
        ),
        ({"sentry.interfaces.Message": {"message": "a"}, "message": "b"}, {"formatted": "a"}),
        ({"logentry": {"message": "a", "formatted": "a"}}, {"formatted": "a"}),
        (
            {"logentry": {"message": "n %s", "params": 5}},
            {"message": "n %s", "formatted": "n 5", "params": [5]},
        ),
        ({"message": 5}, {"formatted": "5"}),
        ({"message": False}, None),
        ({"message": None}, None),
        ({"logentry": {}}, None),
        ({"logentry": {"message": None}}, None),
    ],
)
def test_every_form_of_a_message_becomes_a_log_entry(event: dict[str, Any], entry: Any) -> None:
    found = normalise_event(event, Arrival(received=1))
    assert found.get("logentry") == entry
    assert "message" not in found
