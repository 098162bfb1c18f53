"""What the answers ought to be, in plain Python over plain rows: slow, and hard to get wrong."""

import math
import re
import statistics
from collections.abc import Callable, Sequence
from typing import Any

from vedette.domain.times import MINUTE, SECOND
from vedette.store.search.values import to_offset_iso

Row = dict[str, Any]
Test = Callable[[Row], bool]


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number_of(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        return None


def equals(field: str, text: str) -> Test:
    return lambda row: row[field] is not None and text_of(row[field]) == text


def fits(field: str, pattern: str) -> Test:
    expression = ".*".join(re.escape(part) for part in pattern.split("*"))
    known = re.compile(expression, re.IGNORECASE | re.DOTALL)
    return lambda row: row[field] is not None and known.fullmatch(text_of(row[field])) is not None


def has(field: str) -> Test:
    return lambda row: row[field] not in (None, "")


def compared(field: str, operator: str, bound: float) -> Test:
    def holds(row: Row) -> bool:
        value = number_of(row[field])
        if value is None:
            return False
        return {
            "=": value == bound, ">": value > bound, ">=": value >= bound, "<": value < bound,
            "<=": value <= bound,
        }[operator]  # fmt: skip

    return holds


def negated(test: Test) -> Test:
    return lambda row: not test(row)


def all_of(*tests: Test) -> Test:
    return lambda row: all(test(row) for test in tests)


def any_of(*tests: Test) -> Test:
    return lambda row: any(test(row) for test in tests)


# -------------------------------------------------------------------- functions


def values(rows: Sequence[Row], field: str) -> list[float]:
    return [number for row in rows if (number := number_of(row[field])) is not None]


def percentile(numbers: Sequence[float], share: float) -> float | None:
    if not numbers:
        return None
    ordered = sorted(numbers)
    place = share * (len(ordered) - 1)
    low, high = math.floor(place), math.ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def distinct(rows: Sequence[Row], field: str) -> int:
    return len({row[field] for row in rows if row[field] is not None})


def apdex(rows: Sequence[Row], field: str, limit: float) -> float | None:
    numbers = values(rows, field)
    satisfied = sum(number <= limit for number in numbers)
    tolerable = sum(limit < number <= 4 * limit for number in numbers)
    return share(satisfied + tolerable / 2, len(numbers))


def miserable(rows: Sequence[Row], field: str, limit: float) -> int:
    return distinct([row for row in rows if row[field] > 4 * limit], "user")


def misery(rows: Sequence[Row], field: str, limit: float) -> float:
    return (miserable(rows, field, limit) + 5.8875) / (distinct(rows, "user") + 5.8875 + 111.8625)


def spread(numbers: Sequence[float]) -> float | None:
    return statistics.variance(numbers) if len(numbers) > 1 else None


def most(numbers: Sequence[Any]) -> Any:
    return max(numbers, default=None)


def average(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


def total(numbers: Sequence[float]) -> float | None:
    return sum(numbers) if numbers else None


def newest(rows: Sequence[Row]) -> str:
    found: str = max(rows, key=lambda row: row["timestamp"])["id"]
    return found


def rate(count: float, seconds: float, unit: float) -> float:
    return count * unit / seconds


Measure = Callable[[Sequence[Row], float], Any]


def shared_measures(amount: str) -> dict[str, Measure]:
    """Return the functions that every data set with *amount* knows; the second argument is the range."""
    named = {"p50()": 0.5, "p75()": 0.75, "p90()": 0.9, "p95()": 0.95, "p99()": 0.99, "p100()": 1.0}
    shares: dict[str, Measure] = {
        name: (lambda rows, _, share=part: percentile(values(rows, amount), share))
        for name, part in named.items()
    }
    return {
        **shares,
        f"percentile({amount}, 0.33)": lambda rows, _: percentile(values(rows, amount), 0.33),
        f"sum({amount})": lambda rows, _: total(values(rows, amount)),
        f"avg({amount})": lambda rows, _: average(values(rows, amount)),
        f"min({amount})": lambda rows, _: min(values(rows, amount), default=None),
        f"max({amount})": lambda rows, _: most(values(rows, amount)),
        f"var({amount})": lambda rows, _: spread(values(rows, amount)),
        f"stddev({amount})": lambda rows, _: (found := spread(values(rows, amount))) and math.sqrt(found),
        f"count_if({amount},greater,100)": lambda rows, _: sum(n > 100 for n in values(rows, amount)),
        f"count_if({amount},lessOrEquals,40)": lambda rows, _: sum(n <= 40 for n in values(rows, amount)),
        f"equation|sum({amount}) / count() + 1": lambda rows, _: (
            (total(values(rows, amount)) or 0) / len(rows) + 1
        ),
        **any_measures(),
    }


def any_measures() -> dict[str, Measure]:
    """Return the functions that every data set knows."""
    return {
        "count()": lambda rows, _: len(rows),
        "count(environment)": lambda rows, _: sum(row["environment"] is not None for row in rows),
        "count_unique(environment)": lambda rows, _: distinct(rows, "environment"),
        "count_if(environment,equals,qa)": lambda rows, _: sum(row["environment"] == "qa" for row in rows),
        "count_if(environment,notEquals,qa)": lambda rows, _: sum(row["environment"] != "qa" for row in rows),
        "epm()": lambda rows, seconds: rate(len(rows), seconds, 60),
        "tpm()": lambda rows, seconds: rate(len(rows), seconds, 60),
        "eps()": lambda rows, seconds: rate(len(rows), seconds, 1),
        "first_seen()": lambda rows, _: to_offset_iso(min(row["timestamp"] for row in rows)),
        "last_seen()": lambda rows, _: to_offset_iso(max(row["timestamp"] for row in rows)),
        "max(timestamp)": lambda rows, _: to_offset_iso(max(row["timestamp"] for row in rows)),
        "any(environment)": lambda rows, _: most([row["environment"] for row in rows if row["environment"]]),
        "equation|count() * 2 - (1 + 1)": lambda rows, _: len(rows) * 2 - 2,
    }


RANGE_SECONDS = 3 * MINUTE / SECOND
