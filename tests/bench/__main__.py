"""`make bench`: measure, print beside the budgets, keep the figures.

python -m tests.bench [--events N] [--only NAME …] [--folder DIR] [--out DIR]
"""

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import grouping, ingest, priority, questions
from tests.bench.filled import fill
from tests.bench.report import Report
from vedette.domain.workspace import Workspace
from vedette.main import shipped_dictionary

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000, help="in the large workspace")
    parser.add_argument("--count", type=int, default=4_000, help="requests in a round of load")
    parser.add_argument(
        "--only",
        nargs="*",
        choices=(
            "accept",
            "digest",
            "latency",
            "start",
            "questions",
            "window",
            "feel",
            "traces",
            "logs",
            "priority",
            "explore",
            "grouping",
        ),
    )
    parser.add_argument("--folder", type=Path, help="keeps the large workspace for the next run")
    parser.add_argument("--out", type=Path, default=Path("out"), help="where bench.md and bench.json go")
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="vedette-bench-"))
    large = options.folder or scratch / "large"
    report = Report()

    def ask_large() -> None:
        workspace = fill(large, options.events, dictionary=shipped_dictionary())
        questions.measure_questions(report, workspace.database, options.events)

    def open_window() -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from tests.bench import window

        workspace = fill(large, options.events, dictionary=shipped_dictionary())
        window.measure_window(report, workspace, scratch, options.events)

    def feel_window() -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from tests.bench import feel

        # A station writes into it, so that it is another one afterwards.
        own = scratch / "feel"
        shutil.copytree(fill(large, options.events, dictionary=shipped_dictionary()).folder, own)
        feel.measure_feel(report, Workspace(own), options.events)

    def open_trace() -> None:
        from tests.bench import traces

        traces.measure_traces(report, scratch)

    def explore_large() -> None:
        from tests.bench import explore

        dictionary = shipped_dictionary()
        errors = fill(large, options.events, dictionary=dictionary)
        traces = explore.fill_traces(
            large.with_name(f"{large.name}-traces"), options.events, dictionary=dictionary
        )
        logs = explore.fill_logs(large.with_name(f"{large.name}-logs"), options.events, dictionary=dictionary)
        explore.measure_explore(report, errors, traces, logs, options.events)

    parts: dict[str, Callable[[], None]] = {
        "accept": lambda: ingest.measure_accept(report, scratch, options.count),
        "digest": lambda: ingest.measure_digest(report, scratch, options.count),
        "latency": lambda: ingest.measure_latency(report, scratch),
        "start": lambda: ingest.measure_start(report, scratch),
        "questions": ask_large,
        "window": open_window,
        "feel": feel_window,
        "traces": open_trace,
        "logs": lambda: ingest.measure_containers(report, scratch, options.count),
        "priority": lambda: priority.measure_priority(report, scratch),
        "explore": explore_large,
        "grouping": lambda: grouping.measure_grouping(report),
    }
    try:
        for name, part in parts.items():
            if not options.only or name in options.only:
                part()
    finally:
        path = report.save(options.out)
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"\nwritten to {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
