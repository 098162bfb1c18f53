"""Grouping alone: normalised events to their hashes on one core, frames classified first. CPU time."""

import time
from typing import TYPE_CHECKING, Any

from tests.bench.report import Report
from vedette.domain.processed import Arrival
from vedette.domain.times import now
from vedette.processing.grouping import classify_frames, group, grouping_rules
from vedette.processing.normalise import normalise_event

if TYPE_CHECKING:
    from collections.abc import Callable

FRAMES = 30
RECURRING = 20  # different stacks that come again and again


def measure_grouping(report: Report) -> None:
    """Add the figures of grouping to *report*."""
    report.heading("grouping")
    began = time.process_time()
    grouping_rules()
    report.add("built-in rules read", f"{(time.process_time() - began) * 1e3:.0f} ms once a process")
    parts: list[tuple[str, Callable[[int], Any], int, int]] = [
        ("recurring Python stacks of 30 frames", lambda n: python(n % RECURRING), 3_000, 1_500),
        ("recurring native stacks of 30 frames", lambda n: native(n % RECURRING), 3_000, 1_500),
        ("Python stacks never seen", lambda n: python(n + 1_000), 1_500, 500),
        ("native stacks never seen", lambda n: native(n + 1_000), 1_000, 500),
        ("messages with numbers and times", message, 10_000, 10_000),
    ]
    for work, make, count, budget in parts:
        rate = _rate([_normalised(make(n)) for n in range(count)])
        report.add(f"grouped: {work}", f"{rate:,.0f}/s", f"≥ {budget:,}/s", rate >= budget)


def _rate(events: list[Any]) -> float:
    rules = grouping_rules()
    began = time.process_time()
    for event in events:
        classify_frames(event, rules)
        group(event, rules)
    return len(events) / (time.process_time() - began)


def _normalised(event: Any) -> Any:
    return normalise_event(event, Arrival(received=now()))


def python(n: int) -> Any:
    """Return an error with frames of an application and of packages, all texts with *n* in them."""
    frames = []
    for k in range(FRAMES):
        is_own = k % 3 == 2
        folder = "/srv/shop" if is_own else "/srv/.venv/lib/python3.11/site-packages/django"
        frames.append(
            {
                "function": f"handle_{n}_{k}",
                "module": f"{'shop.cart' if is_own else 'django.core'}.m{n}_{k}",
                "filename": f"m{n}_{k}.py",
                "abs_path": f"{folder}/m{n}_{k}.py",
                "lineno": k * 7,
                "context_line": f"    return self.call_{n}_{k}(request, *args)",
                "in_app": is_own,
            }
        )
    return {"platform": "python", "exception": _raised("ValueError", f"bad {n}", frames)}


def native(n: int) -> Any:
    """Return a crash with C++ names that are trimmed and libraries that rules look at."""
    frames = [
        {
            "function": f"ns{n}::Cart<int, Item{k}>::method_{k}(char const*, int)",
            "package": f"/usr/lib/lib{n}_{k}.so",
            "abs_path": f"/src/a{n}/f{k}.cpp",
            "filename": f"f{k}.cpp",
            "lineno": k,
        }
        for k in range(FRAMES)
    ]
    return {"platform": "native", "exception": _raised("SIGSEGV", "x", frames)}


def message(n: int) -> Any:
    """Return a message in which *n* varies."""
    return {"message": f"user {n} could not pay {n * 1.5} at 10:30:01"}


def _raised(kind: str, value: str, frames: list[Any]) -> Any:
    return {"values": [{"type": kind, "value": value, "stacktrace": {"frames": frames}}]}
