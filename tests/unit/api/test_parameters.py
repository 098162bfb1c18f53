"""URL parameters read into their dataclass."""

from dataclasses import dataclass
from typing import Annotated, Literal

import pytest

from vedette.api.errors import ApiError
from vedette.api.parameters import LONGEST, Named, describe_parameters, read_parameters
from vedette.api.schema import Between, Help


@dataclass(frozen=True, slots=True)
class Wanted:
    limit: Annotated[int, Between(1, 100), Help("Rows.")] = 25
    period: Annotated[str | None, Named("statsPeriod")] = None
    project: tuple[int, ...] = ()
    sort: Literal["date", "new"] = "date"
    full: bool = False


def test_what_is_given_is_read_and_the_rest_keeps_its_default() -> None:
    given = {"limit": ["7"], "statsPeriod": ["24h"], "project": ["1", "-1"], "full": ["1"], "unknown": ["x"]}
    assert read_parameters(Wanted, given) == Wanted(7, "24h", (1, -1), "date", True)
    assert read_parameters(Wanted, {}) == Wanted()


def test_of_several_values_for_a_single_parameter_the_last_counts() -> None:
    assert read_parameters(Wanted, {"limit": ["7", "8"]}).limit == 8


@pytest.mark.parametrize(
    "given",
    [
        {"limit": ["0"]},
        {"limit": ["101"]},
        {"limit": ["9" * 40]},
        {"limit": ["1e3"]},
        {"limit": ["٣"]},
        {"limit": [""]},
        {"project": ["shop"]},
        {"sort": ["priority"]},
        {"full": ["maybe"]},
        {"statsPeriod": ["a\0b"]},
        {"statsPeriod": ["x" * (LONGEST + 1)]},
    ],
)
def test_what_does_not_fit_is_the_callers_mistake(given: dict[str, list[str]]) -> None:
    with pytest.raises(ApiError) as caught:
        read_parameters(Wanted, given)
    assert caught.value.status == 400
    assert next(iter(given)) in caught.value.detail


def test_parameters_are_documented_under_their_name_in_the_url() -> None:
    limit, period, *_ = describe_parameters(Wanted, {})
    assert limit == {
        "name": "limit",
        "in": "query",
        "required": False,
        "description": "Rows.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 25},
    }
    assert period["name"] == "statsPeriod"
