"""What the documentation says is there, is there; and what is there, it says."""

import argparse
import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from vedette import __version__
from vedette.cli import _parser
from vedette.domain.outcomes import HTTP_STATUS, Outcome
from vedette.station.control import StationChange
from vedette.station.settings import Settings
from vedette.store.search import parse_query
from vedette.store.search.keys import KEYS, SearchKey

ROOT = Path(__file__).resolve().parents[2]
USING = ROOT / "docs" / "using"
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "packaging" / "README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
)
# Written by `make bench` and `make screenshots`, which not every checkout has run.
MADE_LATER = (ROOT / "docs" / "images", ROOT / "docs" / "benchmarks.md")

_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def page_id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_there_are_pages_to_test() -> None:
    assert len(PAGES) > 15


# ---------------------------------------------------------------- links


def anchors(page: Path) -> set[str]:
    """Return the places of *page* a link can lead to, as they are made from headings."""
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {anchor(title) for title in titles}


def anchor(title: str) -> str:
    kept = (sign for sign in title.lower() if sign in "-_ " or unicodedata.category(sign)[0] in "LN")
    return "".join(kept).strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_somewhere(page: Path) -> None:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    for link in _LINK.findall(text):
        if "://" in link:
            continue
        path, _, place = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if any(target.is_relative_to(made) and not made.exists() for made in MADE_LATER):
            continue
        assert target.exists(), f"{page_id(page)} leads to {link}, which is not there"
        if place:
            assert place in anchors(target), f"{page_id(page)} leads to {link}, which has no such heading"


