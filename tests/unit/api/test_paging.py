"""Cursors and the Link header."""

import pytest
from yarl import URL

from vedette.api.errors import ApiError
from vedette.api.paging import Page, cut, link_header, read_cursor, write_cursor


def test_a_cursor_is_read_as_it_was_written() -> None:
    assert read_cursor(write_cursor((1_700_000_000_000_000, 42)), 2) == (1_700_000_000_000_000, 42)
    assert read_cursor(write_cursor((-3,)), 1) == (-3,)


@pytest.mark.parametrize("cursor", ["", "0:0:0", ":0:0", "0:0:1"])
def test_a_made_up_first_cursor_means_the_first_page(cursor: str) -> None:
    assert read_cursor(cursor, 2) is None


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "1:0:0",
        "1_2_3:0:0",
        "1_2",
        "1_2:0:2",
        "1_99999999999999999999:0:0",
        "9" * 19 + "_1:0:0",
        "1_2:0:0\n",
    ],
)
def test_any_other_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(ApiError) as caught:
        read_cursor(cursor, 2)
    assert caught.value.status == 400


def test_the_link_header_keeps_the_other_parameters_and_says_whether_there_is_more() -> None:
    url = URL("http://localhost:8969/api/0/organizations/desk/issues/?query=is:unresolved&cursor=9_9:0:0")
    header = link_header(url, Page([1], after=(7, 3)))
    previous, following = header.split(", ")
    assert 'rel="previous"; results="false"' in previous
    assert following.endswith('rel="next"; results="true"; cursor="7_3:0:0"')
    assert "query=is:unresolved&cursor=7_3:0:0>" in following
    assert 'rel="next"; results="false"' in link_header(url, Page([1]))


def test_a_hostile_cursor_cannot_break_out_of_the_header() -> None:
    url = URL("http://localhost/x/").with_query(cursor='">; rel="next"; results="true"')
    assert '"">' not in link_header(url, Page([]))
    assert 'cursor="0:0:0"' in link_header(url, Page([]))


def test_one_row_more_than_asked_for_means_there_are_more() -> None:
    assert cut([1, 2, 3], 2) == ([1, 2], True)
    assert cut([1, 2], 2) == ([1, 2], False)
