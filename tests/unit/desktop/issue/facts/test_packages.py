"""Packages and what changed about them."""

from vedette.desktop.issue.facts.packages import Change, found, package_rows, packages_of


def test_packages_come_by_name_whatever_their_order() -> None:
    assert list(packages_of({"modules": {"b": "2", "a": None}}).items()) == [("a", ""), ("b", "2")]
    assert packages_of({"modules": ["odd"]}) == {}


def test_what_changed_since_the_event_before_comes_first_and_says_how() -> None:
    rows = package_rows({"a": "1", "b": "2", "new": "1"}, {"a": "1", "b": "1", "old": "3"})
    assert [(row.name, row.change, row.note) for row in rows] == [
        ("b", Change.OTHER, "was 1"),
        ("new", Change.ADDED, "new"),
        ("old", Change.REMOVED, "gone, was 3"),
        ("a", Change.SAME, ""),
    ]
    assert rows[0].sentence == "b, 2, was 1"


def test_without_another_event_nothing_is_said_of_changes() -> None:
    assert {row.change for row in package_rows({"a": "1"})} == {Change.SAME}


def test_names_and_versions_are_searched() -> None:
    rows = package_rows({"django": "5.1", "Flask": "3.0"})
    assert [row.name for row in found(rows, "fla 3")] == ["Flask"]
    assert len(found(rows, "")) == 2