def test_the_readme_leads_to_every_page_for_users() -> None:
    links = set(_LINK.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert {f"docs/using/{page.name}" for page in USING.glob("*.md")} <= links


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(_LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in folder.glob("[0-9]*.md")} == listed


def test_files_and_targets_the_readme_names_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", text)) <= targets
    assert (ROOT / "requirements.lock").exists()


def test_the_changes_name_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------- commands


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield each command that is offered to people, with its parser."""
    parser = _parser()
    yield "vedette", parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            offered = {choice.dest for choice in action._choices_actions}
            for name, command in action.choices.items():
                if name in offered:
                    yield f"vedette {name}", command


def section(page: Path, title: str) -> str:
    """Return what stands under the heading *title*, up to the next one of its rank."""
    text = page.read_text(encoding="utf-8")
    match = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"{page.name} has no section {title!r}"
    return match[1]


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda value: str(value)[:20])
def test_every_command_and_option_is_described(name: str, command: argparse.ArgumentParser) -> None:
    text = section(USING / "commands.md", name)
    options = {
        option
        for action in command._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    described = set(re.findall(r"^\| `(--[a-z-]+)", text, re.MULTILINE))
    assert described == options


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda value: str(value)[:20])
def test_every_choice_of_an_option_is_described(name: str, command: argparse.ArgumentParser) -> None:
    text = section(USING / "commands.md", name)
    for action in command._actions:
        if action.option_strings and action.choices:
            words = "\\|".join(map(str, action.choices))
            assert f"`{action.option_strings[-1]} {words}`" in text


def test_every_make_target_is_described() -> None:
    text = section(USING / "commands.md", "make")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {target for target in targets if f"`make {target}`" not in text} == set()


# ---------------------------------------------------------------- settings, answers, searches


def test_every_setting_is_described_with_its_default() -> None:
    text = (USING / "settings.md").read_text(encoding="utf-8")
    defaults = Settings().to_json()
    for part in fields(Settings):
        for name, value in defaults[part.name].items():
            said = {True: "true", False: "false"}[value] if isinstance(value, bool) else value
            said = f'"{said}"' if isinstance(value, str) else said
            assert f"| `{name}` | `{said}` |" in text, f"{part.name}.{name}"


def test_every_setting_can_be_changed_by_the_api() -> None:
    described = {name for part in Settings().to_json().values() for name in part}
    changeable = {re.sub(r"([A-Z])", r"_\1", name).lower() for name in StationChange.__annotations__}
    assert changeable == described


def test_every_status_a_sender_can_meet_is_described() -> None:
    text = section(USING / "connecting.md", "What the answers mean")
    described = {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert set(HTTP_STATUS.values()) - {405} <= described


def test_every_outcome_is_described() -> None:
    text = (USING / "ingest.md").read_text(encoding="utf-8")
    assert {outcome.value for outcome in Outcome if f"| {outcome.value} |" not in text} == set()


def searches() -> list[str]:
    text = section(USING / "issues.md", "Searching")
    cells = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    return [
        query for cell in cells for query in re.findall(r"`([^`]+)`", cell) if query not in ("trace:", "id:")
    ]


@pytest.mark.parametrize("query", searches())
def test_every_search_that_is_described_is_understood(query: str) -> None:
    assert parse_query(query).root is not None


def written_searches() -> list[str]:
    """Return the queries in the tables of the language's own page."""
    text = (USING / "search.md").read_text(encoding="utf-8")
    written = section(USING / "search.md", "How a query is written")
    first = re.findall(r"^\| (`.+?) \| ", written, re.MULTILINE)
    last = re.findall(r"\| (`[^|]+`) \|$", text, re.MULTILINE)
    return [query for cell in (*first, *last) for query in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("query", written_searches())
def test_every_query_of_the_language_s_page_is_understood(query: str) -> None:
    assert parse_query(query).root is not None


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_of_searches_is_explained_with_its_other_names(key: SearchKey) -> None:
    text = (USING / "search.md").read_text(encoding="utf-8")
    (row,) = (line for line in text.splitlines() if line.startswith(f"| `{key.name}`"))
    assert all(f"`{name}`" in row for name in key.aliases)
    assert (" slow " in row) is not key.source.is_indexed


# ---------------------------------------------------------------- the API


def _program(name: str) -> ModuleType:
    path = ROOT / "packaging" / "docs" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return _program("make_api_reference")


@pytest.fixture(scope="module")
def table() -> ModuleType:
    return _program("make_client_table")


def test_the_page_about_the_api_is_current(maker: ModuleType) -> None:
    written = (USING / "api.md").read_text(encoding="utf-8")
    assert written == maker.page(), "run `make api-reference`"


def test_every_operation_served_is_on_the_page(maker: ModuleType) -> None:
    written = (USING / "api.md").read_text(encoding="utf-8")
    operations = (*maker.OPERATIONS, *maker.STATION_OPERATIONS)
    assert operations
    for operation in operations:
        assert f"### `{operation.method} /api/0{operation.path}`" in written


# ---------------------------------------------------------------- clients


def test_the_table_of_clients_is_current(table: ModuleType) -> None:
    written = (USING / "clients.md").read_text(encoding="utf-8")
    assert written == table.page(table.read_results()), "run `make client-table`"


def test_what_is_missing_of_a_client_is_in_the_table(table: ModuleType) -> None:
    sent = {"client": "sentry.python", "package": "sentry-sdk", "version": "2.75.0", "requests": 1}
    page = table.page(
        [
            {**sent, "scenario": "py-logs", "items": {"event": 1, "log": 2}, "problems": ["logs: 1 of 2"]},
            {**sent, "scenario": "py-error", "items": {"event": 1}, "problems": []},
            {**sent, "scenario": "py-spans", "items": {"span": 3}, "problems": []},
            {**sent, "scenario": "old", "version": "2.9.0", "items": {"event": 1}, "problems": []},
        ]
    )
    rows = [line for line in page.splitlines() if line.startswith("| sentry-sdk for Python")]
    # 2.9 is older than 2.75.
    assert rows[0].startswith("| sentry-sdk for Python | 2.9.0 | ✓ | – | – |")
    assert rows[1].startswith("| sentry-sdk for Python | 2.75.0 | in part | – | ✓ | in part | – |")
    assert "- `py-logs`: logs: 1 of 2" in page


def test_every_kind_of_item_that_was_recorded_has_a_column(table: ModuleType) -> None:
    shown = {kind for kinds in table._COLUMNS.values() for kind in kinds}
    assert {kind for result in table.read_results() for kind in result["items"]} <= shown
