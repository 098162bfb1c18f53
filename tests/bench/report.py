"""Figures beside their budgets: printed as a table, kept as JSON and as the table in `docs/benchmarks.md`."""

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil


@dataclass
class Figure:
    """One measured thing."""

    work: str
    measured: str
    budget: str
    met: bool | None = None  # None: for orientation


@dataclass
class Report:
    """All figures of one run, with what is needed to judge them."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, work: str, measured: str, budget: str = "", met: bool | None = None) -> None:
        figure = Figure(work, measured, budget, met)
        self.figures.append(figure)
        print(f"  {_mark(met)} {work}: {measured}" + (f"  (budget {budget})" if budget else ""), flush=True)

    def heading(self, text: str) -> None:
        print(f"\n{text}", flush=True)

    def markdown(self) -> str:
        """Return the figures as a table with a line about the machine."""
        lines = [
            f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}.",
            "",
            "| work | measured | budget | |",
            "|---|---|---|---|",
        ]
        lines += [f"| {f.work} | {f.measured} | {f.budget} | {_WORDS[f.met]} |" for f in self.figures]
        return "\n".join(lines) + "\n"

    def save(self, folder: Path) -> Path:
        """Write `bench.json` and `bench.md` into *folder*; returns the table's path."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bench.json").write_text(
            json.dumps({"machine": machine(), "figures": [asdict(f) for f in self.figures]}, indent=1)
        )
        path = folder / "bench.md"
        path.write_text(self.markdown(), encoding="utf-8")
        return path


_WORDS = {True: "met", False: "**not met**", None: ""}


def _mark(met: bool | None) -> str:
    return {True: "ok ", False: "NOT", None: "   "}[met]


def machine() -> str:
    """Return the machine in a few words, with its load at this moment."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"Python {platform.python_version()}, load average {load:.1f}"
    )
