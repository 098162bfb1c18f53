"""Links: written and read back to the same, and hostile ones refused with a sentence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.desktop.shell.links import (
    Link,
    LinkError,
    find_link,
    is_link,
    issue_link,
    link_of,
    parse_link,
    place_of,
    workspace_name,
    write_link,
)
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.domain.times import DAY, HOUR, SECOND, Micros

DESK = Path("/home/me/Vedette")
EVENT, TRACE, SPAN = "0f" * 16, "ab" * 16, "cd" * 8


def test_an_issue_is_named_by_its_short_id_and_its_event() -> None:
    assert issue_link(DESK, "DESK-12") == "vedette://desk/issues/DESK-12"
    assert issue_link(DESK, "DESK-12", EVENT) == f"vedette://desk/issues/DESK-12?event={EVENT}"
    place = Place("issues", 7, extra=EVENT)
    assert link_of(place, DESK, short="DESK-12") == f"vedette://desk/issues/DESK-12?event={EVENT}"


@pytest.mark.parametrize(
    "place",
    [
        Place("traces", TRACE, extra=SPAN),
        Place("traces", query="duration:>1s op:db"),
        Place("ingest", 12),
        Place("ingest", 12, extra="3"),
        Place("ingest", query="kind:error"),
        Place("settings", "listening"),
        Place("connect", query="python"),
        Place("issues", query='is:unresolved "große Übung" tag:a&b=c#d'),
    ],
)
def test_a_place_comes_back_from_its_link(place: Place) -> None:
    assert place_of(parse_link(link_of(place, DESK))) == place


@pytest.mark.parametrize(
    "scope",
    [
        Scope(projects=(1, 3), environments=("production", "a b/ü")),
        Scope(run=42),
        Scope(span=24 * HOUR),
        Scope(span=7 * DAY),
        Scope(span=90 * SECOND),
        Scope(since=Micros(1_700_000_000_123_456), until=Micros(1_700_000_100_000_000)),
    ],
)
def test_a_scope_comes_back_from_its_link(scope: Scope) -> None:
    link = parse_link(link_of(Place("issues"), DESK, scope=scope))
    assert link.scope == scope
    assert not link.last_run


def test_the_last_run_is_whichever_is_last_when_the_link_is_followed() -> None:
    link = parse_link(f"vedette://desk/issues/DESK-12?event={EVENT}&run=last")
    assert link == Link("desk", "issues", "DESK-12", EVENT, last_run=True)
    assert parse_link(write_link(link)) == link
    assert parse_link("vedette://desk/issues?run=last&project=1").scope == Scope(projects=(1,))


def test_ids_are_taken_as_people_write_them() -> None:
    assert parse_link("VEDETTE://Desk/issues/desk-12/").id == "desk-12"
    assert parse_link(f"vedette://desk/traces/{TRACE.upper()}").id == TRACE
    dashed = "0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"
    assert parse_link(f"vedette://desk/issues/{dashed}").id == EVENT
    assert parse_link(f"  vedette://desk/issues/DESK-1?event={dashed}\n").extra == EVENT


def test_parameters_of_another_version_are_passed_over() -> None:
    assert parse_link("vedette://desk/issues/DESK-1?colour=red&fold=3") == Link("desk", "issues", "DESK-1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("https://desk/issues/DESK-1", "no link to Vedette"),
        ("vedette:issues/DESK-1", "no link to Vedette"),
        ("vedette:///issues/DESK-1", "no link to Vedette"),
        ("vedette://user:secret@desk/issues/DESK-1", "no link to Vedette"),
        ("vedette://desk:8969/issues", "no link to Vedette"),
        ("vedette://desk:x/issues", "no link to Vedette"),
        ("vedette://[::1/issues", "no link to Vedette"),
        ("vedette://../issues/DESK-1", "no link to Vedette"),
        ("vedette://desk", "which section"),
        ("vedette://desk/../../etc/passwd", "which section"),
        ("vedette://desk/issues/DROP TABLE", "not the id of an issue"),
        ("vedette://desk/issues/DESK-1/resolve", "not the id of an issue"),
        ("vedette://desk/issues/..%2f..%2fsecret", "not the id of an issue"),
        ("vedette://desk/issues/DESK-1%00", "characters that no link has"),
        ("vedette://desk/issues/%ff-1", "characters that no link has"),
        ("vedette://desk/issues?query=%ff", "characters that no link has"),
        ("vedette://desk/issues?query=a%1bb", "characters that no link has"),
        ("vedette://desk/iss\x00ues", "characters that no link has"),
        ("vedette://desk/traces/xyz", "not the id of a trace"),
        ("vedette://desk/ingest/a%2fb", "names nothing"),
        ("vedette://desk/issues/DESK-1?event=../..", "not an event or span id"),
        (f"vedette://desk/traces/{TRACE}?span={EVENT}", "not an event or span id"),
        ("vedette://desk/ingest/12?item=-1", "not a number"),
        ("vedette://desk/issues?project=one", "not a number"),
        ("vedette://desk/issues?run=-1", "not a number"),
        ("vedette://desk/issues?last=0h", "length of time"),
        ("vedette://desk/issues?last=999999999d", "length of time"),
        ("vedette://desk/issues?since=yesterday", "not a time"),
        ("vedette://desk/issues?since=0001-01-01T00:00:00Z", "not a time"),
        ("vedette://desk/issues?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "ends before"),
        ("vedette://desk/issues?query=" + "a" * 2_000, "longer than"),
        ("vedette://desk/issues?" + "a=1&" * 60, "more parts"),
    ],
)
def test_a_link_that_cannot_be_followed_says_why(text: str, says: str) -> None:
    with pytest.raises(LinkError, match=says):
        parse_link(text)


@given(st.text(max_size=200).map(lambda tail: f"vedette://desk/{tail}"))
def test_whatever_stands_in_a_link_only_a_link_error_escapes(text: str) -> None:
    try:
        link = parse_link(text)
    except LinkError:
        return
    assert parse_link(write_link(link)) == link


def test_a_link_is_found_within_a_text() -> None:
    assert find_link(f"see (vedette://desk/traces/{TRACE}), please") == f"vedette://desk/traces/{TRACE}"
    assert find_link("nothing here") == ""
    assert is_link(" Vedette:whatever")
    assert not is_link("DESK-12")


def test_workspaces_are_called_after_their_folder() -> None:
    assert workspace_name(DESK) == "desk"
    assert workspace_name(DESK / "demo") == "demo"
    assert workspace_name(Path("/x/Kundin Übung (2)")) == "kundin-ubung-2"
    odd = workspace_name(Path("/x/東京"))
    assert parse_link(f"vedette://{odd}/issues").workspace == odd
