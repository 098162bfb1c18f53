"""Tabs are a part of the query."""

from dataclasses import replace

import pytest

from tests.support.issue_rows import a_row
from vedette.desktop.issues.tabs import TABS, beside_status, left_tab, tab_of, with_tab, without
from vedette.domain.issues import Status


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_and_its_query_stand_for_each_other(tab: str) -> None:
    assert tab_of(TABS[tab]) == tab
    assert tab_of(with_tab("browser:Firefox payment", tab)) == tab


@pytest.mark.parametrize(
    ("query", "tab"),
    [
        ("is:unresolved payment", "unresolved"),
        ("payment", "all"),
        ("is:resolved", "all"),
        ("is:unresolved is:new", "all"),
        ("is:starred is:new", "new"),
        ("!is:unresolved", "all"),
    ],
)
def test_other_terms_do_not_decide_the_tab(query: str, tab: str) -> None:
    assert tab_of(query) == tab


def test_choosing_a_tab_replaces_the_status_and_keeps_the_rest() -> None:
    assert with_tab("is:unresolved is:starred release:2 pay now", "archived") == (
        "is:archived is:starred release:2 pay now"
    )
    assert with_tab('is:archived "a b"', "all") == '"a b"'


def test_the_terms_beside_the_status_are_named() -> None:
    assert beside_status("is:unresolved release:2 pay") == ["release:2", "pay"]


def test_a_term_is_taken_out_once() -> None:
    assert without("pay release:2 pay", "pay") == "pay release:2"
    assert without("pay", "other") == "pay"


def test_a_resolved_issue_has_left_every_tab_but_all() -> None:
    row = replace(a_row(), status=Status.RESOLVED, substatus=None)
    assert {tab for tab in TABS if left_tab(row, tab)} == {"unresolved", "new", "regressed", "archived"}


def test_a_new_issue_is_not_among_the_regressed() -> None:
    row = replace(a_row(), substatus="new")
    assert [tab for tab in TABS if left_tab(row, tab)] == ["regressed", "archived"]
