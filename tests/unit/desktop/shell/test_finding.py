"""What a pasted text names."""

import pytest

from tests.support.builders import a_trace, an_event
from tests.support.desktop import desk
from tests.support.store_rows import FilledStore
from vedette.desktop.shell.finding import find_landing, find_runs, find_targets
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope

__all__ = ["desk"]

EVENT = bytes(range(16))
TRACE = bytes(range(16, 32))


@pytest.fixture
def filled(desk: FilledStore) -> FilledStore:
    desk.add(an_event("ValueError: bad currency", event_id=EVENT))
    desk.add(a_trace(trace_id=TRACE))
    return desk


@pytest.mark.parametrize(
    "text", [EVENT.hex(), f" {EVENT.hex().upper()} ", "00010203-0405-0607-0809-0a0b0c0d0e0f"]
)
def test_an_event_id_leads_to_its_issue_at_that_event(text: str, filled: FilledStore) -> None:
    assert [target.place for target in find_targets(filled.db, text)] == [
        Place("issues", 1, extra=EVENT.hex())
    ]


def test_a_trace_id_leads_to_the_trace(filled: FilledStore) -> None:
    assert [target.place for target in find_targets(filled.db, TRACE.hex())] == [Place("traces", TRACE.hex())]


@pytest.mark.parametrize("text", ["DESK-1", "desk-1", "vedette://desk/issues/DESK-1"])
def test_a_short_id_or_a_link_leads_to_the_issue(text: str, filled: FilledStore) -> None:
    (target,) = find_targets(filled.db, text)
    assert target.place == Place("issues", 1)
    assert (target.title, target.more) == ("ValueError: bad currency", "DESK-1")


def test_a_link_may_name_the_event(filled: FilledStore) -> None:
    (target,) = find_targets(filled.db, f"see vedette://desk/issues/DESK-1?event={EVENT.hex()}&run=last")
    assert target.place == Place("issues", 1, extra=EVENT.hex())


def test_words_find_issues_and_nonsense_finds_nothing(filled: FilledStore) -> None:
    assert [target.place.id for target in find_targets(filled.db, "currency")] == [1]
    for text in ("", "c", "DESK-99", "ff" * 16, 'is:nonsense "', "((("):
        assert find_targets(filled.db, text) == []


# ---------------------------------------------------------------- runs and releases


def test_runs_and_releases_are_found_by_number_and_name_newest_first(desk: FilledStore) -> None:
    for release in ("shop@1.0", "shop@1.1", "web 2"):
        desk.add(an_event(release=release))
    assert [target.title for target in find_runs(desk.db, "")][-4:] == [
        "Run #1",
        "web 2",
        "shop@1.1",
        "shop@1.0",
    ]
    run, *_ = find_runs(desk.db, "#1")
    assert run.scope == Scope(run=1)
    assert [target.place for target in find_runs(desk.db, "1.1")] == [
        Place("issues", query="release:shop@1.1")
    ]
    assert [target.place for target in find_runs(desk.db, "WEB")] == [
        Place("issues", query='release:"web 2"')
    ]
    assert find_runs(desk.db, "%") == []


# ---------------------------------------------------------------- links


def test_a_link_brings_its_scope_and_its_query(filled: FilledStore) -> None:
    landing = find_landing(
        filled.db, "vedette://desk/issues/DESK-1?run=last&project=1&query=currency", "desk"
    )
    assert landing.target.place == Place("issues", 1, "currency")
    assert landing.target.scope == Scope(projects=(1,), run=1)
    assert landing.trouble == ""


def test_a_link_may_name_an_issue_by_an_event_and_a_trace_by_a_span(filled: FilledStore) -> None:
    assert find_landing(filled.db, f"vedette://desk/issues/{EVENT.hex()}", "desk").target.place == Place(
        "issues", 1, extra=EVENT.hex()
    )
    link = f"vedette://desk/traces/{TRACE.hex()}?span={'ab' * 8}"
    assert find_landing(filled.db, link, "").target.place == Place("traces", TRACE.hex(), extra="ab" * 8)


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("vedette://desk/issues/DESK-99", "There is no issue DESK-99 in this workspace."),
        (f"vedette://desk/issues/{'ee' * 16}", "There is no event eeeeeeee in this workspace."),
        (f"vedette://desk/traces/{'ee' * 16}", "There is no trace eeeeeeee in this workspace."),
        (
            "vedette://demo/issues/DESK-1",
            "This link leads into the workspace “demo”, and this window shows “desk”.",
        ),
        ("vedette://desk/issues/<script>", "“<script>” is not the id of an issue, such as DESK-12."),
    ],
)
def test_a_link_that_leads_nowhere_says_so(link: str, says: str, filled: FilledStore) -> None:
    landing = find_landing(filled.db, link, "desk")
    assert (landing.trouble, landing.target.place) == (says, None)
    assert find_targets(filled.db, link, "desk")[0].place is None


def test_an_event_that_is_gone_leads_to_its_issue_and_is_said(filled: FilledStore) -> None:
    landing = find_landing(filled.db, f"vedette://desk/issues/DESK-1?event={'ee' * 16}", "desk")
    assert landing.target.place == Place("issues", 1)
    assert landing.trouble == "The event eeeeeeee is no longer kept; this is another of its issue."
