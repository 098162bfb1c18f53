"""Writes docs/using/clients.md: which clients' items are taken in, out of what became of recorded requests.

    python packaging/docs/make_client_table.py

Where the recorded corpus lies beside the project it is sent to a station of its own first, and what became of
it is noted in tests/data/corpus/results.json. The tests of the corpus compare every line of that file with
their own result, and another test compares the page with what this makes (`make client-table`).
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "tests" / "data" / "corpus" / "results.json"
PAGE = ROOT / "docs" / "using" / "clients.md"

# A client's own name and its package's, where the package alone does not say who it is.
_LABELS = {
    ("sentry.python", "sentry-sdk"): "sentry-sdk for Python",
    ("raven-python", "raven"): "raven for Python",
    ("raven-node", "raven"): "raven for Node",
    ("raven-go", "golang-github-getsentry-raven-go-dev"): "raven-go",
    ("raven-ruby", "ruby-sentry-raven"): "sentry-raven for Ruby",
    ("sentry.go", "golang-github-getsentry-sentry-go-dev"): "sentry-go",
    ("sentry.ruby", "ruby-sentry-ruby"): "sentry-ruby",
    ("sentry (new CLI)", "sentry (npm)"): "sentry, the newer CLI",
    ("opentelemetry-js", "@opentelemetry/exporter-trace-otlp-http"): "OpenTelemetry for JavaScript",
    ("opentelemetry-python", "opentelemetry-exporter-otlp-proto-http"): "OpenTelemetry for Python",
    ("Chromium", "chromium (Debian 12)"): "Chromium itself",
    ("curl", "curl (Debian 12)"): "curl",
}
_COLUMNS = {
    "errors": ("event",),
    "transactions": ("transaction",),
    "spans": ("span", "otlp_traces"),
    "logs": ("log", "otlp_logs"),
    "metrics": ("trace_metric", "otlp_metrics"),
    "profiles": ("profile", "profile_chunk"),
    "replays": ("replay_event", "replay_recording"),
    "sessions": ("session", "sessions"),
    "check-ins": ("check_in",),
    "feedback": ("feedback", "user_report"),
    "attachments": ("attachment",),
    "minidumps": ("minidump",),
    "browser reports": ("raw_security",),
    "client reports": ("client_report",),
}
_INTRODUCTION = """\
# Clients

<!-- Made by packaging/docs/make_client_table.py (`make client-table`); changes here are overwritten. -->

{scenarios} programs were run with {clients} versions of real clients, among them SDKs that nobody
develops any more, and what they sent was recorded: {items} items in {requests} requests. Vedette is sent
all of it again as it was. What it then has is compared with what the programs did and with what was in
the requests: every event with its issue, frame and tags, every span, log record, metric, session, check-
in, report, file and profile, every segment of a replay. This table is the result.

| sign | means |
|---|---|
| ✓ | all of it that this client sent is found again, and is what its program did |
| in part | some of it is missing; what, stands below the table |
| – | no recorded program made this client send it, which says nothing about whether it would work |

An SDK that is not here speaks the same protocol, so expect it to work too; [Where to send what](doors.md)
lists all that is taken. Positions in minified code are shown as they were sent: source maps are not applied
yet.
"""


def page(results: list[dict[str, Any]]) -> str:
    """Return the page's text for *results*, one object for each scenario."""
    clients: dict[tuple[str, tuple[int, ...], str], list[dict[str, Any]]] = {}
    for result in results:
        version = str(result["version"])
        order = tuple(int(part) for part in version.split(".") if part.isdigit())
        clients.setdefault((_label(result), order, version), []).append(result)
    lines = [
        _INTRODUCTION.format(
            scenarios=len(results),
            clients=len(clients),
            items=sum(sum(result["items"].values()) for result in results),
            requests=sum(result["requests"] for result in results),
        ),
        f"| client | version | {' | '.join(_COLUMNS)} |",
        "|---|---|" + ":-:|" * len(_COLUMNS),
    ]
    for (label, _, version), of_client in sorted(clients.items(), key=lambda each: each[0]):
        if any(result["items"] for result in of_client):
            cells = (_cell(of_client, kinds) for kinds in _COLUMNS.values())
            lines.append(f"| {label} | {version} | {' | '.join(cells)} |")
    problems = [(result["scenario"], line) for result in results for line in result["problems"]]
    if problems:
        lines += ["", "## Missing", "", *(f"- `{scenario}`: {line}" for scenario, line in problems)]
    return "\n".join(lines) + "\n"


def _label(result: dict[str, Any]) -> str:
    return _LABELS.get((result["client"], result["package"]), str(result["package"]))


def _cell(results: list[dict[str, Any]], kinds: tuple[str, ...]) -> str:
    sent = [result for result in results if any(kind in result["items"] for kind in kinds)]
    if not sent:
        return "–"
    return "in part" if any(result["problems"] for result in sent) else "✓"


def replay_all() -> list[dict[str, Any]]:
    """Send the whole corpus to a station; returns an object for each scenario, as `corpus_replay.result`."""
    sys.path[:0] = [str(ROOT), str(ROOT / "app")]
    # Needs the paths above.
    from tests.support.corpus import scenarios
    from tests.support.corpus_replay import replay, result
    from tests.support.station import running_station, wait_until
    from vedette.domain.workspace import Workspace

    with (
        tempfile.TemporaryDirectory() as folder,
        running_station(Workspace(Path(folder) / "corpus")) as station,
    ):
        wait_until(station.workspace.station.exists, "the API is loaded")
        return [result(scenario, replay(station, scenario)) for scenario in scenarios().values()]


def read_results() -> list[dict[str, Any]]:
    """Return what became of each scenario when the corpus was last replayed."""
    results: list[dict[str, Any]] = orjson.loads(RESULTS.read_bytes())
    return results


def _write_results(results: list[dict[str, Any]]) -> None:
    lines = b",\n".join(orjson.dumps(result, option=orjson.OPT_SORT_KEYS) for result in results)
    RESULTS.write_bytes(b"[\n" + lines + b"\n]\n")


def main() -> None:
    if (ROOT.parent / "shared" / "corpus" / "open").is_dir():
        _write_results(replay_all())
    results = read_results()
    PAGE.write_text(page(results), encoding="utf-8")
    problems = Counter(bool(result["problems"]) for result in results)
    print(f"{PAGE}: {problems[False]} scenarios work, {problems[True]} do not")


if __name__ == "__main__":
    main()
